"""Daily posts: on time, once, and with an end where they cannot be."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.interview.audience import EVERYONE, Reader
from bot.state.schedules import PostKind, Schedule, StopReason
from cogs.schedule._cards import schedule_card
from playground import Channel, LoopbackDiscord, Message, Outcome
from playground.permissions import Permission
from playground.places import Overwrite
from tests.end_to_end.conftest import BOTH
from tests.end_to_end.stage import SURROUNDED, BotProcess
from tests.end_to_end.tables import new_channel

ENGINES = BOTH
HOUR = 3600


class Desk:
    """A manager's desk, with a clock that can be set."""

    def __init__(self, discord: LoopbackDiscord, folder: Path, url: str | None) -> None:
        self.discord = discord
        self.url = url
        self.members, self.noor = discord.members, discord.world.noor
        self.channel = new_channel(discord)
        self._clock = folder / "clock"
        self._folder = folder
        # No test may see one day end and another begin.
        now = datetime.now(UTC)
        noon = now.replace(hour=12, minute=0, second=0) + timedelta(days=now.hour >= 12)
        self._until_noon = (noon - now).total_seconds()
        self.bots: list[BotProcess] = []
        self.set_clock(0)

    def set_clock(self, seconds_ahead: float, *, is_right: bool = True) -> None:
        """Let time be another than noon, for the bot and, if it is right, for Discord too."""
        whole = self._clock.with_suffix(".new")
        whole.write_text(str(self._until_noon + seconds_ahead))
        whole.replace(self._clock)
        self.discord.faults.set_clock(self._until_noon + (seconds_ahead if is_right else 0))

    async def start_bot(self) -> BotProcess:
        extra = {"TEST_CLOCK": str(self._clock), "TEST_SHARES": "yes"}
        folder = self._folder / "var"
        bot = BotProcess(
            self.discord, folder, extra=extra, module=SURROUNDED, database_url=self.url
        )
        self.bots.append(bot)
        await self.start_again(bot)
        return bot

    async def start_again(self, bot: BotProcess) -> None:
        """Start a process and wait until it knows its servers; it posts nothing before."""
        bot.log.clear()
        await bot.start()
        assert await bot.logged("ready as")

    async def schedule(self, **options: object) -> Outcome:
        """Add a daily post, in UTC unless a zone is given, even none; without options list them."""
        if "time" in options:
            options = {"zone": "UTC", **options}
        options = {name: value for name, value in options.items() if value is not None}
        return await self.members.use_command(self.noor, self.channel, "schedule", options)

    def change(self, sql: str) -> None:
        """Change the state of the bot, behind its back."""
        self.bots[0].ask_state(sql)

    def in_minutes(self, minutes: int) -> str:
        """Give a time of day, as it is typed, that comes so many minutes from now."""
        now = datetime.now(UTC) + timedelta(seconds=self._until_noon)
        return f"{now + timedelta(minutes=minutes):%H:%M}"

    def posts(self) -> list[Message]:
        return self.posts_in(self.channel)

    def posts_in(self, channel: Channel) -> list[Message]:
        found = self.members.history(self.discord.world.robin, channel)
        asked_for = "interaction_metadata"
        return [one for one in found if not one.is_ephemeral and asked_for not in one.payload]

    async def until_posts(self, count: int) -> list[Message]:
        reached = self.discord.platform.events.until(lambda: len(self.posts()) >= count, 60)
        assert await reached, [one.text for one in self.posts()]
        return self.posts()

    async def stay_at(self, count: int, seconds: float = 1.0) -> None:
        await asyncio.sleep(seconds)
        assert len(self.posts()) == count


@pytest.fixture(scope="module")
async def shared(
    discord: LoopbackDiscord, state_url: str | None, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Desk]:
    desk = Desk(discord, tmp_path_factory.mktemp("desk"), state_url)
    bot = await desk.start_bot()
    yield desk
    await bot.kill()


@pytest.fixture
async def desk(shared: Desk) -> AsyncIterator[Desk]:
    """Give a desk of a channel that is new, in a server that has no daily posts."""
    shared.channel = new_channel(shared.discord)
    shared.set_clock(0)
    yield shared
    shared.discord.faults.clear()
    shared.set_clock(0)
    shared.channel = new_channel(shared.discord)
    for _n in range(25):
        listed = await shared.schedule()
        if "None yet" in listed.text:
            break
        assert listed.message is not None, listed
        await shared.members.press(shared.noor, listed.message, listed.message.custom_ids[0])
    else:
        raise AssertionError(listed)
    for bot in shared.bots:
        assert bot.errors() == []


async def test_what_is_posted_is_what_today_shows(desk: Desk) -> None:
    for what in ("quote", "fact", "question", "prompt", "turn"):
        told = await desk.schedule(time=desk.in_minutes(2), what=what)
        assert told.is_ephemeral
        assert "From now on, daily at" in told.text
    await desk.stay_at(0, 0.3)
    desk.set_clock(3 * 60)
    posts = await desk.until_posts(5)
    today = (await desk.members.use_command(desk.noor, desk.channel, "today")).text
    by_heading = {one.text.split("\n")[0]: one for one in posts}
    for heading in ("### Quote of the day", "### Fact of the day", "### Question of the day"):
        said = by_heading[heading].text.split("\n")[1]
        assert said.removeprefix("### ") in today
    assert "### What do you think?" in by_heading
    question = by_heading["### Question of the day"]
    answer = next(one for one in question.custom_ids if one.startswith("today:answer:"))
    verdict = await desk.members.press(desk.discord.world.mika, question, answer)
    assert "streak" in verdict.text
    assert verdict.is_ephemeral
    quote = by_heading["### Quote of the day"]
    assert (await desk.members.press(desk.discord.world.mika, quote, "Context")).is_ephemeral
    await desk.stay_at(5)


async def test_hours_of_downtime_late_is_posted_once_and_too_late_is_said(desk: Desk) -> None:
    await desk.schedule(time=desk.in_minutes(5))
    bot = desk.bots[0]
    await bot.kill()
    desk.set_clock(5 * HOUR)
    await desk.start_again(bot)
    await desk.until_posts(1)
    await desk.stay_at(1)
    await bot.kill()
    desk.set_clock(32 * HOUR)
    await desk.start_again(bot)
    await desk.stay_at(1)
    listed = await desk.schedule()
    assert "Skipped: the one of <t:" in listed.text
    assert "Next <t:" in listed.text
    desk.set_clock(48.5 * HOUR)
    await desk.until_posts(2)


async def test_a_post_whose_answer_never_came_is_not_posted_twice(desk: Desk) -> None:
    await desk.schedule(time=desk.in_minutes(2))
    bot = desk.bots[0]
    desk.discord.faults.slow_answer("POST /channels/*", 1.0)
    desk.set_clock(3 * 60)
    await desk.until_posts(1)
    await bot.kill()
    desk.set_clock(6 * 60)
    await desk.start_again(bot)
    await desk.stay_at(1)
    assert "Next <t:" in (await desk.schedule()).text


async def test_two_processes_post_once(desk: Desk) -> None:
    for _n in range(10):
        await desk.schedule(time=desk.in_minutes(2), what="turn")
    other = await desk.start_bot()
    desk.set_clock(3 * 60)
    await desk.until_posts(10)
    await asyncio.sleep(1)
    assert len(desk.posts()) == 10
    # Discord gives one connection what members type; with both gone it is the next one's.
    desk.bots.remove(other)
    await other.kill()
    await desk.bots[0].kill()
    await desk.start_again(desk.bots[0])


async def test_a_wrong_clock_posts_nothing_until_it_is_right(desk: Desk) -> None:
    await desk.schedule(time=desk.in_minutes(2), what="question")
    desk.set_clock(3 * 60, is_right=False)
    await desk.stay_at(0)
    assert await desk.bots[0].logged("clock of this machine: not working for now: it's +")
    today = await desk.members.use_command(desk.noor, desk.channel, "today")
    assert today.message is not None
    answer = next(one for one in today.message.custom_ids if one.startswith("today:answer:"))
    told = await desk.members.press(desk.noor, today.message, answer)
    assert "My host's clock is wrong" in told.text
    desk.set_clock(3 * 60)
    posts = await desk.until_posts(1)
    assert "Question of the day" in posts[-1].text


async def test_a_channel_that_is_gone_stops_its_posts(desk: Desk) -> None:
    await desk.schedule(time=desk.in_minutes(2))
    gone, desk.channel = desk.channel, new_channel(desk.discord)
    desk.discord.world.academy.channels.remove(gone)
    desk.set_clock(3 * 60)
    listed = await _listed(desk, "Stopped: the channel is gone.")
    desk.discord.record.clear()
    await asyncio.sleep(0.5)
    assert desk.discord.record.find("POST /channels/*") == []
    assert listed.message is not None
    ended = await desk.members.press(desk.noor, listed.message, listed.message.labels[0])
    assert "None yet." in ended.text


async def test_a_zone_that_is_gone_stops_its_post_alone(desk: Desk) -> None:
    await desk.schedule(time=desk.in_minutes(2), what="fact")
    await desk.schedule(time=desk.in_minutes(3))
    desk.change("UPDATE schedule SET zone = 'Mars/Olympus' WHERE what = 'fact'")
    bot = desk.bots[0]
    bot.log.clear()
    desk.set_clock(4 * 60)
    await desk.until_posts(1)
    listed = await _listed(desk, "Stopped: its time zone no longer exists. Remove this post")
    assert listed.text.count("Next <t:") == 1
    assert await bot.logged("stops: zone")
    await asyncio.sleep(0.5)
    assert len([line for line in bot.log if "stops: zone" in line]) == 1
    assert len(bot.log) < 10
    assert listed.message is not None
    ended = await desk.members.press(desk.noor, listed.message, listed.message.labels[0])
    assert "Mars" not in ended.text


async def test_a_post_whose_zone_is_gone_meanwhile_can_be_removed(desk: Desk) -> None:
    await desk.schedule(time=desk.in_minutes(2))
    desk.change("UPDATE schedule SET stopped = 'permission'")
    listed = await desk.schedule()
    desk.change("UPDATE schedule SET zone = 'Mars/Olympus'")
    assert listed.message is not None
    told = await desk.members.press(desk.noor, listed.message, listed.message.labels[0])
    assert "Stopped: its time zone no longer exists. Remove this post" in told.text
    ended = await desk.members.press(desk.noor, listed.message, listed.message.labels[0])
    assert "None yet." in ended.text


async def test_a_thread_that_is_archived_delays_its_post_and_stops_none(desk: Desk) -> None:
    await desk.schedule(time=desk.in_minutes(2))
    body = {"message": "Tried to perform an operation on an archived thread", "code": 50083}
    desk.discord.faults.answer("POST /channels/*", 400, times=1000, body=body)
    desk.bots[0].log.clear()
    desk.set_clock(3 * 60)
    assert await desk.bots[0].logged("waits: 400")
    assert "Next <t:" in (await desk.schedule()).text
    for hours in (1, 2, 3, 5, 7):
        desk.set_clock(hours * HOUR)
        await desk.stay_at(0, 0.3)
    listed = await _listed(desk, "Skipped: the one of <t:")
    assert "Stopped" not in listed.text
    assert len([line for line in desk.bots[0].log if "waits: 400" in line]) == 1
    desk.discord.faults.clear()
    desk.set_clock(24.2 * HOUR)
    await desk.until_posts(1)


async def test_a_channel_that_the_bot_does_not_see_is_named_as_members_know_it(desk: Desk) -> None:
    told = await desk.schedule(time="9", channel=desk.channel)
    assert told.text.startswith(f"I can't see <#{desk.channel.id}>. Give me View Channel there")


def test_every_reason_to_stop_is_a_sentence_with_what_to_do() -> None:
    reader = Reader(EVERYONE, "en")
    for reason in StopReason:
        if reason is not StopReason.NO:
            card = schedule_card([_stopped(reason)], {}, reader, [discord.ui.Button[Any]()])
            assert re.search(
                r"Stopped: .*\b(then try again|set it up again)", str(card.to_components())
            )


def _stopped(reason: StopReason) -> Schedule:
    return Schedule(1, 2, 3, "lm", PostKind.QUOTE, 540, "UTC", 0, None, 0, None, reason)


async def test_a_right_that_is_taken_away_stops_posts(desk: Desk) -> None:
    await desk.schedule(time=desk.in_minutes(2))
    role = desk.discord.world.academy.bot_role
    desk.channel.overwrites.append(Overwrite(role.id, deny=Permission.SEND_MESSAGES))
    desk.set_clock(3 * 60)
    await _listed(desk, "Stopped: I can't post there any more.")
    refused = await desk.schedule(time="9")
    assert "I need the permission Send Messages in <#" in refused.text


async def test_a_server_error_delays_a_post(desk: Desk) -> None:
    await desk.schedule(time=desk.in_minutes(2))
    desk.discord.faults.answer("POST /channels/*", 503)
    desk.bots[0].log.clear()
    desk.set_clock(3 * 60)
    assert await desk.bots[0].logged("waits: 503"), desk.bots[0].log
    desk.discord.faults.answer("POST /channels/*", 429)
    desk.set_clock(10 * 60)
    await desk.until_posts(1)


async def test_a_channel_that_has_to_wait_keeps_no_other_waiting(desk: Desk) -> None:
    await desk.schedule(time=desk.in_minutes(2))
    slow, desk.channel = desk.channel, new_channel(desk.discord)
    await desk.schedule(time=desk.in_minutes(4))
    desk.discord.faults.answer("POST /channels/*", 429, retry_after=15)
    desk.bots[0].log.clear()
    desk.set_clock(3 * 60)
    assert await desk.bots[0].logged("Retrying in 15.00 seconds")
    desk.set_clock(5 * 60)
    assert await desk.until_posts(1)
    assert desk.posts_in(slow) == []
    reached = desk.discord.platform.events.until(lambda: len(desk.posts_in(slow)) == 1, 60)
    assert await reached


async def test_a_receipt_that_is_no_json_posts_nothing_twice(desk: Desk) -> None:
    await desk.schedule(time=desk.in_minutes(2))
    desk.discord.faults.garble("POST /channels/*", 200, is_done=True)
    desk.bots[0].log.clear()
    desk.set_clock(3 * 60)
    await desk.until_posts(1)
    assert "Next <t:" in (await desk.schedule()).text
    desk.discord.record.clear()
    desk.set_clock(10 * 60)
    again = desk.discord.platform.events.until(
        lambda: bool(desk.discord.record.find("POST /channels/*")), 15
    )
    assert await again
    await desk.stay_at(1)
    desk.discord.faults.garble("POST /channels/*", 503)
    desk.set_clock(25 * HOUR)
    assert await desk.bots[0].logged("waits: 503")
    desk.set_clock(25.2 * HOUR)
    await desk.until_posts(2)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"time": "half past nine"}, "I can't read 'half past nine' as a time of day. Type it"),
        ({"time": "9 de la noche"}, "daily at 21:00 UTC: <t:"),
        ({"time": "6 pm Eastern", "zone": None}, "daily at 18:00 America/New_York"),
        ({"time": "6 pm Eastern", "zone": "UTC"}, "I can't read '6 pm Eastern' as a time of day."),
        ({"time": "teatime"}, "I can't read 'teatime' as a time of day. Type it like 18:00"),
        ({"time": "noon"}, "daily at 12:00 UTC: <t:"),
        ({"time": "midnight", "zone": "Eastern"}, "daily at 00:00 America/New_York"),
        ({"time": "x" * 6000}, "I can't read"),
        ({"zone": "Berlin"}, "At what time?"),
        ({"time": "9", "zone": "Atlantis"}, "There is no time zone 'Atlantis'."),
        ({"time": "9", "zone": "berlin"}, "daily at 09:00 Europe/Berlin"),
        ({"time": "6 pm", "zone": "new york"}, "daily at 18:00 America/New_York"),
        ({"time": "6 pm", "zone": "Delhi"}, "daily at 18:00 Asia/Kolkata"),
        ({"time": "6 pm", "zone": "UTC-5"}, "daily at 18:00 UTC-5"),
        ({"time": "6 pm", "zone": "x" * 6000}, "There is no time zone"),
        ({}, "what: Quote of the day"),
    ],
)
async def test_what_a_manager_may_type(desk: Desk, options: dict[str, str], told: str) -> None:
    assert told in (await desk.schedule(**options)).text


async def test_a_zone_that_may_be_several_is_asked_and_a_press_goes_on(desk: Desk) -> None:
    asked = await desk.schedule(time="6 pm", zone="IST", what="fact")
    assert "'IST' may be more than one time zone." in asked.text
    assert asked.message is not None
    assert asked.message.labels == ["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"]
    assert "None yet" in (await desk.schedule()).text
    told = await desk.members.press(desk.noor, asked.message, "Europe/Dublin")
    assert "From now on, daily at 18:00 Europe/Dublin" in told.text
    assert f"**Fact of the day** in <#{desk.channel.id}>, 18:00 Europe/Dublin" in told.text


async def test_what_a_zones_button_carries_is_looked_at_again(desk: Desk) -> None:
    asked = await desk.schedule(time="6 pm", zone="CST")
    assert asked.message is not None
    original = asked.message.custom_ids[0]
    mika, robin = desk.discord.world.mika, desk.discord.world.robin
    place = f"{desk.channel.id}:quote:tiny-pretty-things"
    forged = {
        f"schedule:in:9999:{place}:America/Chicago": "That's not possible any more.",
        f"schedule:in:60:{place}:Moon/Base": "That's not possible any more.",
        f"schedule:in:60:{place}:../../etc/passwd": "",
        "schedule:in:60:1:quote:tiny-pretty-things:UTC": "That channel is gone.",
        f"schedule:in:60:{desk.channel.id}:quote:gone:UTC": "That interview isn't here any more.",
    }
    for custom_id, sentence in forged.items():
        component = asked.message.find(asked.message.custom_ids[0])
        assert component is not None
        component["custom_id"] = custom_id
        told = await desk.members.press(desk.noor, asked.message, custom_id)
        assert sentence in told.text
    component = asked.message.find(asked.message.custom_ids[0])
    assert component is not None
    component["custom_id"] = original
    for member in (mika, robin):
        asked.message.viewer = member
        refused = await desk.members.press(member, asked.message, original)
        assert "You need the Manage Server permission for that." in refused.text
    assert "None yet" in (await desk.schedule()).text


@pytest.mark.parametrize(
    ("guild", "member", "offers"),
    [
        ("en-US", "en-US", ["America/New_York", "America/Chicago", "America/Los_Angeles"]),
        ("de", "en-US", ["Europe/Berlin", "America/New_York"]),
        ("en-US", "fr", ["Europe/Paris", "America/Toronto", "America/Chicago"]),
        ("ja", "ja", ["Asia/Tokyo", "UTC"]),
        ("pt-BR", "pt-BR", ["America/Sao_Paulo", "America/Manaus"]),
        ("es-419", "en-US", ["America/Mexico_City", "America/Bogota"]),
    ],
)
async def test_a_zone_that_nothing_tells_is_asked_and_a_press_goes_on(
    desk: Desk, guild: str, member: str, offers: list[str]
) -> None:
    academy = desk.discord.world.academy
    academy.locale, desk.noor.locale = guild, member
    try:
        asked = await desk.schedule(time="6 pm", zone=None)
    finally:
        academy.locale = desk.noor.locale = "en-US"
    assert asked.message is not None
    assert asked.message.labels[: len(offers)] == offers
    assert asked.message.labels[-1] == "UTC"
    assert len(asked.message.labels) <= 5
    assert "None yet" in (await desk.schedule()).text
    told = await desk.members.press(desk.noor, asked.message, offers[0])
    assert f"daily at 18:00 {offers[0]}" in told.text


async def test_a_zone_that_is_left_out_is_the_one_chosen_last(desk: Desk) -> None:
    asked = await desk.schedule(time="9", zone=" ")
    assert asked.text.startswith("Which time zone is 09:00 in? Pick one, or type another, as in")
    await desk.schedule(time="9", zone="Asia/Tokyo")
    await desk.schedule(time="23", zone="UTC-5")
    await desk.schedule(time="1", zone="Europe/Paris")
    told = (await desk.schedule(time="10", zone=None)).text
    assert "daily at 10:00 Europe/Paris" in told
    assert "Same time zone as last time. For another, stop it and type the command again" in told


async def test_zones_are_completed_with_the_time_there(desk: Desk) -> None:
    async def complete(typed: str) -> list[dict[str, str]]:
        outcome = await desk.members.autocomplete(
            desk.noor, desk.channel, "schedule", "zone", typed
        )
        return outcome.choices

    berlin = (await complete("berl"))[0]
    assert berlin["value"] == "Europe/Berlin"
    assert re.fullmatch(r"Europe/Berlin · \d\d:\d\d now", berlin["name"])
    assert (await complete("mumb"))[0]["name"].startswith("Mumbai · Asia/Kolkata · ")
    assert (await complete("utc-5"))[0]["value"] == "Etc/GMT+5"
    usual = await complete("")
    assert len(usual) == 25
    assert usual[0]["value"] == "America/New_York", "the server speaks American English"


async def test_no_two_buttons_of_the_list_read_alike(desk: Desk) -> None:
    general, after_dark = desk.discord.world.general, desk.discord.world.after_dark
    posts = [
        ("9:00", "quote", general),
        ("10:00", "quote", general),
        ("10:00", "fact", general),
        ("11:00", "quote", general),
        ("11:00", "quote", after_dark),
        ("12:00", "quote", general),
        ("12:00", "quote", general),
        ("13:00", "quote", general),
        ("13:00", "quote", after_dark),
        ("13:00", "prompt", general),
    ]
    for time, what, channel in posts:
        added = await desk.schedule(time=time, what=what, channel=channel)
    assert added.message is not None
    assert [one for one in added.message.labels if one.startswith("Stop")] == [
        "Stop 09:00",
        "Stop 10:00 quote",
        "Stop 10:00 fact",
        f"Stop 11:00 #{general.name}",
        f"Stop 11:00 #{after_dark.name}",
        "Stop 12:00 (1)",
        "Stop 12:00 (2)",
        f"Stop 13:00 quote #{general.name}",
        f"Stop 13:00 #{after_dark.name}",
        "Stop 13:00 prompt",
    ]


async def test_a_server_has_ten_at_most(desk: Desk) -> None:
    for _n in range(10):
        await desk.schedule(time="9:00", zone="Asia/Tokyo")
    full = await desk.schedule(time="9:00")
    assert "10 daily posts are as many as a server can have." in full.text
    listed = await desk.schedule()
    assert listed.text.count("09:00 Asia/Tokyo") == 10


async def _listed(desk: Desk, words: str) -> Outcome:
    """Open the list until it says something."""
    for _n in range(600):
        listed = await desk.schedule()
        if words in listed.text:
            return listed
        await asyncio.sleep(0.1)
    raise AssertionError(listed.text)
