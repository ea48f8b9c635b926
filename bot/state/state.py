"""All that is stored about members and servers, as one object."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.state.bags import Bags
from bot.state.command_sync import CommandSync
from bot.state.database import Database
from bot.state.day_sums import DaySums
from bot.state.duels import Duels
from bot.state.erasure import Erasure
from bot.state.game_answers import GameAnswers
from bot.state.game_players import GamePlayers
from bot.state.games import Games
from bot.state.guild_settings import GuildSettingsStore
from bot.state.members import MOMENT_SECONDS, Members
from bot.state.play_sums import PlaySums
from bot.state.postings import Postings
from bot.state.pulse import Pulse
from bot.state.questions import Questions
from bot.state.reports import Reports
from bot.state.saved_quotes import SavedQuotes
from bot.state.schedules import Schedules
from bot.state.scores import Scores
from bot.state.seasons import Seasons
from bot.state.sessions import Sessions
from bot.state.shared_days import SharedDays


@dataclass(frozen=True, slots=True)
class State:
    """The stores of one database, under one clock."""

    bags: Bags
    questions: Questions
    games: Games
    game_answers: GameAnswers
    duels: Duels
    game_players: GamePlayers
    scores: Scores
    reports: Reports
    guild_settings: GuildSettingsStore
    members: Members
    saved: SavedQuotes
    erasure: Erasure
    schedules: Schedules
    postings: Postings
    shared_days: SharedDays
    seasons: Seasons
    command_sync: CommandSync
    pulse: Pulse
    sessions: Sessions
    day_sums: DaySums
    play_sums: PlaySums

    @classmethod
    def of(
        cls,
        database: Database,
        now: Callable[[], float],
        *,
        shard_count: int | None = None,
        shard_ids: Sequence[int] | None = None,
    ) -> "State":
        """Build the stores; this process posts for the servers of its shards, all by default."""
        # Whom several processes serve, they know from each other a moment later.
        bags = Bags(database, now, kept_seconds=math.inf if shard_ids is None else MOMENT_SECONDS)
        return cls(
            bags=bags,
            questions=Questions(database, now),
            games=Games(database, now),
            game_answers=GameAnswers(database),
            duels=Duels(database, now),
            game_players=GamePlayers(database),
            scores=Scores(database, now),
            reports=Reports(database, now),
            guild_settings=GuildSettingsStore(database),
            members=Members(database),
            saved=SavedQuotes(database, now),
            erasure=Erasure(database, now, bags),
            schedules=Schedules(database, now, shard_count, shard_ids),
            postings=Postings(database, now),
            shared_days=SharedDays(database),
            seasons=Seasons(database),
            command_sync=CommandSync(database),
            pulse=Pulse(database),
            sessions=Sessions(database),
            day_sums=DaySums(database, now),
            play_sums=PlaySums(database, now),
        )
