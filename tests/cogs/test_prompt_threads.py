"""Prompts with a thread below them: once, with a quote, where the server wants it and it can be."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from playground import Channel, LoopbackDiscord, Message
from playground.permissions import Permission
from playground.places import Overwrite
from tests.cogs.test_schedule import Desk
from tests.end_to_end.tables import new_channel

_THREADS = "POST /channels/*/messages/*/threads"


HOUR_LATER = 3600


class PromptDesk(Desk):
    """A desk of a server that says whether it wants threads."""

    async def wants_threads(self, value: str) -> None:
        panel = (await self.members.use_command(self.noor, self.channel, "settings")).message
        assert panel is not None
        await self.members.press(self.noor, panel, "settings:change:has_threads")
        select = next(one for one in panel.custom_ids if one.startswith("settings:set:"))
        assert (await self.members.select(self.noor, panel, select, [value])).text.startswith("Sav")

    def threads(self) -> list[Channel]:
        academy = self.discord.world.academy
        return [thread for thread in academy.threads if thread.parent is self.channel]

    async def until_seeded(self) -> tuple[Channel, Message]:
        """Wait for a thread with a message in it."""

        def is_so() -> bool:
            return bool(self.threads()) and bool(self.posts_in(self.threads()[0]))

        assert await self.discord.platform.events.until(is_so, 60)
        (thread,) = self.threads()
        (seed,) = self.posts_in(thread)
        return thread, seed

    def deny(self, permission: Permission) -> None:
        academy = self.discord.world.academy
        for role in (academy.everyone, academy.bot_role):
            self.channel.overwrites.append(Overwrite(role.id, deny=permission))


@pytest.fixture(scope="module")
async def shared(
    discord: LoopbackDiscord, state_url: str | None, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[PromptDesk]:
    desk = PromptDesk(discord, tmp_path_factory.mktemp("prompts"), state_url)
    bot = await desk.start_bot()
    await desk.wants_threads("True")
    yield desk
    await desk.wants_threads("False")
    await bot.kill()


@pytest.fixture
async def desk(shared: PromptDesk) -> AsyncIterator[PromptDesk]:
    """Give a desk of a channel that is new, in a server that has no daily posts."""
    shared.channel = new_channel(shared.discord)
    shared.set_clock(0)
    shared.change("DELETE FROM schedule")
    yield shared
    shared.discord.faults.clear()
    shared.set_clock(0)
    for bot in shared.bots:
        assert bot.errors() == []


async def test_a_prompt_opens_a_thread_that_begins_with_a_quote(desk: PromptDesk) -> None:
    await desk.schedule(time=desk.in_minutes(2), what="prompt")
    await desk.schedule(time=desk.in_minutes(2), what="quote")
    desk.set_clock(3 * 60)
    posts = await desk.until_posts(2)
    thread, seed = await desk.until_seeded()
    prompt = next(one for one in posts if one.text.startswith("### What do you think?"))
    assert thread.id == prompt.id
    assert prompt.text.split("\n")[1].startswith(thread.name.rstrip("…"))
    assert "to get you started" in seed.text
    assert seed.labels == ["Context", "Save"]
    told = await desk.members.press(desk.discord.world.mika, seed, "Context")
    assert told.is_ephemeral
    assert "comes without a thread" not in (await desk.schedule()).text


async def test_two_prompts_of_one_minute_are_two_each_with_its_thread(desk: PromptDesk) -> None:
    for what in ("prompt", "prompt", "quote", "prompt"):
        await desk.schedule(time=desk.in_minutes(2), what=what)
    desk.set_clock(3 * 60)
    posts = await desk.until_posts(4)
    assert await desk.discord.platform.events.until(lambda: len(desk.threads()) == 3, 60)
    prompts = {one.id: one.text.split("\n")[1] for one in posts if "do you think?" in one.text}
    assert len(set(prompts.values())) == 3
    for thread in desk.threads():
        assert prompts[thread.id].startswith(thread.name.rstrip("…"))


async def test_a_thread_whose_answer_never_came_is_not_opened_twice(desk: PromptDesk) -> None:
    await desk.schedule(time=desk.in_minutes(2), what="prompt")
    desk.discord.faults.slow_answer(_THREADS, 5.0)
    desk.set_clock(3 * 60)
    assert await desk.discord.platform.events.until(lambda: bool(desk.threads()), 60)
    assert desk.posts_in(desk.threads()[0]) == []
    await desk.bots[0].kill()
    # By then Discord knows no more what it was sent.
    desk.set_clock(HOUR_LATER)
    await desk.start_again(desk.bots[0])
    await desk.until_seeded()
    await desk.stay_at(1)


async def test_a_quote_whose_answer_never_came_is_not_posted_twice(desk: PromptDesk) -> None:
    await desk.schedule(time=desk.in_minutes(2), what="prompt")
    desk.set_clock(3 * 60)
    await desk.until_posts(1)
    await desk.until_seeded()
    await desk.bots[0].kill()
    # As it was before the quote was noted to stand.
    desk.change(
        f"UPDATE schedule SET pending_at = due_at - 86400, message_id = {desk.posts()[0].id},"
        " claimed_at = 0"
    )
    desk.discord.record.clear()
    await desk.start_again(desk.bots[0])
    for _n in range(600):
        if desk.discord.record.find("POST /channels/*/messages"):
            break
        await asyncio.sleep(0.1)
    else:
        raise AssertionError(desk.bots[0].log)
    await desk.until_seeded()
    await desk.stay_at(1)
    assert len(desk.posts()) == 1


@pytest.mark.parametrize("where", ["the thread", "the quote"])
async def test_a_server_error_delays_what_is_below_and_posts_nothing_twice(
    desk: PromptDesk, where: str
) -> None:
    await desk.schedule(time=desk.in_minutes(2), what="prompt")
    if where == "the thread":
        desk.discord.faults.answer(_THREADS, 503, times=9)
    else:
        # A thread that was opened late leaves the time to let its quote fail.
        desk.discord.faults.slow_answer(_THREADS, 2.0)
    desk.bots[0].log.clear()
    desk.set_clock(3 * 60)
    if where == "the quote":
        assert await desk.discord.platform.events.until(lambda: bool(desk.threads()), 60)
        desk.discord.faults.answer("POST /channels/*/messages", 503, times=9)
    assert await desk.bots[0].logged("waits: 503"), desk.bots[0].log
    assert len(desk.posts()) == 1
    desk.discord.faults.clear()
    desk.set_clock(HOUR_LATER)
    await desk.until_seeded()
    await desk.stay_at(1)


@pytest.mark.parametrize(
    ("permission", "name"),
    [
        (Permission.CREATE_PUBLIC_THREADS, "Create Public Threads"),
        (Permission.SEND_MESSAGES_IN_THREADS, "Send Messages in Threads"),
    ],
)
async def test_where_there_can_be_no_thread_the_list_says_why(
    desk: PromptDesk, permission: Permission, name: str
) -> None:
    await desk.schedule(time=desk.in_minutes(2), what="prompt")
    desk.deny(permission)
    # Started anew, it is told what it may do there.
    await desk.bots[0].kill()
    await desk.start_again(desk.bots[0])
    desk.set_clock(3 * 60)
    await desk.until_posts(1)
    await desk.stay_at(1)
    assert desk.threads() == []
    listed = await desk.schedule()
    assert f"It comes without a thread until I have the permission {name} there." in listed.text
    assert "Next <t:" in listed.text


async def test_a_server_that_wants_no_threads_gets_none(desk: PromptDesk) -> None:
    await desk.schedule(time=desk.in_minutes(2), what="prompt")
    desk.deny(Permission.CREATE_PUBLIC_THREADS)
    await desk.wants_threads("False")
    desk.set_clock(3 * 60)
    await desk.until_posts(1)
    await desk.stay_at(1)
    assert desk.threads() == []
    assert "thread" not in (await desk.schedule()).text
    await desk.wants_threads("True")
