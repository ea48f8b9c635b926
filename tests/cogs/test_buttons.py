"""Every button answers: after a restart, a year later, and also one that was forged."""

import re
from collections.abc import Mapping

import pytest

from playground import LoopbackDiscord, Message, Outcome
from playground.interactions import InteractionKind
from tests.cogs.members import use
from tests.end_to_end.forgery import forge
from tests.end_to_end.stage import BotProcess

pytestmark = pytest.mark.usefixtures("bot")


def button(message: Message, start: str) -> str:
    return next(custom_id for custom_id in message.custom_ids if custom_id.startswith(start))


EVERY_BUTTON: list[tuple[str, dict[str, object], str]] = [
    ("quote", {}, "quote:another:"),
    ("quote", {"speaker": "Kylie", "topic": "casting"}, "quote:another:"),
    ("quote", {}, "quote:context:"),
    ("quote", {"find": "the"}, "quote:found:next:"),
    ("fact", {}, "fact:another:"),
    ("fact", {"person": "Bette"}, "fact:said:"),
    ("trivia", {}, "trivia:answer:"),
    ("quote", {}, "quote:save:"),
    ("interview", {}, "interview:next:"),
    ("interview", {"question": 5}, "interview:previous:"),
    ("interview", {"question": 5}, "interview:questions:"),
    ("cast", {"person": "Kylie"}, "cast:quotes:"),
    ("cast", {"person": "Kylie"}, "cast:people:back:"),
]


@pytest.fixture(scope="module")
async def pressed(discord: LoopbackDiscord, bot: BotProcess) -> Mapping[tuple[int, str], Outcome]:
    """Press each button, and another one like it after a restart."""
    robin, outcomes = discord.world.robin, dict[tuple[int, str], Outcome]()
    later: list[tuple[int, Message, str]] = []
    for number, (command, options, start) in enumerate(EVERY_BUTTON):
        first, second = [await use(discord, robin, command, **options) for _n in range(2)]
        assert first.message is not None
        assert second.message is not None
        outcomes[number, "before"] = await discord.members.press(
            robin, first.message, button(first.message, start)
        )
        later.append((number, second.message, button(second.message, start)))
    await bot.restart()
    for number, message, custom_id in later:
        outcomes[number, "after"] = await discord.members.press(robin, message, custom_id)
    return outcomes


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("number", range(len(EVERY_BUTTON)))
def test_a_button_answers_before_and_after_a_restart(
    pressed: Mapping[tuple[int, str], Outcome], number: int, when: str
) -> None:
    outcome = pressed[number, when]
    assert outcome.status in ("answered", "updated"), EVERY_BUTTON[number]
    assert outcome.refused == []


@pytest.mark.parametrize(
    ("custom_id", "expected"),
    [
        ("interview:first:tiny-pretty-things:0", "by Ruth Kinane"),
        ("quote:another:tiny-pretty-things:gone:", "so here's any quote"),
        ("interview:last:tiny-pretty-things:9", "question 9 of 9"),
        ("quote:another:tiny-pretty-things:kylie-jefferson:", "Kylie Jefferson"),
        ("quote:save:tiny-pretty-things:2", "Quote 1 · "),
        ("saved:remove:0:tiny-pretty-things:12", ""),
        ("saved:next:1", ""),
        ("fact:another:tiny-pretty-things::", "facts? about"),
        ("cast:person:tiny-pretty-things:kylie-jefferson:0", "### Kylie Jefferson"),
        ("quote:found:next:1:tiny-pretty-things:::dance", "6\u00a0to\u00a07"),
    ],
)
async def test_what_stands_in_channels_since_earlier_versions_answers(
    discord: LoopbackDiscord, custom_id: str, expected: str
) -> None:
    robin = discord.world.robin
    message = (await use(discord, robin, "quote", find="1")).message
    assert message is not None
    forge(message, custom_id)
    pressed = await discord.members.press(robin, message, custom_id)
    assert pressed.status in ("answered", "updated")
    assert re.search(expected, pressed.text)
    assert "another version" not in pressed.text


@pytest.mark.parametrize(
    "forged",
    [
        "quote:another:no-such-interview::",
        "quote:context:tiny-pretty-things:999999999",
        "fact:said:tiny-pretty-things:0",
        "trivia:answer:999999999999999999:3",
        "interview:next:tiny-pretty-things:999999",
        "quote:another:tiny-pretty-things:nobody:nothing",
        "quote:found:next:999:tiny-pretty-things:nobody:nothing:dance",
        "quote:found:next:0:tiny-pretty-things:::\u202e\u0000",
        "game:from:another:version",
        "x" * 100,
    ],
)
async def test_a_button_that_no_longer_fits_is_a_private_sentence(
    discord: LoopbackDiscord, forged: str
) -> None:
    """What a button carries comes from the network: from an older version, or from a liar."""
    mika = discord.world.mika
    outcome = await use(discord, mika, "quote", find="1")
    message = outcome.message
    assert message is not None
    forge(message, forged)
    pressed = await discord.members.press(mika, message, forged)
    assert pressed.status in ("answered", "updated")
    assert "That's my fault" not in pressed.text


@pytest.mark.parametrize(
    ("command", "options", "label", "expected"),
    [
        ("quote", {"speaker": "Jollybean"}, "Casimere Jollette", "**Casimere Jollette**"),
        ("quote", {"topic": "castling moves"}, "casting", "on casting"),
        ("quote", {"find": "stduio"}, "studio", "studio"),
        ("quote", {"find": '"stduio"*'}, "studio", "studio"),
        ("fact", {"person": "Kyle Jeffson the dancer"}, "Kylie Jefferson", "Kylie"),
        ("cast", {"person": "Kyle Jeffson the dancer"}, "Kylie Jefferson", "### Kylie Jefferson"),
    ],
)
async def test_a_near_miss_offers_what_was_meant(
    discord: LoopbackDiscord, command: str, options: dict[str, object], label: str, expected: str
) -> None:
    robin = discord.world.robin
    missed = await use(discord, robin, command, **options)
    assert missed.is_ephemeral
    assert missed.message is not None
    assert label in missed.labels[0]
    assert len(missed.labels) <= 3
    pressed = await discord.members.press(robin, missed.message, missed.custom_ids[0])
    assert pressed.refused == []
    assert expected in pressed.text


@pytest.mark.parametrize("custom_id", ["anything", "privacy:delete:sure"])
async def test_a_form_that_was_never_shown_is_a_private_sentence(
    discord: LoopbackDiscord, custom_id: str
) -> None:
    robin, platform = discord.world.robin, discord.platform
    form = {"custom_id": custom_id, "components": []}
    interaction = platform.interactions.start(
        InteractionKind.MODAL, robin, discord.world.dm(robin), form
    )
    assert await platform.events.until(lambda: interaction.answer is not None, 60)
    told = Outcome(interaction, platform.events)
    assert told.is_ephemeral
    assert "from another version of me" in told.text
