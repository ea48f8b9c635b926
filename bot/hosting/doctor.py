"""What the bot needs from the machine, its folders and Discord, a line each; changes nothing."""

from collections.abc import Callable, Iterator, MutableMapping, Sequence
from pathlib import Path

from bot.config import Settings, SettingsError, check_authorities, load_env_file
from bot.hosting.certificates import authorities
from bot.hosting.discord_findings import discord_findings
from bot.hosting.finding import Finding
from bot.hosting.interview_findings import interview_findings
from bot.hosting.machine_findings import (
    env_file_findings,
    folder_findings,
    port_finding,
    program_findings,
)
from bot.hosting.state_findings import state_findings
from bot.text import Text


def examine(env: MutableMapping[str, str], root: Path) -> Iterator[Finding]:
    """Look at everything, one after the other; none of it keeps the others from being looked at."""
    yield from program_findings(root)
    mistakes = [
        *_mistakes_in(lambda: load_env_file(root / ".env")),
        *_mistakes_in(lambda: check_authorities(env)),
    ]
    settings, of_values = Settings.read(env, root)
    mistakes += of_values
    yield from (Finding.of_mistake("settings", mistake) for mistake in mistakes)
    if not mistakes:
        yield Finding("settings", "complete, and the token looks right")
    yield from env_file_findings(root / ".env")
    yield from folder_findings(settings.data_dir)
    yield from state_findings(settings)
    yield port_finding(settings.health_port)
    yield from interview_findings(settings)
    yield authorities(env)
    yield from discord_findings(settings, env)


def _mistakes_in(look: Callable[[], None]) -> Sequence[Text]:
    try:
        look()
    except SettingsError as error:
        return error.mistakes
    return ()
