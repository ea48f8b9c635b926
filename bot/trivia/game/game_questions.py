"""What a game asks: drawn for its channel, nothing twice in a game."""

from collections.abc import Callable, Sequence

from bot.interview.audience import Audience, Reader
from bot.interview.library.library import Library
from bot.interview.model import Spoiler
from bot.state.game import Game, Setup
from bot.state.games import Games
from bot.state.guild_settings import GuildSettingsStore
from bot.state.questions import Questions
from bot.trivia.game.rounds import filter_of
from bot.trivia.question_draw import QuestionDraw


class GameQuestions:
    """Stores the questions of games as they will be shown; `locale` is that of a server."""

    def __init__(
        self,
        library: Library,
        draw: QuestionDraw,
        games: Games,
        questions: Questions,
        guild_settings: GuildSettingsStore,
        locale: Callable[[int], str],
    ) -> None:
        self._library = library
        self._draw = draw
        self._games = games
        self._questions = questions
        self._guild_settings = guild_settings
        self._locale = locale

    async def add_first(
        self, channel_id: int, guild_id: int, slug: str, setup: Setup
    ) -> int | None:
        """Draw what a game begins with; gives its id, or None where there is nothing to ask."""
        return await self._add(channel_id, guild_id, slug, setup, ())

    async def add_next(self, game: Game) -> int | None:
        """Draw what a game has not stated yet; gives its id, or None where nothing is left.

        Nor is there anything to ask in a game that was deleted meanwhile, with who started it.
        """
        if await self._games.find(game.id) is None:
            return None
        statements = await self._games.statements(game)
        return await self._add(game.channel_id, game.guild_id, game.slug, game.setup, statements)

    async def _add(
        self, channel_id: int, guild_id: int, slug: str, setup: Setup, statements: Sequence[str]
    ) -> int | None:
        interview = self._library.interviews.get(slug)
        if interview is None:
            return None
        reader = await self._reader(setup, guild_id)
        question = await self._draw.find_new(
            channel_id, interview, filter_of(setup), reader, statements
        )
        if question is None:
            return None
        return await self._questions.add(channel_id, question.stored())

    async def _reader(self, setup: Setup, guild_id: int) -> Reader:
        settings = await self._guild_settings.get(guild_id or None)
        level = Spoiler(setup.plain)
        audience = Audience(level, level, setup.allows_mature, frozenset(settings.left_out))
        return Reader(audience, self._locale(guild_id))
