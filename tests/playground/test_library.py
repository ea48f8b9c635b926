"""discord.py takes all of it for Discord, and what it sends is what Discord describes."""

from collections.abc import AsyncIterator, Iterator

import discord
import pytest

from playground import LoopbackDiscord, Upload, World
from tests.playground.openapi import DESCRIPTION, violations
from tests.playground.troupe import Troupe, running


@pytest.fixture(scope="module")
async def loopback() -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord(heartbeat_seconds=2) as loopback:
        yield loopback


@pytest.fixture(scope="module")
async def troupe(loopback: LoopbackDiscord) -> AsyncIterator[Troupe]:
    async with running(loopback) as troupe:
        yield troupe


@pytest.fixture(scope="module", autouse=True)
def _library_sends_what_is_described(loopback: LoopbackDiscord) -> Iterator[None]:
    """Hold all that the library has sent against the description of Discord's API."""
    yield
    assert loopback.record.unknown == []
    wrong = {
        f"{request.method} {request.route}: {sentence}"
        for request in loopback.record
        for sentence in (violations(request) if DESCRIPTION.exists() else ())
    }
    assert wrong == set()


@pytest.fixture
def world(loopback: LoopbackDiscord, troupe: Troupe) -> World:
    assert troupe.is_ready()
    return loopback.world


async def test_the_library_knows_the_world(troupe: Troupe, world: World) -> None:
    (guild,) = troupe.guilds
    assert (guild.name, guild.member_count, guild.me.id) == ("The Academy", 4, world.bot.id)
    assert [(channel.name, channel.is_nsfw()) for channel in guild.text_channels] == [
        ("general", False),
        ("after-dark", True),
        ("backstage", False),
    ]
    hidden = guild.get_channel(world.backstage.id)
    assert hidden is not None
    assert not hidden.permissions_for(guild.me).view_channel


async def test_the_servers_of_the_bot_are_listed(troupe: Troupe, world: World) -> None:
    (guild,) = [guild async for guild in troupe.fetch_guilds(with_counts=False)]
    assert (guild.id, guild.name, guild.owner_id) == (world.academy.id, "The Academy", None)
    after = discord.Object(guild.id)
    assert [guild async for guild in troupe.fetch_guilds(after=after, with_counts=False)] == []


async def test_what_is_registered_is_what_is_fetched(troupe: Troupe) -> None:
    synced = [command.to_dict() for command in await troupe.tree.sync()]
    assert [command.to_dict() for command in await troupe.tree.fetch_commands()] == synced


async def test_options_arrive_as_objects(loopback: LoopbackDiscord, world: World) -> None:
    options = {
        "name": "N",
        "who": world.mika,
        "where": world.general,
        "file": Upload("a.txt", b"abc"),
    }
    outcome = await loopback.members.use_command(world.noor, world.general, "hello", options)
    assert outcome.text == "N mika general abc en-US True"
    assert (await outcome.follow_up()).is_ephemeral


@pytest.mark.parametrize(
    ("place", "is_member"), [("lounge", False), ("dm", False), ("backstage", True)]
)
async def test_commands_work_wherever_a_member_is(
    loopback: LoopbackDiscord, world: World, place: str, is_member: bool
) -> None:
    robin = world.robin
    channel = world.dm(robin) if place == "dm" else getattr(world, place)
    outcome = await loopback.members.use_command(robin, channel, "hello")
    assert outcome.text.endswith(f"en-US {is_member}")
    await outcome.follow_up()


async def test_autocomplete_gives_choices(loopback: LoopbackDiscord, world: World) -> None:
    outcome = await loopback.members.autocomplete(world.robin, world.general, "hello", "name", "x")
    assert [choice["value"] for choice in outcome.choices] == ["xa", "xb"]


async def test_a_layout_is_shown_turned_and_chosen_from(
    loopback: LoopbackDiscord, world: World
) -> None:
    members = loopback.members
    for doing, text in (("turn", "turned"), ("pick", "['Two']")):
        outcome = await members.use_command(world.robin, world.general, "stage")
        assert outcome.text == "shown\nsection"
        assert outcome.custom_ids == ["turn", "ask", "pick"]
        assert outcome.labels == ["Turn", "Ask", "Read"]
        message = outcome.message
        assert message is not None
        assert [attachment["filename"] for attachment in message.attachments] == ["card.png"]
        if doing == "turn":
            after = await members.press(world.mika, message, "Turn")
            assert after.status == "updated"
        else:
            after = await members.select(world.mika, message, "pick", "Two")
            assert after.status == "acknowledged"
            with members.watch() as watch:
                while message.text != text:
                    await watch.next_of("message_edited")
        assert (message.text, message.attachments) == (text, [])


async def test_a_modal_goes_there_and_back(loopback: LoopbackDiscord, world: World) -> None:
    members = loopback.members
    layout = await members.use_command(world.robin, world.general, "stage")
    assert layout.message is not None
    form = await members.press(world.mika, layout.message, "Ask")
    assert form.status == "modal"
    outcome = await members.submit_modal(
        world.mika, form, {"name": "Mika", "scan": Upload("scan.txt", b"scanned")}
    )
    assert (outcome.text, outcome.is_ephemeral) == ("Mika ['scanned']", True)


async def test_thinking_ends_in_a_layout(loopback: LoopbackDiscord, world: World) -> None:
    outcome = await loopback.members.use_command(world.robin, world.general, "late")
    assert outcome.status == "thinking"
    assert (await outcome.settled()).text == "done"
    assert outcome.is_ephemeral


async def test_embeds_can_be_read(loopback: LoopbackDiscord, world: World) -> None:
    outcome = await loopback.members.use_command(world.robin, world.general, "many")
    assert outcome.text.split() == [
        "content",
        *["Who", "Title", "Words", "Field", "Value", "Foot"] * 2,
    ]


async def test_a_menu_gets_its_message(loopback: LoopbackDiscord, world: World) -> None:
    posted = loopback.members.post(world.mika, world.general, "well said")
    outcome = await loopback.members.use_message_menu(world.noor, "Keep", posted)
    assert (outcome.text, outcome.is_ephemeral) == ("kept well said", True)


async def test_the_library_writes_edits_and_deletes_by_itself(
    troupe: Troupe, loopback: LoopbackDiscord, world: World
) -> None:
    channel = troupe.get_partial_messageable(world.general.id)
    async with channel.typing():
        message = await channel.send("one", nonce=7)
    assert (await channel.fetch_message(message.id)).content == "one"
    edited = await message.edit(content="two")
    assert (edited.content, edited.edited_at is not None) == ("two", True)
    assert loopback.members.message(message.id).text == "two"
    await message.delete()
    with pytest.raises(discord.NotFound):
        await channel.fetch_message(message.id)
    with pytest.raises(discord.Forbidden):
        await troupe.get_partial_messageable(world.backstage.id).send("x")


async def test_the_library_finds_members(troupe: Troupe, world: World) -> None:
    (guild,) = troupe.guilds
    matches = await guild.query_members(user_ids=[world.robin.id, world.noor.id])
    assert sorted(member.name for member in matches) == ["noor", "robin"]
    assert (await guild.fetch_member(world.mika.id)).display_name == "Mika"
    direct = await (await troupe.fetch_user(world.noor.id)).send("psst")
    assert direct.channel.id == world.dm(world.noor).id


async def test_a_rate_limit_is_waited_for(loopback: LoopbackDiscord, world: World) -> None:
    loopback.faults.answer("*/callback", 429, retry_after=0.05)
    outcome = await loopback.members.use_command(world.robin, world.general, "many")
    assert outcome.status == "answered"
    assert [refusal["status"] for refusal in outcome.refused] == [429]


async def test_the_library_resumes_after_each_kind_of_break(
    loopback: LoopbackDiscord, world: World
) -> None:
    members, faults = loopback.members, loopback.faults
    with members.watch() as watch:
        for break_it in (
            faults.break_connections,
            faults.reconnect,
            lambda: faults.invalidate(resumable=True),
            lambda: faults.close_gateway(4000),
        ):
            break_it()
            assert (await watch.next_of("bot_connected"))["resumed"] is True
        outcome = await members.use_command(world.robin, world.general, "many")
    assert outcome.status == "answered"
    assert len(loopback.identified) == 1


async def test_the_library_leaves_a_zombie_and_resumes() -> None:
    async with (
        LoopbackDiscord(heartbeat_seconds=2) as loopback,
        running(loopback, heartbeat_timeout=1.0),
    ):
        with loopback.members.watch() as watch:
            loopback.faults.withhold_acks()
            assert (await watch.next_of("bot_disconnected"))["code"] == 4000
            loopback.faults.clear()
            assert (await watch.next_of("bot_connected"))["resumed"] is True


async def test_being_removed_and_invited_again_is_noticed(
    troupe: Troupe, loopback: LoopbackDiscord, world: World
) -> None:
    loopback.platform.kick_bot(world.academy)
    await troupe.wait_for("guild_remove", timeout=60)
    assert list(troupe.guilds) == []
    loopback.platform.invite_bot(world.academy)
    await troupe.wait_for("guild_join", timeout=60)
    assert [guild.name for guild in troupe.guilds] == ["The Academy"]
