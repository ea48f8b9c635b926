"""The checkout that most tests load into."""

from pathlib import Path

import pytest

from tests.interview.loading.checkouts import Checkout, boat_checkout


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return boat_checkout(tmp_path)
