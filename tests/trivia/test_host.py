"""A game from its start to its board, without Discord: on a stage that only notes what it shows."""

import asyncio
import logging
import sqlite3
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing, contextmanager
from time import time

import pytest

from bot.errors import GoneError, PassingError, StateUnavailableError, UserError
from bot.process.outages import Outages, Part
from bot.state.games import Ending, Game, Games, Phase, Setup
from bot.state.guild_settings import GuildSettingsStore
from bot.state.questions import Questions
from bot.trivia.host import GameHost
from bot.trivia.scenes import AnswerScene, BoardScene, RoundScene
from tests.trivia.conftest import Room

CHANNEL, GUILD, MIKA, ROBIN = 1, 2, 3, 4
TIMED = Setup(rounds=2, seconds=20)
CALM = Setup(rounds=2, seconds=20, is_calm=True)


class NotedStage:
    """Notes the scenes that it is given; a failure in `failures` is raised instead of the next."""

    def __init__(self) -> None:
        self.scenes: list[RoundScene | AnswerScene | BoardScene] = []
        self.counted: list[int] = []
        self.failures: deque[Exception] = deque()
        self.on_scene: Callable[[str, int], None] = lambda _name, _number: None
        self.tries = 0
        self._changed = asyncio.Event()

    def locale(self, guild_id: int) -> str:
        return "en"

    async def open_round(self, scene: RoundScene) -> int:
        self._note(scene)
        return 100 + scene.game.round

    def count_along(self, game: Game) -> None:
        self.counted.append(game.round)

    async def show_answer(self, scene: AnswerScene) -> None:
        self._note(scene)

    async def show_board(self, scene: BoardScene) -> None:
        self._note(scene)

    def _note(self, scene: RoundScene | AnswerScene | BoardScene) -> None:
        self.tries += 1
        if self.failures:
            raise self.failures.popleft()
        self.scenes.append(scene)
        self._changed.set()
        self.on_scene(type(scene).__name__, scene.game.round)

    async def until(self, kind: type, number: int = 1) -> None:
        """Wait for a scene of a kind in a round."""
        async with asyncio.timeout(5):
            while not any(
                type(scene) is kind and scene.game.round == number for scene in self.scenes
            ):
                self._changed.clear()
                await self._changed.wait()

    def titles(self) -> list[tuple[str, int]]:
        """List what was shown, each thing once, with its round."""
        titles = [(type(scene).__name__, scene.game.round) for scene in self.scenes]
        return list(dict.fromkeys(titles))

    @property
    def board(self) -> BoardScene:
        (board,) = [scene for scene in self.scenes if isinstance(scene, BoardScene)]
        return board


class Venue:
    """A host that tries again at once, its stage, and the games as they are stored."""

    def __init__(self, room: Room, seconds: float, patience: float = 60) -> None:
        self.room = room
        self.stage = NotedStage()
        self.outages = room.database.outages = Outages()
        self.games = Games(room.database, time)
        self.slug = room.interview.slug
        self.host = GameHost(
            self.games,
            Questions(room.database, time),
            GuildSettingsStore(room.database),
            room.library,
            room.draw,
            self.stage,
            lambda _setup, *, is_asking: seconds,
            self.outages,
            first_pause=0.001,
            patience=patience,
        )

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let another process write into the database, and the bot not wait for it."""
        path = self.room.database_path
        with closing(sqlite3.connect(path, isolation_level=None, timeout=5)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield

    async def lock_at(self, name: str, number: int) -> None:
        """Lock the database at the moment at which something is shown, for a while."""

        def lock(shown: str, of: int) -> None:
            if (shown, of) == (name, number):
                self.stage.on_scene = lambda _name, _number: None
                block = self.locked()
                block.__enter__()
                asyncio.get_running_loop().call_later(0.3, block.__exit__, None, None, None)

        await self.room.database.write("PRAGMA busy_timeout = 20")
        self.stage.on_scene = lock

    async def start(self, setup: Setup) -> int:
        game_id = await self.host.start(CHANNEL, GUILD, MIKA, self.slug, setup)
        self.host.lead(game_id)
        return game_id

    async def answer(self, game_id: int, number: int, user_id: int, choice: int = 0) -> None:
        await self.host.after_answer(await self.host.answer(game_id, number, user_id, choice))

    async def until(self, game_id: int, is_so: Callable[[Game], bool]) -> Game:
        """Wait until a game is stored as it should be."""
        for _n in range(500):
            if is_so(game := await self.host.game(game_id)):
                return game
            await asyncio.sleep(0.01)
        raise AssertionError(game)

    async def until_free(self) -> None:
        """Wait until another game can be played in the channel."""
        for _n in range(500):
            if not await self.games.is_played(CHANNEL):
                return
            await asyncio.sleep(0.01)
        raise AssertionError

    async def until_posted(self, game_id: int) -> Game:
        return await self.until(game_id, lambda game: game.message_id is not None)

    async def until_done(self, game_id: int) -> Game:
        game = await self.until(game_id, lambda game: game.phase is Phase.DONE)
        leading = self.host._tasks.get(game_id)
        if leading is not None:
            await leading
        return game


@pytest.fixture
async def hasty(room: Room) -> AsyncIterator[Venue]:
    """Give a venue in which a phase lasts a twentieth of a second."""
    venue = Venue(room, 0.05)
    yield venue
    await venue.host.close()


@pytest.fixture
async def patient(room: Room) -> AsyncIterator[Venue]:
    """Give a venue in which phases end only when somebody ends them."""
    venue = Venue(room, 60)
    yield venue
    await venue.host.close()


async def test_a_game_goes_from_its_first_round_to_its_board(patient: Venue) -> None:
    game_id = await patient.start(TIMED)
    for number in (1, 2):
        await patient.stage.until(RoundScene, number)
        for user_id in (MIKA, ROBIN):
            await patient.answer(game_id, number, user_id)
        # Who led the first round ends it; the second ends when both have answered.
        if number == 1:
            await patient.host.hurry(await patient.host.game(game_id))
        await patient.stage.until(AnswerScene, number)
        await patient.host.hurry(await patient.host.game(game_id))
    game = await patient.until_done(game_id)
    assert patient.stage.titles() == [
        ("RoundScene", 1),
        ("AnswerScene", 1),
        ("RoundScene", 2),
        ("AnswerScene", 2),
        ("BoardScene", 2),
    ]
    assert game.ending is Ending.PLAYED
    assert {standing.user_id for standing in patient.stage.board.standings} == {MIKA, ROBIN}
    assert patient.stage.counted == [1, 1, 2, 2]
    questions = [scene.question for scene in patient.stage.scenes if isinstance(scene, RoundScene)]
    assert questions[0].statement != questions[1].statement


async def test_an_open_round_shows_who_answered_only_as_a_number(patient: Venue) -> None:
    game_id = await patient.start(TIMED)
    await patient.stage.until(RoundScene)
    message_id = (await patient.until_posted(game_id)).message_id
    assert message_id == 101
    await patient.answer(game_id, 1, ROBIN)
    scene = await patient.host.round_scene(game_id, message_id)
    assert scene is not None
    assert scene.answered == 1
    assert await patient.host.round_scene(game_id, 999) is None, "another message by now"


async def test_a_choice_is_changed_once_and_stands_then(patient: Venue) -> None:
    game_id = await patient.start(TIMED)
    await patient.stage.until(RoundScene)
    receipts = [await patient.host.answer(game_id, 1, ROBIN, choice) for choice in (0, 1, 0)]
    assert [(receipt.choice, receipt.changes) for receipt in receipts] == [
        (0, 0),
        (1, 1),
        (1, None),
    ]
    await patient.host.hurry(await patient.until_posted(game_id))
    await patient.stage.until(AnswerScene)
    with pytest.raises(UserError, match="This round is over"):
        await patient.host.answer(game_id, 1, MIKA, 0)


async def test_a_channel_has_one_game_at_a_time(patient: Venue) -> None:
    game_id = await patient.start(TIMED)
    with pytest.raises(UserError, match="A game is played in this channel already"):
        await patient.host.start(CHANNEL, GUILD, ROBIN, patient.slug, TIMED)
    await patient.stage.until(RoundScene)
    await patient.host.stop(await patient.host.game(game_id))
    await patient.until_done(game_id)
    await patient.start(TIMED)


async def test_a_game_that_is_stopped_shows_its_board(patient: Venue) -> None:
    game_id = await patient.start(CALM)
    await patient.stage.until(RoundScene)
    seen = await patient.until_posted(game_id)
    await asyncio.gather(patient.host.stop(seen), patient.host.stop(seen))
    game = await patient.until_done(game_id)
    assert game.ending is Ending.STOPPED
    assert patient.stage.titles() == [("RoundScene", 1), ("AnswerScene", 1), ("BoardScene", 1)]


async def test_a_game_that_nobody_answers_ends_early(hasty: Venue) -> None:
    game_id = await hasty.start(Setup(rounds=9, seconds=20))
    game = await hasty.until_done(game_id)
    assert (game.round, game.ending) == (2, Ending.IDLE)
    assert hasty.stage.board.standings == []


async def test_a_calm_game_that_is_left_alone_is_given_up(hasty: Venue) -> None:
    game = await hasty.until_done(await hasty.start(CALM))
    assert (game.round, game.ending) == (1, Ending.IDLE)


async def test_a_game_that_has_asked_everything_ends_early(patient: Venue) -> None:
    # One curated question is easy, and a game asks nothing twice.
    game_id = await patient.start(Setup(rounds=9, seconds=20, kind="curated", difficulty="easy"))
    await patient.stage.until(RoundScene)
    await patient.answer(game_id, 1, MIKA)
    await patient.host.hurry(await patient.until_posted(game_id))
    await patient.stage.until(AnswerScene)
    await patient.host.hurry(await patient.host.game(game_id))
    game = await patient.until_done(game_id)
    assert (game.round, game.ending) == (1, Ending.EMPTY)
    assert patient.stage.titles()[-1] == ("BoardScene", 1)


async def test_what_passes_is_tried_again(patient: Venue) -> None:
    patient.stage.failures.extend([PassingError("503")] * 4)
    game_id = await patient.start(TIMED)
    await patient.stage.until(RoundScene)
    assert patient.stage.tries == 5
    assert (await patient.host.game(game_id)).phase is Phase.ASKING


async def test_what_does_not_pass_after_all_ends_the_game(room: Room) -> None:
    venue = Venue(room, 60, patience=0.05)
    venue.stage.failures.extend([PassingError("503")] * 9999)
    await venue.until_done(await venue.start(TIMED))
    assert venue.stage.scenes == []
    venue.stage.failures.clear()
    await venue.start(TIMED)
    await venue.stage.until(RoundScene)
    assert not venue.outages.reasons
    await venue.host.close()


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("RoundScene", 1),
        ("AnswerScene", 1),
        ("RoundScene", 2),
        ("AnswerScene", 2),
        ("BoardScene", 2),
    ],
)
async def test_a_game_goes_on_by_itself_after_the_database_was_locked(
    hasty: Venue, name: str, number: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await hasty.lock_at(name, number)
    game = await hasty.until_done(await hasty.start(Setup(rounds=9, seconds=20)))
    assert (game.round, game.ending) == (2, Ending.IDLE)
    assert [type(scene).__name__ for scene in hasty.stage.scenes] == [
        "RoundScene",
        "AnswerScene",
        "RoundScene",
        "AnswerScene",
        "AnswerScene",
        "BoardScene",
    ], "nothing is posted twice"
    lines = [record.message for record in caplog.records if record.message.startswith("games")]
    assert lines == ["games: does not work for now: database is locked", "games: works again"]
    await hasty.start(TIMED)


async def test_a_bug_ends_its_game_alone_and_is_shown_once(
    patient: Venue, caplog: pytest.LogCaptureFixture
) -> None:
    patient.stage.failures.append(ValueError("ours"))
    game_id = await patient.start(TIMED)
    await patient.until_done(game_id)
    (record,) = [record for record in caplog.records if record.exc_info]
    assert record.message == f"game {game_id} in channel {CHANNEL} ends"
    await patient.start(TIMED)
    await patient.stage.until(RoundScene)


async def test_a_bug_while_the_database_is_locked_frees_the_channel_later(patient: Venue) -> None:
    await patient.room.database.write("PRAGMA busy_timeout = 20")
    patient.stage.failures.append(ValueError("ours"))
    game_id = await patient.host.start(CHANNEL, GUILD, MIKA, patient.slug, TIMED)
    with patient.locked():
        patient.host.lead(game_id)
        await asyncio.sleep(0.2)
        assert Part.GAMES in patient.outages.reasons
    await patient.until_done(game_id)
    assert not patient.outages.reasons


async def test_a_game_that_cannot_be_read_any_more_keeps_no_channel_busy(
    patient: Venue, room: Room
) -> None:
    game_id = await patient.host.start(CHANNEL, GUILD, MIKA, patient.slug, TIMED)
    await room.database.write("UPDATE game SET setup = '{}' WHERE id = ?", game_id)
    patient.host.lead(game_id)
    await patient.until_free()
    await patient.start(TIMED)


async def test_a_game_whose_question_is_gone_keeps_no_channel_busy(
    patient: Venue, room: Room
) -> None:
    game_id = await patient.host.start(CHANNEL, GUILD, MIKA, patient.slug, TIMED)
    await room.database.write("DELETE FROM question")
    patient.host.lead(game_id)
    await patient.until_free()
    await patient.start(TIMED)


async def test_one_game_that_waits_does_not_come_and_go_with_the_others(
    patient: Venue, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    patient.stage.failures.extend([PassingError("503")] * 5)
    game_ids = [
        await patient.host.start(channel, GUILD, MIKA, patient.slug, TIMED) for channel in (7, 8)
    ]
    for game_id in game_ids:
        patient.host.lead(game_id)
    for game_id in game_ids:
        await patient.until_posted(game_id)
    lines = [record.message for record in caplog.records if record.message.startswith("games")]
    assert lines == ["games: does not work for now: 503", "games: works again"]


async def test_an_answer_that_stands_is_not_told_to_have_failed(patient: Venue) -> None:
    game_id = await patient.start(TIMED)
    await patient.stage.until(RoundScene)
    await patient.answer(game_id, 1, MIKA)
    await patient.host.hurry(await patient.until_posted(game_id))
    await patient.stage.until(AnswerScene, 1)
    await patient.host.hurry(await patient.host.game(game_id))
    await patient.stage.until(RoundScene, 2)
    await patient.until_posted(game_id)
    receipt = await patient.host.answer(game_id, 2, MIKA, 0)
    await patient.room.database.write("PRAGMA busy_timeout = 20")
    with patient.locked():
        await patient.host.after_answer(receipt)
        with pytest.raises(StateUnavailableError):
            await patient.host.answer(game_id, 2, ROBIN, 0)
    await patient.answer(game_id, 2, ROBIN)
    assert {answer.user_id for answer in await patient.games.answers(receipt.game)} == {MIKA, ROBIN}


async def test_games_are_resumed_when_the_database_can_be_read_again(
    patient: Venue, monkeypatch: pytest.MonkeyPatch
) -> None:
    game_id = await patient.host.start(CHANNEL, GUILD, MIKA, patient.slug, TIMED)
    failures = deque([StateUnavailableError("locked"), ValueError("ours"), None])
    under_way = patient.games.under_way

    async def failing() -> list[tuple[int, int]]:
        if (failure := failures.popleft()) is not None:
            raise failure
        return await under_way()

    monkeypatch.setattr(patient.games, "under_way", failing)
    await patient.host.resume(lambda _guild_id: True)
    await patient.stage.until(RoundScene)
    await patient.until_posted(game_id)


async def test_a_host_that_waits_closes_without_a_word(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    venue = Venue(room, 60)
    venue.stage.failures.extend([PassingError("503")] * 9999)
    await venue.start(TIMED)
    await asyncio.sleep(0.05)
    caplog.clear()
    await venue.host.close()
    assert caplog.records == []
    assert venue.host._tasks == {}


async def test_a_place_that_is_gone_ends_the_game_at_once(patient: Venue) -> None:
    patient.stage.failures.append(GoneError("Unknown Channel"))
    await patient.until_done(await patient.start(TIMED))
    assert patient.stage.tries == 1
    await patient.start(TIMED)


async def test_a_game_goes_on_where_a_host_has_left_it(patient: Venue, room: Room) -> None:
    game_id = await patient.start(TIMED)
    await patient.stage.until(RoundScene)
    await patient.answer(game_id, 1, MIKA)
    await patient.until_posted(game_id)
    await patient.host.close()
    after = Venue(room, 60)
    await after.host.resume(lambda guild_id: guild_id == GUILD)
    await after.host.hurry(await after.host.game(game_id))
    await after.stage.until(AnswerScene)
    assert after.stage.titles() == [("AnswerScene", 1)], "the round was shown before"
    await after.host.close()
    elsewhere = Venue(room, 60)
    await elsewhere.host.resume(lambda guild_id: guild_id != GUILD)
    assert elsewhere.host._tasks == {}


async def test_a_game_that_is_no_longer_kept_is_a_sentence(patient: Venue) -> None:
    with pytest.raises(UserError, match="This game is no longer kept"):
        await patient.host.answer(4711, 1, MIKA, 0)


async def test_a_host_closes_also_while_a_game_is_nudged(patient: Venue) -> None:
    game_id = await patient.start(TIMED)
    game = await patient.until_posted(game_id)
    await asyncio.sleep(0.05)
    patient.host._nudge(game.id)
    # Its task has not been awake since.
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await patient.host.close()
    assert patient.host._tasks == {}
