"""Members can do what a real client lets them do, and nothing else."""

import asyncio
from typing import Any

import pytest

from playground import LoopbackDiscord, MemberError, Message, Modal, Outcome, Upload
from tests.playground.raw import Gateway, RawBot

COMMANDS: list[dict[str, Any]] = [
    {
        "name": "all",
        "description": "Takes all.",
        "options": [
            {"type": 3, "name": "word", "description": "d", "required": True, "max_length": 5},
            {"type": 4, "name": "count", "description": "d", "min_value": 1, "max_value": 3},
            {"type": 5, "name": "sure", "description": "d"},
            {"type": 10, "name": "share", "description": "d", "min_value": 0.5},
            {"type": 6, "name": "who", "description": "d"},
            {"type": 7, "name": "where", "description": "d", "channel_types": [0]},
            {"type": 11, "name": "file", "description": "d"},
            {
                "type": 3,
                "name": "kind",
                "description": "d",
                "choices": [{"name": "First", "value": "1"}, {"name": "Second", "value": "2"}],
            },
        ],
    },
    {
        "name": "group",
        "description": "Has two below.",
        "options": [
            {"type": 1, "name": "one", "description": "d"},
            {
                "type": 2,
                "name": "more",
                "description": "d",
                "options": [{"type": 1, "name": "two", "description": "d"}],
            },
        ],
    },
    {"name": "plain", "description": "Takes none.", "contexts": [0]},
    {"name": "Who", "type": 2},
]
COMPONENTS: list[dict[str, Any]] = [
    {
        "type": 1,
        "components": [
            {"type": 2, "style": 1, "label": "Go", "custom_id": "go"},
            {"type": 2, "style": 1, "label": "Stop", "custom_id": "stop", "disabled": True},
            {"type": 2, "style": 5, "label": "Read", "url": "https://example.org"},
        ],
    },
    {
        "type": 1,
        "components": [
            {
                "type": 3,
                "custom_id": "pick",
                "min_values": 1,
                "max_values": 2,
                "options": [{"label": "One", "value": "1"}, {"label": "Two", "value": "2"}],
            }
        ],
    },
    {"type": 1, "components": [{"type": 5, "custom_id": "who"}]},
]


@pytest.fixture
async def ready(discord: LoopbackDiscord, bot: RawBot) -> Gateway:
    await bot.register(COMMANDS)
    gateway = await bot.open()
    await gateway.identify(discord.token)
    return gateway


@pytest.fixture
async def message(discord: LoopbackDiscord, bot: RawBot) -> Message:
    body = {"content": "choose", "components": COMPONENTS}
    path = f"/channels/{discord.world.general.id}/messages"
    return discord.members.message((await bot.call("POST", path, body)).body["id"])


async def what_the_bot_gets(gateway: Gateway, bot: RawBot, doing: Any) -> dict[str, Any]:
    task: asyncio.Task[Outcome] = asyncio.ensure_future(doing)
    interaction = await gateway.event("INTERACTION_CREATE")
    await bot.answer(interaction, 4, {"content": "x"})
    await task
    return interaction["data"]


async def test_all_kinds_of_options_reach_the_bot(
    discord: LoopbackDiscord, bot: RawBot, ready: Gateway
) -> None:
    world = discord.world
    options = {
        "word": "hello",
        "count": 3,
        "sure": False,
        "share": 0.5,
        "who": world.mika,
        "where": world.general,
        "file": Upload("note.txt", b"abc"),
        "kind": "Second",
    }
    doing = discord.members.use_command(world.robin, world.general, "all", options)
    data = await what_the_bot_gets(ready, bot, doing)
    values = {option["name"]: option["value"] for option in data["options"]}
    assert values | {"file": ""} == {
        "word": "hello",
        "count": 3,
        "sure": False,
        "share": 0.5,
        "who": str(world.mika.id),
        "where": str(world.general.id),
        "file": "",
        "kind": "2",
    }
    references = data["resolved"]
    assert references["users"][values["who"]]["username"] == "mika"
    assert "user" not in references["members"][values["who"]]
    assert references["channels"][values["where"]]["name"] == "general"
    assert references["attachments"][values["file"]]["size"] == 3


async def test_a_user_menu_brings_its_user(
    discord: LoopbackDiscord, bot: RawBot, ready: Gateway
) -> None:
    world = discord.world
    doing = discord.members.use_user_menu(world.robin, world.general, "Who", world.noor)
    data = await what_the_bot_gets(ready, bot, doing)
    assert data["resolved"]["users"][data["target_id"]]["username"] == "noor"


async def test_subcommands_are_typed_with_their_words(
    discord: LoopbackDiscord, bot: RawBot, ready: Gateway
) -> None:
    world = discord.world
    doing = discord.members.use_command(world.robin, world.general, "group more two")
    data = await what_the_bot_gets(ready, bot, doing)
    assert data["name"] == "group"
    inner = [{"name": "two", "type": 1, "options": []}]
    assert data["options"] == [{"name": "more", "type": 2, "options": inner}]


@pytest.mark.parametrize(
    ("command", "options", "why"),
    [
        ("nothing", {}, "Robin has no command 'nothing' in general; there is all, group, plain."),
        ("group", {}, "/group cannot be typed; there is /group one, /group more two."),
        ("plain", {"x": "y"}, "/plain has no option x; it has none."),
        ("all", {}, "/all needs word."),
        ("all", {"word": 5}, "word does not take 5."),
        ("all", {"word": ""}, "word takes a length from 1 to 5, not 0."),
        ("all", {"word": "sixsix"}, "word takes a length from 1 to 5, not 6."),
        ("all", {"word": "x", "count": 4}, "count takes a value from 1 to 3, not 4."),
        ("all", {"word": "x", "count": True}, "count does not take True."),
        ("all", {"word": "x", "share": 0.4}, "share takes a value from 0.5"),
        ("all", {"word": "x", "kind": "Third"}, "kind is one of First, Second, not 'Third'."),
        ("all", {"word": "x", "who": "Mika"}, "'Mika' is no user."),
    ],
)
async def test_what_cannot_be_typed_is_an_error(
    discord: LoopbackDiscord, ready: Gateway, command: str, options: dict[str, Any], why: str
) -> None:
    world = discord.world
    with pytest.raises(MemberError) as error:
        await discord.members.use_command(world.robin, world.general, command, options)
    assert str(error.value).startswith(why)


async def test_a_command_is_only_where_it_is_offered(
    discord: LoopbackDiscord, ready: Gateway
) -> None:
    world, members = discord.world, discord.members
    with pytest.raises(MemberError, match="no command 'plain' in direct messages"):
        await members.use_command(world.mika, world.dm(world.mika), "plain")
    with pytest.raises(MemberError, match="no command 'plain' in lounge; there is none"):
        await members.use_command(world.mika, world.lounge, "plain")
    with pytest.raises(MemberError, match="Mika cannot see these direct messages"):
        await members.use_command(world.mika, world.dm(world.robin), "plain")
    with pytest.raises(MemberError, match="has no autocomplete"):
        await members.autocomplete(world.mika, world.general, "all", "word", "x")


@pytest.mark.parametrize(
    ("label", "why"),
    [
        ("none", "The message has no 'none'; it has go, stop, pick, who."),
        ("stop", "'stop' is disabled."),
        ("Read", "'Read' opens https://example.org; the bot learns nothing."),
        ("pick", "'pick' is no button."),
    ],
)
async def test_what_cannot_be_pressed_is_an_error(
    discord: LoopbackDiscord, message: Message, label: str, why: str
) -> None:
    with pytest.raises(MemberError) as error:
        await discord.members.press(discord.world.robin, message, label)
    assert str(error.value) == why


async def test_a_select_reaches_the_bot(
    discord: LoopbackDiscord, bot: RawBot, ready: Gateway, message: Message
) -> None:
    world, members = discord.world, discord.members
    doing = members.select(world.mika, message, "pick", ["Two", "1"])
    data = await what_the_bot_gets(ready, bot, doing)
    assert (data["values"], data["component_type"]) == (["2", "1"], 3)
    doing = members.select(world.mika, message, "who", world.noor)
    data = await what_the_bot_gets(ready, bot, doing)
    assert data["values"] == [str(world.noor.id)]
    assert data["resolved"]["users"][data["values"][0]]["username"] == "noor"


@pytest.mark.parametrize(
    ("custom_id", "values", "why"),
    [
        ("pick", [], "pick takes 1 to 2 values, not 0."),
        ("pick", ["1", "2", "1"], "pick takes 1 to 2 values, not 3."),
        ("pick", ["3"], "pick offers One, Two, not '3'."),
        ("who", ["Mika"], "'Mika' is no user."),
        ("go", ["1"], "'go' is no select."),
    ],
)
async def test_what_cannot_be_chosen_is_an_error(
    discord: LoopbackDiscord, message: Message, custom_id: str, values: list[str], why: str
) -> None:
    with pytest.raises(MemberError) as error:
        await discord.members.select(discord.world.robin, message, custom_id, values)
    assert str(error.value) == why


def labelled(component: dict[str, Any]) -> dict[str, Any]:
    return {"type": 18, "label": "Label", "component": component}


OPTIONS = [{"label": "One", "value": "1"}, {"label": "Two", "value": "2", "default": True}]
MODAL: dict[str, Any] = {
    "custom_id": "form",
    "title": "Form",
    "components": [
        labelled({"type": 4, "custom_id": "name", "style": 1, "min_length": 2, "max_length": 4}),
        labelled({"type": 21, "custom_id": "one", "options": OPTIONS}),
        labelled({"type": 22, "custom_id": "many", "options": OPTIONS, "max_values": 2}),
        labelled({"type": 23, "custom_id": "check"}),
        labelled({"type": 19, "custom_id": "file", "required": False}),
    ],
}


@pytest.fixture
async def modal(discord: LoopbackDiscord, bot: RawBot, ready: Gateway) -> Modal:
    world = discord.world
    using = asyncio.create_task(discord.members.use_command(world.robin, world.general, "plain"))
    interaction = await ready.event("INTERACTION_CREATE")
    assert (await bot.answer(interaction, 9, MODAL)).status == 204
    await using
    return discord.members.modal(interaction["id"])


async def test_a_modal_is_filled_in(
    discord: LoopbackDiscord, bot: RawBot, ready: Gateway, modal: Modal
) -> None:
    robin = discord.world.robin
    values = {"name": "abc", "many": ["One", "Two"], "file": Upload("a.txt", b"x")}
    doing = discord.members.submit_modal(robin, modal, values)
    data = await what_the_bot_gets(ready, bot, doing)
    name, radio, many, check, file = [part["component"] for part in data["components"]]
    assert (name["value"], radio["value"], many["values"]) == ("abc", "2", ["1", "2"])
    assert check["value"] is False
    assert data["resolved"]["attachments"][file["values"][0]]["filename"] == "a.txt"


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, "name has to be filled in."),
        ({"name": "a"}, "name takes 2 to 4 characters, not 1."),
        ({"name": "abc", "one": "3"}, "one offers One, Two, not '3'."),
        ({"name": "abc", "other": "x"}, "The modal has no other; it has name, one, many"),
        ({"name": "abc", "many": ["1", "2", "1"]}, "many takes 1 to 2 values, not 3."),
    ],
)
async def test_what_cannot_be_filled_in_is_an_error(
    discord: LoopbackDiscord, modal: Modal, values: dict[str, Any], why: str
) -> None:
    with pytest.raises(MemberError) as error:
        await discord.members.submit_modal(discord.world.robin, modal, values)
    assert str(error.value).startswith(why)


async def test_a_modal_belongs_to_whom_it_was_opened_for(
    discord: LoopbackDiscord, modal: Modal
) -> None:
    with pytest.raises(MemberError, match="open in front of Robin"):
        await discord.members.submit_modal(discord.world.mika, modal, {"name": "abc"})
    with pytest.raises(MemberError, match="No modal is open"):
        discord.members.modal(1)


async def test_posts_reach_all_who_see_the_channel(discord: LoopbackDiscord) -> None:
    world, members = discord.world, discord.members
    with members.watch() as watch:
        posted = members.post(world.mika, world.backstage, "hello")
        event = await watch.next_of("message_created")
    assert event["message"]["id"] == str(posted.id)
    assert members.history(world.noor, world.backstage) == [posted]
    with pytest.raises(MemberError, match="A message holds 1 to 2000 characters"):
        members.post(world.mika, world.general, "x" * 2001)
    with pytest.raises(MemberError, match="Only a message that one alone"):
        members.dismiss(world.mika, posted)


async def test_the_bot_learns_of_posts_only_with_the_intent_and_without_words(
    discord: LoopbackDiscord, bot: RawBot
) -> None:
    world = discord.world
    gateway = await bot.open()
    await gateway.identify(discord.token, intents=1 | 1 << 9)
    discord.members.post(world.mika, world.general, "secret")
    message = await gateway.event("MESSAGE_CREATE")
    assert (message["author"]["username"], message["content"]) == ("mika", "")
