"""Over a pack in which everything gives the story away, nothing is told that was not opened."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from playground import LoopbackDiscord
from tests.end_to_end.conftest import started
from tests.end_to_end.explorer import Explorer
from tests.end_to_end.stage import BotProcess
from tests.packs import INTERVIEW, fact, question, quote, write_pack

SECRET = "zq"
"""Begins every word of the pack that nobody may see by accident."""
COMMANDS: list[tuple[str, dict[str, object]]] = [
    *((name, {}) for name in ("quote", "fact", "today", "cast", "interview", "saved", "help")),
    *(("trivia", {"kind": kind}) for kind in ("curated", "who", "line", "question", "compare")),
    ("trivia", {}),
    ("privacy", {}),
    ("quote", {"find": "harbour"}),
    ("quote", {"find": "3"}),
    ("quote", {"find": "harbor"}),
    ("quote", {"speaker": "Ada Example"}),
    ("quote", {"topic": "no such topic"}),
    ("fact", {"person": "Ben"}),
    ("cast", {"person": "Ada"}),
    ("interview", {"question": 4}),
]
TYPED = ("", "h", "harbour", "#2", "1", "z")
COMPLETED = [
    ("quote", "find"),
    ("quote", "topic"),
    ("fact", "topic"),
    ("interview", "question"),
]
CHANGES_SOMETHING = "privacy|settings|quote:omit|saved:remove|quote:share"


def spoiled_pack(folder: Path) -> Path:
    """Write a pack in which every item and every question is a major spoiler."""
    major: dict[str, Any] = {"spoiler": "major", "topics": [f"{SECRET}topic"]}
    exchanges = [
        {**one, **major, "title": f"{SECRET}title{n}", "summary": f"The {SECRET}summary{n}."}
        for n, one in enumerate(INTERVIEW["exchanges"])
    ]
    texts = (f"The harbour knew {n} of {SECRET}quote{n} and the rest of it too." for n in range(20))
    return write_pack(
        folder / "boat",
        interview={**INTERVIEW, "exchanges": exchanges},
        quotes=[quote(n, text=text, **major) for n, text in enumerate(texts, 1)],
        facts=[
            fact(
                n,
                text=f"Somebody {SECRET}fact{n}.",
                who=f"Who {SECRET}who{n}?",
                false_version=f"Nobody {SECRET}false{n}.",
                explanation=f"They {SECRET}why{n}.",
                **major,
            )
            for n in range(1, 10)
        ],
        questions=[
            question(
                n,
                prompt=f"What {SECRET}prompt{n}?",
                right=f"{SECRET}right",
                wrong=[f"{SECRET}wrong{choice}" for choice in "abc"],
                explanation=f"It {SECRET}because.",
                spoiler="major",
            )
            for n in range(1, 10)
        ],
    )


def told(sent: Any) -> Any:
    """Leave out of what was sent all that stands behind a spoiler."""
    match sent:
        case {"spoiler": True}:
            return None
        case dict():
            return {name: told(value) for name, value in sent.items()}
        case list():
            return [told(value) for value in sent]
        case str():
            return re.sub(r"\|\|.*?\|\|", "", sent, flags=re.DOTALL)
        case _:
            return sent


@pytest.fixture
async def spoiled_bot(own_discord: LoopbackDiscord, tmp_path: Path) -> AsyncIterator[BotProcess]:
    bot = BotProcess(
        own_discord, tmp_path / "var", packs_dir=spoiled_pack(tmp_path / "data").parent
    )
    async with started(bot):
        yield bot


async def choose(discord: LoopbackDiscord, policy: str) -> None:
    world, members = discord.world, discord.members
    panel = (await members.use_command(world.noor, world.general, "settings")).message
    assert panel is not None
    await members.press(world.noor, panel, "settings:change:spoilers")
    await members.select(world.noor, panel, panel.custom_ids[0], [policy])
    discord.record.clear()


async def test_what_is_hidden_is_told_nowhere(
    own_discord: LoopbackDiscord, spoiled_bot: BotProcess
) -> None:
    world = own_discord.world
    for policy, is_sent in (("hide", True), ("omit", False), ("show", True)):
        await choose(own_discord, policy)
        # Messages beside any server follow the default, which is to hide.
        beside = [world.dm(world.mika)] if policy == "hide" else []
        explorer = Explorer(own_discord, world.mika, leaves_alone=CHANGES_SOMETHING)
        for channel in (world.general, *beside):
            await explorer.explore(channel, COMMANDS)
            for command, option in COMPLETED:
                for typed in TYPED:
                    await own_discord.members.autocomplete(
                        world.mika, channel, command, option, typed
                    )
        sent = [request.body for request in own_discord.record]
        names = [name for request in own_discord.record for name in request.files]
        whole = json.dumps([sent, names], ensure_ascii=False)
        open_to_all = json.dumps([told(sent), names], ensure_ascii=False)
        assert len(sent) > 60
        assert bool(re.findall(rf".{{60}}{SECRET}\w*", whole)) is is_sent, policy
        if policy != "show":
            assert re.findall(rf".{{60}}{SECRET}\w*", open_to_all) == [], policy
        else:
            assert len(explorer.done) > 40
            assert len(set(re.findall(rf"{SECRET}[a-z]+", open_to_all))) > 8, "it was looked for"
