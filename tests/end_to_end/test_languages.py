"""A member reads their own language in private, a server its own in public."""

import re
import subprocess
import sys
import tomllib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.text import Text, say
from playground import LoopbackDiscord, Message
from tests.end_to_end.conftest import started
from tests.end_to_end.pseudo import CLOSE, OPEN
from tests.end_to_end.stage import ROOT, BotProcess

PUBLIC = ("quote", "fact", "trivia", "today", "cast", "interview", "leaderboard")
PRIVATE = ("help", "privacy", "saved", "settings", "schedule")
WORDS = re.compile(r"[A-Za-z][A-Za-z'’-]*(?: [A-Za-z][A-Za-z'’-]*){3,}")
"""Four words in a row, which no name, number or date is."""


@pytest.fixture
async def french(discord: LoopbackDiscord, tmp_path: Path) -> AsyncIterator[BotProcess]:
    """Give a bot in a French server with an English member and a French one."""
    world = discord.world
    world.academy.locale = world.noor.locale = "fr"
    try:
        async with started(BotProcess(discord, tmp_path)) as bot:
            yield bot
    finally:
        world.academy.locale = world.noor.locale = "en-US"


async def test_public_answers_are_in_the_servers_language_and_private_ones_in_the_members(
    discord: LoopbackDiscord, french: BotProcess
) -> None:
    members, world = discord.members, discord.world
    quote = await members.use_command(world.mika, world.general, "quote")
    assert quote.message is not None
    assert quote.message.labels == ["Une autre", "Contexte", "Image", "Garder"]
    saved = await members.press(world.mika, quote.message, "Garder")
    assert saved.text.endswith("You'll find it in /saved.")
    context = await members.press(world.noor, quote.message, "Contexte")
    assert "citations choisies" in context.text
    refused = await members.use_command(world.noor, world.general, "quote", {"speaker": "Xyzzy"})
    assert "Personne qui parle ici ne s’appelle «\u00a0Xyzzy\u00a0»." in refused.text
    settings = await members.use_command(world.noor, world.general, "settings")
    assert "Réglages de ce serveur" in settings.text
    own = await members.use_command(world.mika, world.dm(world.mika), "quote")
    assert own.message is not None
    assert own.message.labels[0] == "Another"


async def test_a_game_speaks_the_servers_language(
    discord: LoopbackDiscord, french: BotProcess
) -> None:
    members, world = discord.members, discord.world
    await members.use_command(world.mika, world.general, "trivia", {"rounds": 2, "calm": True})

    def rounds() -> list[Message]:
        shown = members.history(world.mika, world.general)
        return [one for one in shown if one.text.startswith("-# Manche 1 sur 2")]

    assert await discord.platform.events.until(lambda: bool(rounds()), 60)
    assert {"Arrêter", "Montrer la réponse"} <= set(rounds()[0].labels)
    receipt = await members.press(world.mika, rounds()[0], rounds()[0].custom_ids[0])
    assert receipt.text.startswith("You chose")
    await members.press(world.mika, rounds()[0], "Arrêter")


async def test_commands_are_described_in_french_and_registered_once(
    discord: LoopbackDiscord, french: BotProcess
) -> None:
    offered = discord.members.commands(discord.world.noor, discord.world.general)
    for command in offered:
        assert not command.get("name_localizations")
        if command["type"] == 1:
            english = command["description"]
            french_words = say(Text(english, {}), "fr")
            assert command.get("description_localizations", {}).get("fr", english) == french_words
    trivia = next(command for command in offered if command["name"] == "trivia")
    (difficulty,) = [one for one in trivia["options"] if one["name"] == "difficulty"]
    names = [choice["name_localizations"]["fr"] for choice in difficulty["choices"]]
    assert names == ["facile", "moyen", "difficile"]
    discord.record.clear()
    await french.restart()
    assert discord.record.find("PUT /applications/*") == []


def _marked_out(text: str) -> str:
    """Leave out what went through a catalogue, and whatever stands in its fields."""
    depth, rest = 0, list[str]()
    for sign in text:
        depth += (sign == OPEN) - (sign == CLOSE)
        if depth == 0 and sign != CLOSE:
            rest.append(sign)
    return "".join(rest)


def _said(value: Any) -> Iterator[str]:
    """List what a message shows."""
    if isinstance(value, list):
        for one in value:
            yield from _said(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name in ("content", "label", "placeholder", "description") and isinstance(one, str):
                yield one
            elif not name.endswith("_localizations"):
                yield from _said(one)


def _words_of_packs() -> str:
    def texts(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        for one in value.values() if isinstance(value, dict) else ():
            yield from texts(one)
        for one in value if isinstance(value, list) else ():
            yield from texts(one)

    files = (ROOT / "data" / "tiny-pretty-things").glob("*.toml")
    whole = (" ".join(texts(tomllib.loads(file.read_text("utf-8")))) for file in files)
    return " ".join(" ".join(whole).split())


async def test_nothing_is_said_that_no_catalogue_knows(
    discord: LoopbackDiscord, tmp_path: Path
) -> None:
    bot = BotProcess(discord, tmp_path, module="tests.end_to_end.pseudo")
    await bot.start()
    discord.record.clear()
    members, world = discord.members, discord.world
    typed = [
        *((command, {}) for command in (*PUBLIC, *PRIVATE)),
        ("quote", {"find": "the"}),
        ("quote", {"find": "zzqq"}),
        ("cast", {"person": "Kylie"}),
        ("schedule", {"time": "23:59"}),
    ]
    shown = [
        await members.use_command(world.noor, world.general, command, options)
        for command, options in typed
    ]
    for outcome in shown:
        assert outcome.message is not None
        for custom_id in outcome.message.custom_ids:
            component = outcome.message.find(custom_id)
            if component and component["type"] == 2 and not component.get("disabled"):
                await members.press(world.noor, outcome.message, custom_id)
    await bot.kill()
    assert bot.errors() == []
    sent = [text for request in discord.record for text in _said(request.body)]
    assert sum(OPEN in text for text in sent) > 100
    known = _words_of_packs()
    unknown = {
        words
        for text in sent
        for words in WORDS.findall(_marked_out(text).replace("\\", ""))
        if words not in known
    }
    assert unknown == set()


async def test_everybody_in_the_playground_can_have_another_language(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    world, members = own_discord.world, own_discord.members
    world.speak("fr")
    await own_bot.start()
    private = await members.use_command(world.robin, world.general, "help")
    public = await members.use_command(world.mika, world.general, "quote")
    assert private.message is not None
    assert public.message is not None
    assert "une citation" in private.text
    assert "Contexte" in public.message.labels


def test_a_language_that_discord_does_not_have_is_a_sentence() -> None:
    command = [sys.executable, "-m", "bot", "playground", "--no-open", "--locale", "tlh"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 78
    assert "Discord has no language 'tlh'. Choose one of " in ended.stderr
    assert "Traceback" not in ended.stderr
