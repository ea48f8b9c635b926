"""What members type is said back to them alone, a line of it at most, and to nobody else."""

import json
import re

import pytest

from bot.letters import MAX_TYPED_BACK
from playground import LoopbackDiscord
from tests.end_to_end.stage import BotProcess
from tests.end_to_end.tables import new_channel

pytestmark = pytest.mark.usefixtures("bot")

MARKER = "zqxjk"
HOSTILE = [
    f"dance https://evil.example/{MARKER}-nitro",
    f"the <@1> @everyone {MARKER}",
    f"[dance](http://evil.example/{MARKER})",
    f"kylie discord.gg/{MARKER}",
    f"||{MARKER}|| `{MARKER}` casting",
    f"casting\u202e\n# {MARKER}",
    MARKER * 1200,
]
TEXT_OPTIONS = [
    *[("quote", option) for option in ("find", "speaker", "topic")],
    *[("fact", option) for option in ("person", "topic")],
    ("cast", "person"),
]
CHOSEN = [("trivia", "kind"), ("trivia", "difficulty"), ("leaderboard", "period")]


@pytest.mark.parametrize(("command", "option"), TEXT_OPTIONS)
async def test_what_was_typed_is_not_said_in_public(
    discord: LoopbackDiscord, command: str, option: str
) -> None:
    for typed in HOSTILE:
        place = new_channel(discord)
        outcome = await discord.members.use_command(
            discord.world.robin, place, command, {option: typed}
        )
        assert outcome.message is not None
        assert outcome.refused == []
        if not outcome.is_ephemeral:
            assert not re.search(
                f"{MARKER}|evil|everyone|<@1>", json.dumps(outcome.message.payload["components"])
            )
            continue
        assert not re.search(r"://|@everyone|(?<!\\)<@1>|(?<!\\)\|\||\w\.gg", outcome.text)
        assert len(outcome.text) < 3 * MAX_TYPED_BACK + 200


@pytest.mark.parametrize(("command", "option"), [*CHOSEN, ("schedule", "what")])
async def test_what_is_no_choice_is_told_in_a_line(
    discord: LoopbackDiscord, bot: BotProcess, command: str, option: str
) -> None:
    noor, place = discord.world.noor, discord.world.general
    described = discord.members._command(noor, place, command, 1)
    for described_option in described["options"]:
        # A client that is none of Discord's does not look at them.
        described_option.pop("choices", None)
    for typed in ("x" * 6000, "*" * 6000, "\U0001f469\u200d" * 2000, "\u202e\n\u0000@everyone"):
        outcome = await discord.members.use_command(noor, place, command, {option: typed})
        assert outcome.is_ephemeral
        assert outcome.refused == []
        assert "Pick one of the choices." in outcome.text
        assert len(outcome.text) < 3 * MAX_TYPED_BACK + 60
    assert bot.errors() == []


async def test_a_search_is_named_by_words_that_occur(discord: LoopbackDiscord) -> None:
    robin, members = discord.world.robin, discord.members
    options = {"find": f"{MARKER} DANCE"}
    outcome = await members.use_command(robin, new_channel(discord), "quote", options)
    assert outcome.text.startswith("### Quotes with dance\n")
    assert outcome.message is not None
    turned = await members.press(robin, outcome.message, "Next")
    assert turned.text.startswith("### Quotes with dance\n")


async def test_what_is_refused_in_private_keeps_nobody_from_answers_in_public(
    discord: LoopbackDiscord,
) -> None:
    world, place = discord.world, new_channel(discord)
    for user in (world.mika, world.noor):
        for _n in range(3):
            refused = await discord.members.use_command(user, place, "cast", {"person": MARKER})
            assert refused.is_ephemeral
    shown = await discord.members.use_command(world.robin, place, "quote")
    assert not shown.is_ephemeral
