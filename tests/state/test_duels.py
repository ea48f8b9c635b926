"""A duel in the database: one of two members at a time, each move once, closed when it is over."""

import asyncio
from collections.abc import Awaitable

import pytest

from bot.state.bags import Bags
from bot.state.database import Database
from bot.state.duels import (
    _CLOSE,
    _TO_TELL,
    DUEL_SECONDS,
    MAX_OPEN,
    Duel,
    DuelEnding,
    DuelPhase,
    Duels,
)
from bot.state.erasure import Erasure
from bot.state.questions import Questions, StoredQuestion
from bot.state.scores import EVERYWHERE, Scores
from tests.state.stage import CHANNEL, GUILD, Clock

ROBIN, MIKA = 11, 12
PLACE = CHANNEL, GUILD


class Yard:
    """Where Robin challenges Mika; choice 1 is right."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = Clock()
        self.duels = Duels(database, self.clock)
        self.questions = Questions(database, self.clock)

    async def challenge(
        self, players: tuple[int, int] = (ROBIN, MIKA), place: tuple[int, int] = PLACE
    ) -> Duel:
        duel_id = await self.duels.begin(place, "boat", players)
        assert duel_id is not None
        await self.duels.posted(duel_id, 9)
        ids = [
            await self.questions.add(
                -duel_id, StoredQuestion("{}", 4, 1, "boat", "line", f"line:{n}", f"quote:{n}")
            )
            for n in range(2)
        ]
        await self.duels.prepare(duel_id, ids)
        return await self.now(duel_id)

    async def now(self, duel_id: int) -> Duel:
        duel = await self.duels.find(duel_id)
        assert duel is not None
        return duel

    async def play(self, duel: Duel, user_id: int, *choices: int) -> None:
        for question_id, choice in zip(duel.question_ids, choices, strict=False):
            given = await self.questions.answer(question_id, user_id, choice, GUILD, -duel.id)
            assert given is not None

    async def closed(self, duel: Duel) -> DuelPhase:
        await self.duels.close_due()
        return (await self.now(duel.id)).phase


@pytest.fixture
def yard(database: Database) -> Yard:
    return Yard(database)


async def test_two_members_have_one_duel_whoever_asks(yard: Yard) -> None:
    pairs = [(ROBIN, MIKA), (MIKA, ROBIN)] * 3
    begun = await asyncio.gather(*[yard.duels.begin(PLACE, "boat", pair) for pair in pairs])
    assert sum(duel_id is not None for duel_id in begun) == 1
    duel = await yard.duels.between(GUILD, (MIKA, ROBIN))
    assert duel is not None
    assert {duel.id} == {duel_id for duel_id in begun if duel_id}
    assert await yard.duels.begin((CHANNEL, GUILD + 1), "boat", (ROBIN, MIKA)) is not None
    assert await yard.duels.call_off(duel.id, DuelEnding.DECLINED)
    assert await yard.duels.begin(PLACE, "boat", (MIKA, ROBIN)) is not None


async def test_a_challenge_that_was_never_posted_is_in_nobodys_way_for_long(yard: Yard) -> None:
    assert await yard.duels.begin(PLACE, "boat", (ROBIN, MIKA)) is not None
    assert await yard.duels.begin(PLACE, "boat", (ROBIN, MIKA)) is None
    yard.clock.now += 61
    assert await yard.duels.begin(PLACE, "boat", (ROBIN, MIKA)) is not None


async def test_a_member_challenges_only_so_many_at_once(yard: Yard) -> None:
    for n in range(MAX_OPEN):
        await yard.challenge((ROBIN, 100 + n))
    assert await yard.duels.begin(PLACE, "boat", (ROBIN, MIKA)) is None
    assert await yard.duels.between(GUILD, (ROBIN, MIKA)) is None
    assert await yard.duels.begin(PLACE, "boat", (MIKA, ROBIN)) is not None


async def test_of_accepting_and_declining_the_first_counts(yard: Yard) -> None:
    duel = await yard.challenge()

    def declined(duel_id: int) -> Awaitable[bool]:
        return yard.duels.call_off(duel_id, DuelEnding.DECLINED)

    kinds = [yard.duels.accept, declined] * 3
    assert sum(await asyncio.gather(*[move(duel.id) for move in kinds])) == 1


async def test_it_is_closed_when_both_have_answered_all(yard: Yard) -> None:
    duel = await yard.challenge()
    await yard.play(duel, ROBIN, 1, 0)
    assert await yard.closed(duel) is DuelPhase.ASKED
    assert await yard.duels.accept(duel.id)
    await yard.play(duel, MIKA, 1)
    assert await yard.closed(duel) is DuelPhase.RUNNING
    assert await yard.duels.answered(duel, MIKA) == {duel.question_ids[0]}
    await yard.play(duel, MIKA, 1, 1)
    assert await yard.closed(duel) is DuelPhase.TELLING
    assert (await yard.duels.to_tell())[0].ending is DuelEnding.PLAYED
    scores = [(one.user_id, one.answered, one.right) for one in await yard.duels.scores(duel)]
    assert scores == [(ROBIN, 2, 1), (MIKA, 2, 2)]
    await yard.duels.finish(duel.id)
    assert await yard.duels.to_tell() == []


async def test_it_is_closed_when_its_day_is_over(yard: Yard) -> None:
    asked, played = await yard.challenge(), await yard.challenge((MIKA, 13))
    yard.clock.now += DUEL_SECONDS - 1
    assert await yard.closed(asked) is DuelPhase.ASKED
    assert await yard.duels.accept(played.id), "its day begins anew"
    yard.clock.now += 1
    assert await yard.closed(asked) is DuelPhase.TELLING
    assert (await yard.now(asked.id)).ending is DuelEnding.EXPIRED
    assert not await yard.duels.accept(asked.id)
    assert await yard.closed(played) is DuelPhase.RUNNING
    assert await yard.duels.next_at() == played.due_at - 1 + DUEL_SECONDS
    yard.clock.now += DUEL_SECONDS
    assert await yard.closed(played) is DuelPhase.TELLING
    assert (await yard.now(played.id)).ending is DuelEnding.PLAYED


async def test_its_questions_are_answered_nowhere_else(yard: Yard) -> None:
    duel = await yard.challenge()
    for channel_id in (CHANNEL, 0, duel.id):
        for question_id in duel.question_ids:
            given = await yard.questions.answer(question_id, MIKA, 1, GUILD, channel_id)
            assert given is None


@pytest.mark.parametrize("guild_id", [EVERYWHERE, GUILD])
async def test_who_hides_from_boards_ends_their_duels_there(yard: Yard, guild_id: int) -> None:
    asked, played = await yard.challenge((MIKA, 13)), await yard.challenge()
    assert await yard.duels.accept(played.id)
    elsewhere, others = await yard.challenge(place=(8, GUILD + 1)), await yard.challenge((13, 14))
    scores = Scores(yard.database, yard.clock)
    await scores.set_off_board(guild_id, MIKA, is_off=True)
    told = await yard.duels.to_tell()
    assert {duel.id for duel in told} >= {asked.id, played.id}
    assert {duel.ending for duel in told} == {DuelEnding.LEFT}
    is_everywhere = guild_id == EVERYWHERE
    assert ((await yard.now(elsewhere.id)).phase is DuelPhase.TELLING) is is_everywhere
    assert (await yard.now(others.id)).phase is DuelPhase.ASKED


async def test_who_hides_while_a_challenge_is_being_posted_ends_it_where_it_then_stands(
    yard: Yard,
) -> None:
    scores = Scores(yard.database, yard.clock)
    for message_id in (9, None):
        duel_id = await yard.duels.begin(PLACE, "boat", (ROBIN, MIKA))
        assert duel_id is not None
        await scores.set_off_board(EVERYWHERE, MIKA, is_off=True)
        assert await yard.duels.to_tell() == []
        if message_id is None:
            # Whoever posted it was killed, or Discord has not taken it.
            yard.clock.now += 60
        else:
            await yard.duels.posted(duel_id, message_id)
        assert [duel.message_id for duel in await yard.duels.to_tell()] == [message_id]
        await yard.duels.finish(duel_id)
        await scores.set_off_board(EVERYWHERE, MIKA, is_off=False)


async def test_who_hides_from_boards_is_told_apart(yard: Yard) -> None:
    duel = await yard.challenge()
    scores = Scores(yard.database, yard.clock)
    await scores.set_off_board(EVERYWHERE, MIKA, is_off=True)
    assert [one.is_hidden for one in await yard.duels.scores(duel)] == [False, True]
    await scores.set_off_board(GUILD, ROBIN, is_off=True)
    assert [one.is_hidden for one in await yard.duels.scores(duel)] == [True, True]


async def test_with_a_member_go_their_duels_and_what_was_asked_in_them(yard: Yard) -> None:
    gone, kept = await yard.challenge(), await yard.challenge((MIKA, 13))
    await yard.play(gone, MIKA, 1, 1)
    await Erasure(yard.database, yard.clock, Bags(yard.database)).forget_member(ROBIN)
    assert await yard.duels.find(gone.id) is None
    assert await yard.duels.find(kept.id) == kept
    rows = await yard.database.read("SELECT DISTINCT channel_id FROM question")
    assert [channel_id for (channel_id,) in rows] == [-kept.id]
    assert await yard.database.read("SELECT 1 FROM duel_player WHERE duel_id = ?", gone.id) == []


async def test_a_channel_keeps_its_last_duels_for_a_month(yard: Yard) -> None:
    for n in range(203):
        duel = await yard.challenge((ROBIN, 100 + n))
        await yard.duels.call_off(duel.id, DuelEnding.DECLINED)
    ((count,),) = await yard.database.read("SELECT count(*) FROM duel")
    ((questions,),) = await yard.database.read("SELECT count(*) FROM question")
    assert (count, questions) == (200, 400)
    yard.clock.now += 30 * DUEL_SECONDS
    assert await yard.duels.forget_old() == 0
    yard.clock.now += 1
    assert await yard.duels.forget_old() == 200
    assert await yard.database.read("SELECT 1 FROM duel_player") == []


async def test_one_without_players_is_over_without_a_word(yard: Yard) -> None:
    duel = await yard.challenge()
    await yard.database.write("DELETE FROM duel_player")
    yard.clock.now += DUEL_SECONDS
    await yard.duels.close_due()
    assert await yard.duels.to_tell() == []
    ((phase,),) = await yard.database.read("SELECT phase FROM duel WHERE id = ?", duel.id)
    assert phase == "over"


async def test_what_is_over_is_found_among_those_that_are_not(state_file: Database) -> None:
    for sql in (_CLOSE, _TO_TELL):
        plan = await state_file.read(f"EXPLAIN QUERY PLAN {sql}", now=0, posted_after=0)
        assert any("INDEX duel_due" in step["detail"] for step in plan)
