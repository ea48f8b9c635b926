"""Over a pack in which everything gives the story away, nothing is told that was not opened."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from playground import Channel, LoopbackDiscord, MemberError, Message, Outcome
from tests.end_to_end.conftest import started
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
CHANGES_SOMETHING = re.compile(r"(privacy|settings|quote:omit|saved:remove|quote:share)")


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


class Explorer:
    """Does whatever can be done: types every command, presses and selects all there is."""

    def __init__(self, discord: LoopbackDiscord) -> None:
        self._discord = discord
        self._done: set[str] = set()

    async def explore(self, *channels: Channel) -> int:
        """Do all of it; gives how many different buttons and options there were."""
        world, members = self._discord.world, self._discord.members
        for channel in channels:
            for command, options in COMMANDS:
                outcome = await members.use_command(world.mika, channel, command, options)
                await self._go_on(outcome, 4)
            for command, option in COMPLETED:
                for typed in TYPED:
                    await members.autocomplete(world.mika, channel, command, option, typed)
        return len(self._done)

    async def _go_on(self, outcome: Outcome, depth: int) -> None:
        if outcome.message is None:
            return
        # A picture that is still drawn would be told under the next policy.
        message = await outcome.settled()
        if depth == 0:
            return
        for component in list(message.components()):
            custom_id = component.get("custom_id", "")
            if CHANGES_SOMETHING.match(custom_id) or component.get("disabled"):
                continue
            for value in [option["value"] for option in component.get("options", [])] or [None]:
                if f"{custom_id} {value}" in self._done:
                    continue
                self._done.add(f"{custom_id} {value}")
                await self._go_on(await self._do(message, custom_id, value), depth - 1)

    async def _do(self, message: Message, custom_id: str, value: str | None) -> Outcome:
        mika, members = self._discord.world.mika, self._discord.members
        # The press before may have turned the page on which this one stood.
        try:
            if value is None:
                return await members.press(mika, message, custom_id)
            return await members.select(mika, message, custom_id, [value])
        except MemberError:
            return await members.use_command(mika, self._discord.world.dm(mika), "help")


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
        done = await Explorer(own_discord).explore(world.general, *beside)
        sent = [request.body for request in own_discord.record]
        names = [name for request in own_discord.record for name in request.files]
        whole = json.dumps([sent, names], ensure_ascii=False)
        open_to_all = json.dumps([told(sent), names], ensure_ascii=False)
        assert len(sent) > 60
        assert bool(re.findall(rf".{{60}}{SECRET}\w*", whole)) is is_sent, policy
        if policy != "show":
            assert re.findall(rf".{{60}}{SECRET}\w*", open_to_all) == [], policy
        else:
            assert done > 40
            assert len(set(re.findall(rf"{SECRET}[a-z]+", open_to_all))) > 8, "it was looked for"
