"""What members type is said back to them alone, a line of it at most, and to nobody else."""

import json
import re
import shutil
from collections.abc import AsyncIterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.letters import MAX_TYPED_BACK
from playground import LoopbackDiscord, Outcome
from tests.cogs.members import enabled
from tests.end_to_end.conftest import started
from tests.end_to_end.stage import ROOT, BotProcess
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
PIECES = [
    *("https://evil.example/", "discord.gg/", "evil.com", "@everyone", "@here", "<@1>", "<@&1>"),
    *(
        "[x](http://evil.example)",
        "</quote:1>",
        "<t:1:R>",
        "<:a:1>",
        "||",
        "`",
        "```",
        "*",
        "_",
        "~~",
    ),
    *(
        "\n# ",
        "\n> ",
        "\u202e",
        "\u0000",
        "\u200b",
        "\u2066",
        "\ufeff",
        "\\",
        "{name}",
        "{0}",
        "%s",
    ),
    *(
        "dance",
        "kylie",
        "casting",
        "the",
        "UTC+25",
        "Tex",
        "CST",
        "18:00",
        "#1",
        "'",
        '"',
        "-01:00",
    ),
    *("\U0001e900" * 30, "e" + "\u0301" * 90, "\U0001f469\u200d" * 20, "x" * 700, " ", ":", "::"),
]
"""What hostile texts are made of."""
WITH_INTERVIEW = ("quote", "fact", "cast", "interview", "today", "trivia", "schedule")
TEXT_OPTIONS = [
    *[("quote", option) for option in ("find", "speaker", "topic")],
    *[("fact", option) for option in ("person", "topic")],
    ("cast", "person"),
    *[("schedule", option) for option in ("time", "zone")],
    *[(command, "interview") for command in WITH_INTERVIEW],
]
LIGHTHOUSE = ROOT / "tests" / "end_to_end" / "interviews" / "lighthouse"
CHOSEN = [("trivia", "kind"), ("trivia", "difficulty"), ("leaderboard", "period")]


@pytest.fixture(scope="module")
async def bot(
    discord: LoopbackDiscord, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[BotProcess]:
    """Give a bot with two interviews: with one there is nothing to choose."""
    packs = tmp_path_factory.mktemp("packs") / "data"
    shutil.copytree(ROOT / "data", packs)
    # The first of them is the one that is meant where none is named.
    shutil.copytree(LIGHTHOUSE, packs / "z-lighthouse")
    async with started(BotProcess(discord, packs.parent / "var", packs_dir=packs)) as bot:
        yield bot


async def typed_into(discord: LoopbackDiscord, command: str, option: str, typed: str) -> Outcome:
    others: dict[str, object] = {"time": "9"} if command == "schedule" else {}
    user = discord.world.noor if command == "schedule" else discord.world.robin
    place = new_channel(discord)
    return await discord.members.use_command(user, place, command, others | {option: typed})


def assert_said_to_one(outcome: Outcome) -> None:
    """Of what was typed there is nothing in public, and a line that does nothing in private."""
    assert outcome.message is not None
    assert outcome.refused == []
    if not outcome.is_ephemeral:
        shown = json.dumps(outcome.message.payload["components"])
        assert not re.search(f"{MARKER}|evil|everyone|<@1>", shown)
        return
    # Who has had all questions of a day is told when there are more.
    text = re.sub(r"<t:\d{10}:R>", "", outcome.text)
    assert not re.search(r"://|@everyone|(?<!\\)<[@:t/]|(?<!\\)\|\||\w\.(gg|com)", text)
    assert len(outcome.text) < 3 * MAX_TYPED_BACK + 200


@pytest.mark.parametrize(("command", "option"), TEXT_OPTIONS)
async def test_what_was_typed_is_not_said_in_public(
    discord: LoopbackDiscord, command: str, option: str
) -> None:
    for typed in HOSTILE:
        assert_said_to_one(await typed_into(discord, command, option, typed))


@settings(
    settings.get_profile("hostile"),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    where=st.sampled_from(TEXT_OPTIONS),
    pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=8),
)
async def test_whatever_it_is_made_of_nothing_typed_is_said_in_public(
    discord: LoopbackDiscord, bot: BotProcess, where: tuple[str, str], pieces: list[str]
) -> None:
    typed = MARKER.join(["", *pieces, ""])[:6000]
    assert_said_to_one(await typed_into(discord, *where, typed))
    assert bot.errors() == []


@pytest.mark.parametrize(
    "typed", [f"dance {MARKER}", f"{MARKER} danse", f"wedding {MARKER}", f"{MARKER} jeffersn"]
)
@pytest.mark.parametrize("options", [{}, {"speaker": "kylie"}, {"topic": "casting"}])
async def test_no_button_says_in_public_what_was_typed(
    discord: LoopbackDiscord, typed: str, options: dict[str, object]
) -> None:
    robin, mika, members = discord.world.robin, discord.world.mika, discord.members
    place = new_channel(discord)
    outcome = await members.use_command(robin, place, "quote", {"find": typed, **options})
    assert outcome.message is not None
    for label in dict.fromkeys(outcome.labels):
        for user in (robin,) if outcome.is_ephemeral else (mika, robin):
            if label in enabled(outcome.message):
                await members.press(user, outcome.message, label)
    quote = await members.use_command(robin, place, "quote", {"find": "12"})
    assert quote.message is not None
    context = await members.press(robin, quote.message, "Context")
    assert context.message is not None
    drawn = await (await members.press(robin, context.message, "Picture")).settled()
    await (await members.press(robin, drawn, "Post here")).follow_up()
    seen = [one for one in members.history(mika, place) if not one.is_ephemeral]
    assert any(one.attachments for one in seen)
    assert not any(MARKER in json.dumps(one.payload) for one in seen)


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
    assert outcome.text.startswith("### 7 quotes with dance · 1\u00a0to\u00a05\n")
    assert outcome.message is not None
    turned = await members.press(robin, outcome.message, "Next")
    assert turned.text.startswith("### 7 quotes with dance · 6\u00a0to\u00a07\n")


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
