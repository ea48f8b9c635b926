"""One bot for one data folder, unless each has shards of its own."""

from pathlib import Path

import pytest

from bot.errors import UnavailableError
from bot.state.locks import hold_data


def test_processes_share_a_folder_only_with_shards_of_their_own(tmp_path: Path) -> None:
    with hold_data(tmp_path, (0, 1)), hold_data(tmp_path, (2,)):
        with pytest.raises(UnavailableError), hold_data(tmp_path, (3, 1)):
            pass
        with hold_data(tmp_path, (3,)):
            pass
    with hold_data(tmp_path), pytest.raises(UnavailableError), hold_data(tmp_path):
        pass
