"""Whatever is typed or forged: an answer in time, within Discord's limits, and no incident."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from playground import Channel, LoopbackDiscord, Outcome, User, World
from tests.end_to_end.forgery import forge
from tests.end_to_end.stage import BotProcess

pytestmark = pytest.mark.usefixtures("bot")

_hostile = settings(
    settings.get_profile("hostile"),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

MAX_OPTION = 6000
PLACES = ("general", "after_dark", "backstage", "lounge", "direct")
TEXT_OPTIONS = {
    "quote": ["find", "speaker", "topic"],
    "fact": ["person", "topic"],
    "cast": ["person"],
    "trivia": [],
    "interview": [],
    "help": [],
    "today": [],
    "saved": [],
    "privacy": [],
}
COMPLETED = [
    ("quote", "find"),
    ("quote", "speaker"),
    ("quote", "topic"),
    ("fact", "person"),
    ("fact", "topic"),
    ("cast", "person"),
    ("interview", "question"),
]

_NASTY = [
    *('"', '""', "*", "dance*", "NEAR(a b)", "a AND", "col:x", "-", "- dance", "(", "^", "NULL"),
    *("'; --", "\u0000", "\u202e\u202d", "\ufeff", "\u200b", "e\u0301" * 40, "\U0001f469\u200d"),
    *("<@1>", "<@&1>", "@everyone", "<t:1:R>", "</quote:1>", "`" * 3, "||" * 20, "*" * 500),
    *("[a](b)", "\n" * 50, "# ", "> ", "{0}", "{name}", "%s", "%(a)s", "\\", "#", "#1", "#0"),
    *("-1", "0x10", "1e9", "٣", "９", "1" * 30, "kylie", "Jefferson", "casting", "dance", "the"),
]

hostile_text = st.one_of(
    st.sampled_from(_NASTY),
    st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=200),
    st.lists(st.sampled_from(_NASTY), min_size=1, max_size=8).map(" ".join),
    st.builds(str.__mul__, st.sampled_from(_NASTY), st.integers(1, 6000)).map(
        lambda text: text[:MAX_OPTION]
    ),
)
users = st.sampled_from(("robin", "mika", "noor"))
places = st.sampled_from(PLACES)
numbers = st.integers(0, 2**53 - 1) | st.integers(0, 12)


@st.composite
def typed_commands(draw: st.DrawFn) -> tuple[str, dict[str, object]]:
    """Draw a command with some of its options, which hold anything."""
    command = draw(st.sampled_from(sorted(TEXT_OPTIONS)))
    options: dict[str, object] = {
        name: draw(hostile_text) for name in TEXT_OPTIONS[command] if draw(st.booleans())
    }
    if command == "interview" and draw(st.booleans()):
        options["question"] = draw(numbers)
    if command == "trivia" and draw(st.booleans()):
        options["kind"] = draw(st.sampled_from(("curated", "who", "line", "question", "compare")))
        options["difficulty"] = draw(st.sampled_from(("easy", "medium", "hard")))
    return command, options


FORGED = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=100),
    st.builds(
        lambda head, tail: f"{head}{tail}"[:100],
        st.sampled_from(
            [
                "quote:another:tiny-pretty-things:",
                "quote:context:tiny-pretty-things:",
                "quote:found:next:",
                "quote:found:previous:0:tiny-pretty-things:::",
                "fact:another:tiny-pretty-things:",
                "fact:said:tiny-pretty-things:",
                "trivia:answer:",
                "trivia:answer:1:",
                "trivia:next:",
                "interview:next:tiny-pretty-things:",
                "interview:last:",
                "interview:jump:",
                "quote:save:tiny-pretty-things:",
                "quote:omit:tiny-pretty-things:",
                "cast:person:tiny-pretty-things:kylie-jefferson:",
                "today:answer:1:",
                "saved:next:",
                "saved:remove:0:tiny-pretty-things:",
                "settings:change:",
                "settings:places:nowhere:",
                "settings:role:",
                "game:answer:1:",
                "game:answer:1:1:",
                "game:stop:",
                "game:on:1:",
                "game:end:1:1:",
                "game:again:",
                "game:join:",
                "game:start:tiny-pretty-things:5:",
                "trivia:together:",
                "trivia:report:tiny-pretty-things:curated:",
                "board:period:",
                "board:off:",
            ]
        ),
        hostile_text | numbers.map(str) | st.just("::") | st.just(":casting"),
    ),
)


def at(world: World, who: str, place: str) -> tuple[User, Channel]:
    """Put somebody somewhere; Robin alone brings the bot along as a guest."""
    user = world.robin if place == "lounge" else getattr(world, who)
    return user, world.dm(user) if place == "direct" else getattr(world, place)


async def assert_well_answered(outcome: Outcome) -> None:
    if outcome.status == "thinking":
        await outcome.settled()
    assert outcome.status in ("answered", "updated", "thinking", "choices")
    assert outcome.refused == []
    assert "That's my fault" not in outcome.text


@_hostile
@given(typed=typed_commands(), who=users, place=places)
async def test_a_command_with_anything_in_its_options_is_answered(
    discord: LoopbackDiscord, typed: tuple[str, dict[str, object]], who: str, place: str
) -> None:
    user, channel = at(discord.world, who, place)
    command, options = typed
    await assert_well_answered(await discord.members.use_command(user, channel, command, options))


@_hostile
@given(option=st.sampled_from(COMPLETED), typed=hostile_text, other=hostile_text, place=places)
async def test_autocomplete_of_anything_is_answered(
    discord: LoopbackDiscord, option: tuple[str, str], typed: str, other: str, place: str
) -> None:
    command, name = option
    others = {key: other for key in TEXT_OPTIONS[command] if key != name}
    user, channel = at(discord.world, "noor", place)
    outcome = await discord.members.autocomplete(user, channel, command, name, typed, others)
    await assert_well_answered(outcome)
    assert outcome.status == "choices"


@_hostile
@given(forged=FORGED, who=users)
@example(forged="quote:save:tiny-pretty-things:1", who="robin")
@example(forged="quote:save:tiny-pretty-things:7", who="robin")
async def test_a_forged_button_is_answered(
    discord: LoopbackDiscord, bot: BotProcess, forged: str, who: str
) -> None:
    user = getattr(discord.world, who)
    asked = await discord.members.use_command(user, discord.world.dm(user), "quote", {"find": "1"})
    message = asked.message
    assert message is not None
    forge(message, forged)
    await assert_well_answered(await discord.members.press(user, message, forged))
    assert bot.errors() == []
