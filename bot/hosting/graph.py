"""What the bot is made of, built in one place from what knows least to what knows most."""

import random
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from time import time

from bot.client import Bot, Connection
from bot.config import Settings
from bot.daily.content import DayContents
from bot.daily.posts import LONGEST_PAUSE, DailyPosts
from bot.interview.library.library import Library
from bot.interview.model import Interview
from bot.picture import Pictures
from bot.process import discord_api
from bot.process.clock import Clock
from bot.process.daily_quota import DailyQuota
from bot.process.edits import Edits
from bot.process.flood import Flood
from bot.process.in_flight import InFlight
from bot.process.member_names import MemberNames
from bot.process.metrics import SILENT, PrometheusMetrics
from bot.process.outages import Outages
from bot.process.pace import Pace
from bot.process.receipts import Receipts
from bot.process.session_gate import SessionGate
from bot.process.utc_days import day_of
from bot.state.database import Database
from bot.state.lock_names import Locks
from bot.state.locks import locks_of
from bot.state.state import State
from bot.state.store import open_state
from bot.trivia.duel.duel_host import DuelHost
from bot.trivia.duel.duel_loop import DuelLoop
from bot.trivia.game.game_loop import GameLoop
from bot.trivia.game.game_questions import GameQuestions
from bot.trivia.game.host import GameHost
from bot.trivia.game.rounds import PhaseSeconds, phase_seconds
from bot.trivia.game.scene_reader import SceneReader
from bot.trivia.practice import Practice
from bot.trivia.question_draw import QUESTIONS_A_DAY, QuestionDraw
from bot.trivia.question_maker import QuestionMaker
from bot.ui.daily_stage import POSTS_A_SECOND, DailyPostStage
from bot.ui.duel_stage import DuelStage
from bot.ui.game_stage import GameStage
from bot.ui.translator import CommandTranslator
from bot.ui.tree import Tree, count_answer


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What a process takes from the world around it: time, chance, its files.

    Tests have others: a clock that is wrong, games that hurry, a state that fails.
    """

    now: Callable[[], float] = time
    rng: random.Random = field(default_factory=random.Random)
    phase_seconds: PhaseSeconds = phase_seconds
    longest_pause: float = LONGEST_PAUSE
    # The library's own: how long a gateway may be silent before it is taken for gone.
    heartbeat_timeout: float = 60.0
    # A loopback Discord resets no tokens, and is started again with each edit of a pack.
    brakes_on_loopback: bool = False
    locks_of: Callable[[Settings], Locks] = locks_of
    open_state: Callable[[Path, str | None], AbstractAsyncContextManager[Database]] = open_state


def build_bot(
    settings: Settings,
    surroundings: Surroundings,
    library: Library,
    database: Database,
    outages: Outages,
) -> Bot:
    clock, rng = Clock(surroundings.now, outages), surroundings.rng
    metrics = SILENT
    if settings.health_port:
        metrics = PrometheusMetrics()
        database.waited = metrics.waited
    state = State.of(
        database, clock.now, shard_count=settings.shard_count, shard_ids=settings.shard_ids
    )
    maker = QuestionMaker(library, rng)
    days = DayContents(library, state.questions)

    async def reserved(interview: Interview) -> str:
        return await days.statement(interview, day_of(clock.now()))

    question_draw = QuestionDraw(maker, state.bags, rng, reserved)
    pace = Pace(POSTS_A_SECOND)
    check = discord_api.checking(clock.look)
    is_lenient = settings.api_url is not None and not surroundings.brakes_on_loopback
    bot = Bot(
        settings,
        Connection(
            tree=Tree,
            translator=CommandTranslator(),
            http_trace=discord_api.trace(pace.take_turn, check),
            check=check,
            gate=SessionGate(state.sessions, outages, is_lenient=is_lenient),
            heartbeat_timeout=surroundings.heartbeat_timeout,
        ),
        clock=clock,
        outages=outages,
        rng=rng,
        metrics=metrics,
        library=library,
        state=state,
        question_draw=question_draw,
        practice=Practice(maker, state.scores, rng, reserved),
        days=days,
        in_flight=InFlight(),
        flood=Flood(),
        question_quota=DailyQuota(QUESTIONS_A_DAY, clock.now),
        edits=Edits(),
        receipts=Receipts(),
        names=MemberNames(),
        pictures=Pictures(),
    )
    bot.add_listener(count_answer, "on_app_command_completion")
    _add_games(bot, surroundings.phase_seconds)
    bot.duel_loop = DuelLoop(
        state.duels, DuelStage(bot), outages, settings.is_ours, surroundings.longest_pause
    )
    bot.duel_host = DuelHost(state.duels, state.questions, question_draw, bot.duel_loop)
    bot.daily_posts = DailyPosts(
        state.schedules, clock, DailyPostStage(bot, pace), outages, surroundings.longest_pause
    )
    return bot


def _add_games(bot: Bot, seconds: PhaseSeconds) -> None:
    """Give the bot the host of games and their loop, which show through it what they do."""
    state, stage = bot.state, GameStage(bot)
    scenes = SceneReader(state.games, state.game_players, state.game_answers)
    questions = GameQuestions(
        bot.library,
        bot.question_draw,
        state.games,
        state.questions,
        state.guild_settings,
        bot.locale_of,
    )
    bot.game_loop = GameLoop(state.games, questions, scenes, stage, seconds, bot.outages)
    bot.game_host = GameHost(
        state.games,
        state.game_players,
        state.game_answers,
        questions,
        scenes,
        stage,
        bot.game_loop,
    )
