"""A well-formed id of something real, pressed elsewhere, changes nothing and gets a sentence."""

import re
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pytest

from bot.client import EXTENSIONS
from bot.ui.custom_ids import CustomId
from bot.ui.views import PersistentButton, PersistentSelect
from playground import Channel, LoopbackDiscord, Message, Outcome, User
from playground.components import ComponentKind
from playground.people import Role
from playground.permissions import EVERYONE, Permission
from tests.end_to_end.conftest import BOTH
from tests.end_to_end.forgery import forge
from tests.end_to_end.stage import BotProcess
from tests.end_to_end.tables import new_table

ENGINES: Final = BOTH
OF_A_PLACE: Final = {
    "game:answer",
    "game:on",
    "game:end",
    "game:stop",
    "game:again",
    "game:join",
    "trivia:answer",
    "duel:play",
    "duel:answer",
    "duel:decline",
    "duel:again",
    "schedule:stop",
    "schedule:on",
    "schedule:in",
}
"""Ids that name something of one channel or server; each is tried below."""
OF_NO_PLACE: Final = {
    **dict.fromkeys(
        (
            "quote:another",
            "quote:context",
            "quote:save",
            "quote:picture",
            "quote:look",
            "quote:share",
        ),
        "content",
    ),
    **dict.fromkeys(("quote:open", "quote:saved", "quote:receipt", "fact:back"), "content"),
    **dict.fromkeys(("quote:answer", "quote:match"), "content, and a message as a link only"),
    **dict.fromkeys(("cast:open", "cast:quotes"), "content"),
    **dict.fromkeys(("quote:found", "fact:another", "fact:said", "cast:person"), "content"),
    **dict.fromkeys(("interview", "interview:jump", "interview:answers"), "content"),
    "cast:people": "content",
    **dict.fromkeys(("trivia:next", "trivia:together"), "content"),
    **dict.fromkeys(("game:length", "game:kind", "game:start"), "content"),
    **dict.fromkeys(("trivia:report", "trivia:reason"), "content, looked up before it is stored"),
    "today:answer": "one question for everybody; tried below with one that is none",
    "today:share": "what the member who presses answered; tried below with what they did not",
    **dict.fromkeys(
        ("saved", "saved:open", "saved:remove", "saved:undo"), "what the member who presses saved"
    ),
    **dict.fromkeys(
        ("privacy:spoilers", "privacy:board", "privacy:export", "privacy:delete", "privacy:back"),
        "the member who presses",
    ),
    **dict.fromkeys(("board:period", "board:own"), "the server of the press"),
    **dict.fromkeys(
        ("board", "board:moderate"), "a member of the server of the press; tried below"
    ),
    **dict.fromkeys(
        (
            "settings:change",
            "settings:back",
            "settings:set",
            "settings:values",
            "settings:channels",
        ),
        "the server of the press",
    ),
    **dict.fromkeys(("settings:role", "settings:places", "quote:omit"), "the server of the press"),
    "schedule:now": "the server of the press, whose posts its values are looked up among",
}
"""The others, each with whose it is."""
NO_QUESTION: Final = (
    "I no longer have that question. Type /trivia for a new one.",
    "This question is no longer kept. Type /today for a new one.",
)
TABLES: Final = (
    "game",
    "game_answer",
    "question",
    "answer",
    "schedule",
    "off_board",
    "report",
    "duel",
)


def schemas() -> list[CustomId]:
    """List all ids that the bot answers to."""

    def below(cls: type[Any]) -> Iterator[type[Any]]:
        for subclass in cls.__subclasses__():
            yield subclass
            yield from below(subclass)

    for extension in EXTENSIONS:
        __import__(extension)
    classes = [*below(PersistentButton), *below(PersistentSelect)]
    return [cls.schema for cls in classes if cls.schema.name]


def test_of_each_id_it_is_known_what_it_names() -> None:
    names = {schema.name for schema in schemas()}
    assert names == OF_A_PLACE | OF_NO_PLACE.keys(), "say where it is checked, and try it here"
    assert not OF_A_PLACE & OF_NO_PLACE.keys()


@dataclass
class TwoServers:
    """The bot is in both; Noor keeps order in Elsewhere too, and Robin in that one alone."""

    discord: LoopbackDiscord
    bot: BotProcess

    def stored(self) -> Mapping[str, list[Any]]:
        return {
            table: self.bot.ask_state(f"SELECT * FROM {table} ORDER BY 1, 2") for table in TABLES
        }

    async def forge(self, user: User, channel: Channel, custom_id: str) -> Outcome:
        """Press a button that the bot never showed there."""
        typed = await self.discord.members.use_command(user, channel, "quote", {"find": "12"})
        assert typed.message is not None
        forge(typed.message, custom_id)
        return await self.discord.members.press(user, typed.message, custom_id)


@pytest.fixture(scope="module")
def servers(discord: LoopbackDiscord, hasty_bot: BotProcess) -> TwoServers:
    world = discord.world
    order = Role(1_300_000_100_000_000_000, "Order", EVERYONE | Permission.MANAGE_GUILD)
    world.elsewhere.join(world.robin, order)
    discord.platform.invite_bot(world.elsewhere)
    return TwoServers(discord, hasty_bot)


def ids(message: Message) -> list[str]:
    return message.custom_ids


async def places(servers: TwoServers) -> AsyncIterator[tuple[User, Channel]]:
    """Go where the ids do not belong: another channel of the server, and another server."""
    world = servers.discord.world
    yield world.noor, new_table(servers.discord).channel
    yield world.robin, world.lounge


async def refused_everywhere(servers: TwoServers, custom_ids: list[str]) -> None:
    before = servers.stored()
    async for user, channel in places(servers):
        for custom_id in custom_ids:
            outcome = await servers.forge(user, channel, custom_id)
            assert outcome.is_ephemeral, custom_id
            assert outcome.text, custom_id
            assert "my fault" not in outcome.text
            assert servers.stored() == before, custom_id


async def test_a_game_is_played_where_it_is(servers: TwoServers) -> None:
    world, table = servers.discord.world, new_table(servers.discord)
    await table.start(world.mika, rounds=2, calm=True)
    shown = await table.round(1)
    await table.answer(world.mika, shown)
    tried = [one for one in ids(shown) if not re.fullmatch(r"game:answer:.*:[23]", one)]
    assert {one.rsplit(":", one.count(":") - 1)[0] for one in tried} >= {"game:answer", "game:stop"}
    earlier = f"game:on:{tried[-1].rsplit(':', 1)[1]}:1"
    await refused_everywhere(
        servers, [*tried, earlier, *map(tried[-1].replace, ["stop"] * 2, ["again", "join"])]
    )
    assert "✓" not in shown.text
    await table.stop(world.mika)


async def test_what_a_game_asks_is_not_told_before_its_round_is_over(servers: TwoServers) -> None:
    world, table = servers.discord.world, new_table(servers.discord)
    await table.start(world.mika, rounds=2, calm=True)
    await table.round(1)
    number = max(row[0] for row in servers.stored()["question"])
    for custom_id in (f"trivia:answer:{number}:0", f"today:answer:{number}:0"):
        peeked = await servers.forge(world.robin, table.channel, custom_id)
        assert peeked.text in NO_QUESTION
    assert number not in [row[0] for row in servers.stored()["answer"]]
    await table.stop(world.mika)


async def test_a_duel_is_played_by_its_two_where_it_is(servers: TwoServers) -> None:
    world, table = servers.discord.world, new_table(servers.discord)
    await table.start(world.robin, opponent=world.mika)
    shown = await table.seen_by(world.robin, "-# Duel · question 1 of 5")
    number = int(ids(shown)[0].split(":")[2])
    custom_ids = [
        ids(shown)[0],
        *(f"duel:{name}:{number}" for name in ("play", "decline", "again")),
    ]
    await refused_everywhere(servers, custom_ids)
    for custom_id in custom_ids:
        outcome = await servers.forge(world.noor, table.channel, custom_id)
        assert outcome.text.startswith("This duel is for two other players.")
    question_id = max(row[0] for row in servers.stored()["question"])
    for custom_id in (f"trivia:answer:{question_id}:0", f"today:answer:{question_id}:0"):
        peeked = await servers.forge(world.mika, table.channel, custom_id)
        assert peeked.text in NO_QUESTION


async def test_a_question_is_answered_where_it_was_asked(servers: TwoServers) -> None:
    world, table = servers.discord.world, new_table(servers.discord)
    shown = (await table.use(world.mika, "trivia")).message
    assert shown is not None
    answer = ids(shown)[0]
    share = f"today:share:{answer.split(':')[2]}"
    await refused_everywhere(servers, [answer, answer.replace("trivia", "today"), share])


async def test_a_daily_post_belongs_to_its_server(servers: TwoServers) -> None:
    world, table = servers.discord.world, new_table(servers.discord)
    options = {"time": "18:00", "zone": "UTC", "channel": world.general}
    listed = await servers.discord.members.use_command(
        world.noor, table.channel, "schedule", options
    )
    assert listed.message is not None
    stop = ids(listed.message)[0]
    begin = f"schedule:in:600:{world.general.id}:quote:tiny-pretty-things:UTC"
    before = servers.stored()
    for custom_id in (stop, stop.replace("stop", "on"), begin):
        outcome = await servers.forge(world.robin, world.lounge, custom_id)
        assert outcome.is_ephemeral
        assert outcome.text
    assert servers.stored() == before


async def test_a_moderator_takes_off_members_of_their_own_server_only(servers: TwoServers) -> None:
    world = servers.discord.world
    stranger = User(1_330_000_000_000_000_000, "Stranger")
    world.academy.join(stranger)
    before = servers.stored()
    for user_id in (stranger.id, 4711, 2**64 - 1):
        for custom_id in (f"board:off:{user_id}", f"board:moderate:{user_id}"):
            outcome = await servers.forge(world.robin, world.lounge, custom_id)
            assert outcome.text in ("This member isn't in the server.", "I can't find that member.")
    assert servers.stored() == before


@pytest.mark.parametrize(
    "item", ["curated:999999", "line:0", "prompt:1", "curated:1", "curated:001"]
)
async def test_only_an_item_that_there_is_can_be_reported(servers: TwoServers, item: str) -> None:
    world = servers.discord.world
    before = servers.stored()["report"]
    custom_id = f"trivia:reason:tiny-pretty-things:{item}"
    outcome = await choose(servers, world.mika, custom_id, "spelling")
    reports = servers.stored()["report"]
    if item.startswith("curated:") and not item.endswith("9"):
        assert "Thank you" in outcome.text
        assert [row[2] for row in reports if row not in before] in (["curated:1"], [])
    else:
        assert outcome.text.startswith("That's no longer a choice.")
        assert reports == before


GARBAGE: Final = ["", "²", "-1", "9" * 5000, "1e9", "x" * 100, "\u0664", "12 ", "null"]


async def choose(servers: TwoServers, user: User, custom_id: str, value: str) -> Outcome:
    """Choose a value that the bot never offered, in a select that it never showed."""
    table = new_table(servers.discord)
    typed = await servers.discord.members.use_command(user, table.channel, "quote", {"find": "12"})
    assert typed.message is not None
    row = typed.message.payload["components"][-1]
    row["components"] = [
        {
            "type": ComponentKind.STRING_SELECT,
            "id": 99,
            "custom_id": custom_id,
            "options": [{"label": "x", "value": value}],
        }
    ]
    return await servers.discord.members.select(user, typed.message, custom_id, [value])


@pytest.mark.parametrize(
    ("custom_id", "is_for_managers"),
    [
        ("settings:channels:0", True),
        ("settings:role:0", True),
        ("settings:set:seconds:0", True),
        ("settings:set:interview:0", True),
        ("interview:jump:tiny-pretty-things", False),
        ("privacy:spoilers", False),
        ("trivia:reason:tiny-pretty-things:curated:1", False),
    ],
)
async def test_a_value_that_is_none_is_refused_after_who_may_not_choose(
    servers: TwoServers, custom_id: str, is_for_managers: bool
) -> None:
    world = servers.discord.world
    for value in GARBAGE:
        outcome = await choose(servers, world.noor, custom_id, value)
        assert outcome.is_ephemeral
        assert "my fault" not in outcome.text
        assert outcome.text.startswith("That's no longer a choice."), value[:20]
        if is_for_managers:
            refused = await choose(servers, world.mika, custom_id, value)
            assert refused.text.startswith("You need the Manage Server permission for that."), (
                value[:20]
            )


async def test_what_others_see_is_not_turned_into_what_is_for_one(servers: TwoServers) -> None:
    world, table = servers.discord.world, new_table(servers.discord)
    shown = (await table.use(world.mika, "quote")).message
    assert shown is not None
    words = shown.text
    for custom_id in (
        *("saved:next:0", "privacy:back", "settings:back", "privacy:board:show"),
        *("settings:values:next:left_out:0", "settings:change:spoilers"),
    ):
        forge(shown, custom_id)
        outcome = await servers.discord.members.press(world.noor, shown, custom_id)
        assert outcome.is_ephemeral, custom_id
        assert shown.text == words


@pytest.mark.parametrize("number", [0, 999_999_999])
async def test_a_picture_of_no_quote_is_refused_before_the_channel_sees_anything(
    servers: TwoServers, number: int
) -> None:
    table = new_table(servers.discord)
    custom_id = f"quote:share:tall:tiny-pretty-things:{number}"
    outcome = await servers.forge(servers.discord.world.mika, table.channel, custom_id)
    assert outcome.is_ephemeral
    assert f"I have no quote {number} to show here." in outcome.text


async def test_half_a_sign_in_an_id_is_of_another_version(servers: TwoServers) -> None:
    mika = servers.discord.world.mika
    place = new_table(servers.discord).channel
    for custom_id in ("quote:another:tiny-pretty-things::a\ud800", "board:own\udfff"):
        assert "another version" in (await servers.forge(mika, place, custom_id)).text


def largest(pattern: str) -> str:
    """Give the largest number that a field of an id can hold, or something else that it can."""
    numbers = ["9" * digits for digits in range(20, 0, -1)]
    words = [*numbers, "3", "tiny-pretty-things", "curated:9999", *pattern.split("|")]
    return next((word for word in words if re.fullmatch(pattern, word)), "")


async def test_numbers_that_are_too_large_name_nothing(servers: TwoServers) -> None:
    place = new_table(servers.discord).channel
    count = 0
    for schema in schemas():
        fields = {name: largest(field.pattern) for name, field in schema._fields.items()}
        custom_id = schema.build(**fields)
        if schema.parse(custom_id) and "99" in custom_id:
            count += 1
            outcome = await servers.forge(servers.discord.world.noor, place, custom_id)
            assert outcome.status != "failed", custom_id
            assert "my fault" not in outcome.text, custom_id
    assert count > 30
