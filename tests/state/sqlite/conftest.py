"""What is promised of a file alone."""

import pytest

from bot.state.database import Database


@pytest.fixture
def database(state_file: Database) -> Database:
    """Give an empty state in a file."""
    return state_file
