"""What the bot needs from the machine, its folders and Discord, a line each; changes nothing."""

from collections.abc import Iterator, MutableMapping, Sequence
from pathlib import Path

from bot.config import Settings, SettingsError, load_env_file, take_out_authorities
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
from bot.reading.values import bare
from bot.text import Text


def examine(
    env: MutableMapping[str, str], root: Path, known_mistakes: Sequence[Text] = ()
) -> Iterator[Finding]:
    """Look at everything, one after the other; none of it keeps the others from being looked at.

    Some mistakes may be known already.
    """
    yield from program_findings(root)
    mistakes = [*known_mistakes, *_mistakes_in_file(root / ".env"), *take_out_authorities(env)]
    settings, of_values = Settings.read(env, root)
    mistakes += of_values
    yield from (Finding.of_mistake("settings", mistake) for mistake in mistakes)
    if not mistakes:
        yield Finding("settings", "complete, and the token looks right")
    yield from env_file_findings(root / ".env")
    yield from folder_findings(settings.data_dir)
    if settings.database_url is None and bare(env.get("DATABASE_URL", "")):
        yield _unseen("database", "DATABASE_URL")
    else:
        yield from state_findings(settings)
    if settings.health_port is None and bare(env.get("HEALTH_PORT", "")):
        yield _unseen("health port", "HEALTH_PORT")
    else:
        yield port_finding(settings.health_port)
    yield from interview_findings(settings)
    yield authorities(env)
    yield from discord_findings(settings, env)


def _unseen(what: str, name: str) -> Finding:
    """Say why something was not looked at: in its place is a default, which no start would use."""
    return Finding.note(what, "not looked at", f"Put {name} right first.")


def _mistakes_in_file(file: Path) -> Sequence[Text]:
    try:
        load_env_file(file)
    except SettingsError as error:
        return error.mistakes
    return ()
