"""The bots of the end-to-end tests serve those of the commands too."""

from tests.end_to_end.conftest import (
    bot,
    content,
    discord,
    engine,
    hasty_bot,
    own_bot,
    own_discord,
    own_state_url,
    pytest_generate_tests,
    state_url,
    table,
)

__all__ = [
    "bot",
    "content",
    "discord",
    "engine",
    "hasty_bot",
    "own_bot",
    "own_discord",
    "own_state_url",
    "pytest_generate_tests",
    "state_url",
    "table",
]
