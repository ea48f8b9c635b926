"""The checkout from which a command is typed, and the settings that hold for it."""

import os
from pathlib import Path
from typing import Final

from bot.config import Settings, check_authorities, load_env_file

ROOT: Final = Path(__file__).resolve().parents[2]


def read_settings(*, needs_token: bool = False) -> Settings:
    """Read the environment and `.env`; raises SettingsError with every mistake."""
    load_env_file(ROOT / ".env")
    check_authorities(os.environ)
    return Settings.from_env(os.environ, ROOT, needs_token=needs_token)


def packs_dir() -> Path:
    return read_settings().packs_dir
