"""Who shared a day, and where: once, and of each member and interview the last day alone."""

import asyncio
from time import time

from bot.state.bags import Bags
from bot.state.database import Database
from bot.state.erasure import Erasure
from bot.state.shared_days import SharedDay, SharedDays

MEMBER, GUILD, CHANNEL, DAY = 11, 7, 8, 20_000


async def rows(database: Database) -> int:
    ((count,),) = await database.read("SELECT count(*) FROM shared_day")
    return count


async def test_a_member_keeps_one_row_an_interview_however_many_days_they_share(
    database: Database,
) -> None:
    shared = SharedDays(database)
    for day in range(DAY, DAY + 50):
        for slug in ("boat", "bakery"):
            await shared.begin(MEMBER, slug, day, GUILD, CHANNEL)
            await shared.posted(MEMBER, slug, day, day)
    assert await rows(database) == 2
    await shared.begin(MEMBER + 1, "boat", DAY, GUILD, CHANNEL)
    assert await rows(database) == 3


async def test_of_many_who_press_at_once_all_learn_the_first_place(database: Database) -> None:
    shared = SharedDays(database)
    places = await asyncio.gather(
        *(shared.begin(MEMBER, "boat", DAY, GUILD + n, CHANNEL + n) for n in range(8))
    )
    assert len(set(places)) == 1
    await shared.posted(MEMBER, "boat", DAY, 55)
    again = await shared.begin(MEMBER, "boat", DAY, GUILD + 9, CHANNEL + 9)
    assert again == SharedDay(places[0].guild_id, places[0].channel_id, 55)


async def test_a_new_day_begins_anew_and_a_day_before_changes_nothing(database: Database) -> None:
    shared = SharedDays(database)
    await shared.begin(MEMBER, "boat", DAY, GUILD, CHANNEL)
    await shared.posted(MEMBER, "boat", DAY, 55)
    late = await shared.begin(MEMBER, "boat", DAY - 1, GUILD + 1, CHANNEL + 1)
    assert late == SharedDay(GUILD, CHANNEL, 55)
    next_day = await shared.begin(MEMBER, "boat", DAY + 1, GUILD + 1, CHANNEL + 1)
    assert next_day == SharedDay(GUILD + 1, CHANNEL + 1, None)
    await shared.posted(MEMBER, "boat", DAY, 56)
    assert (await shared.begin(MEMBER, "boat", DAY + 1, GUILD, CHANNEL)).message_id is None


async def test_what_could_not_be_posted_is_forgotten_and_what_was_is_not(
    database: Database,
) -> None:
    shared = SharedDays(database)
    await shared.begin(MEMBER, "boat", DAY, GUILD, CHANNEL)
    await shared.drop(MEMBER, "boat", DAY)
    assert await rows(database) == 0
    await shared.begin(MEMBER, "boat", DAY, GUILD, CHANNEL)
    await shared.posted(MEMBER, "boat", DAY, 55)
    await shared.drop(MEMBER, "boat", DAY)
    assert await rows(database) == 1


async def test_with_a_member_or_a_server_goes_what_was_shared(database: Database) -> None:
    shared = SharedDays(database)
    for member, guild in ((MEMBER, GUILD), (MEMBER + 1, GUILD), (MEMBER + 2, GUILD + 1)):
        await shared.begin(member, "boat", DAY, guild, CHANNEL)
    await Erasure(database, time, Bags(database)).forget_member(MEMBER)
    assert await rows(database) == 2
    await database.write("INSERT INTO guild_to_forget (guild_id) VALUES (?)", GUILD)
    assert await rows(database) == 1
