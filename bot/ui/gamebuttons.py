"""The buttons of a game; what they may do is decided by the game as it is stored."""

from typing import TYPE_CHECKING, Final, TypeAlias

import discord

from bot.errors import UserError
from bot.state.games import Ending, Game, Phase, Setup
from bot.text import _
from bot.trivia.kinds import Question
from bot.trivia.question_draw import QuestionFilter
from bot.trivia.rounds import round_points, wanted_in
from bot.ui.game import opening_card, receipt
from bot.ui.gamestart import check_may_start
from bot.ui.permissions import may_moderate
from bot.ui.reader import asker_of, reader_of
from bot.ui.replies import reply
from bot.ui.trivia import choice_label
from bot.ui.views import PersistentButton

if TYPE_CHECKING:
    from bot.client import Bot

_Interaction: TypeAlias = "discord.Interaction[Bot]"

_TOGETHER: Final = 5


class ChoiceButton(
    PersistentButton,
    template=r"game:answer:(?P<game_id>[0-9]{1,18}):(?P<number>[0-9]{1,2}):(?P<choice>[0-3])",
):
    """Gives an answer in a round, or changes it once."""

    def __init__(
        self, game_id: str | int, number: str | int, choice: str | int, label: str = ""
    ) -> None:
        super().__init__(f"game:answer:{game_id}:{number}:{choice}", label)
        self.game_id = int(game_id)
        self.number = int(number)
        self.choice = int(choice)

    async def press(self, interaction: _Interaction) -> None:
        games, user_id = interaction.client.games, interaction.user.id
        game = await _found(interaction, self.game_id)
        seconds = max(0.0, games.now() - game.asked_at)
        given = None
        if self.number == game.round and self.choice < game.choice_count:
            points = round_points(game, self.choice, seconds)
            given = await games.answer(game, user_id, self.choice, points, seconds)
        reader = await reader_of(interaction, is_private=True)
        if given is None:
            card = receipt(await self._standing(interaction, game), None, reader)
        else:
            card = receipt(_label(game, given[0]), given[1], reader)
        await reply(interaction, card)
        if given is not None:
            master = interaction.client.gamemaster
            master.count_along(game)
            is_first = given[1] == 0 and not game.setup.is_calm
            if is_first and await games.all_have_answered(game):
                await games.hurry(game)
                master.nudge(game.id)

    async def _standing(self, interaction: _Interaction, game: Game) -> str:
        """Name the choice that stands; raises UserError where the round is over."""
        now = await interaction.client.games.find(game.id)
        is_open = now and now.phase is Phase.ASKING and now.round == self.number
        stands = await interaction.client.games.choice(game, interaction.user.id)
        if not is_open or stands is None:
            raise UserError(_("This round is over."), _("The next one is below."))
        return _label(game, stands)


class GoOnButton(
    PersistentButton, template=r"game:on:(?P<game_id>[0-9]{1,18}):(?P<number>[0-9]{1,2})"
):
    """Ends a round of a calm game, or the time to read its answer."""

    def __init__(self, game_id: str | int, number: str | int, *, is_asking: bool = False) -> None:
        label = _("Show the answer") if is_asking else _("Go on")
        super().__init__(f"game:on:{game_id}:{number}", label, discord.ButtonStyle.primary)
        self.game_id = int(game_id)
        self.number = int(number)

    async def press(self, interaction: _Interaction) -> None:
        game = await _led(interaction, self.game_id)
        await interaction.response.defer()
        if game.round == self.number and await interaction.client.games.hurry(game):
            interaction.client.gamemaster.nudge(game.id)


class StopButton(PersistentButton, template=r"game:stop:(?P<game_id>[0-9]{1,18})"):
    """Ends a game; the board is shown all the same."""

    def __init__(self, game_id: str | int) -> None:
        super().__init__(f"game:stop:{game_id}", _("Stop"))
        self.game_id = int(game_id)

    async def press(self, interaction: _Interaction) -> None:
        game = await _led(interaction, self.game_id)
        await interaction.response.defer()
        # A round may end just now: what is stopped is the game, wherever it is.
        while game.phase in (Phase.ASKING, Phase.READING):
            if await interaction.client.games.end(game, Ending.STOPPED):
                interaction.client.gamemaster.nudge(game.id)
            game = await _found(interaction, self.game_id)


class AgainButton(PersistentButton, template=r"game:again:(?P<game_id>[0-9]{1,18})"):
    """Starts another game like the one that is over."""

    def __init__(self, game_id: str | int) -> None:
        super().__init__(f"game:again:{game_id}", _("Again"), discord.ButtonStyle.primary)
        self.game_id = int(game_id)

    async def press(self, interaction: _Interaction) -> None:
        game = await _found(interaction, self.game_id)
        await start_game(
            interaction,
            interaction.client.interview(game.slug).slug,
            game.setup.rounds,
            wanted_in(game.setup),
            seconds=game.setup.seconds,
            is_calm=game.setup.is_calm,
        )


class TogetherButton(PersistentButton, template=r"trivia:together:(?P<slug>[a-z0-9-]{1,32})"):
    """Starts a game of five rounds from the verdict on one question."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"trivia:together:{slug}", _("Play 5 together"))
        self.slug = slug

    async def press(self, interaction: _Interaction) -> None:
        interview = interaction.client.interview(self.slug)
        await start_game(interaction, interview.slug, _TOGETHER, QuestionFilter())


async def start_game(
    interaction: _Interaction,
    slug: str,
    rounds: int,
    wanted: QuestionFilter,
    *,
    seconds: int | None = None,
    is_calm: bool | None = None,
) -> None:
    """Start a game in the channel of an interaction; raises UserError where that cannot be."""
    await check_may_start(interaction)
    reader = await asker_of(interaction)
    if reader.is_private:
        raise UserError(_("There were many answers here just now."), _("Try again in a minute."))
    settings = await interaction.client.guild_settings.get(interaction.guild_id)
    audience = reader.audience.for_game()
    setup = Setup(
        rounds,
        settings.seconds if seconds is None else seconds,
        settings.is_calm and seconds is None if is_calm is None else is_calm,
        wanted.kind,
        wanted.difficulty,
        audience.plain,
        audience.allows_mature,
    )
    await _start(interaction, slug, setup)


async def _start(interaction: _Interaction, slug: str, setup: Setup) -> None:
    bot, user_id = interaction.client, interaction.user.id
    place = interaction.channel_id or 0, interaction.guild_id or 0
    started = await bot.gamemaster.start(*place, user_id, slug, setup)
    reader = await reader_of(interaction, is_private=False)
    try:
        await reply(interaction, opening_card(setup, user_id, reader), is_private=False)
    finally:
        bot.gamemaster.lead(started)


async def _found(interaction: _Interaction, game_id: int) -> Game:
    game = await interaction.client.games.find(game_id)
    if game is None:
        raise UserError(_("This game is no longer kept."), _("Type /trivia for a new one."))
    return game


async def _led(interaction: _Interaction, game_id: int) -> Game:
    """Give a game to who started it or keeps order; raises UserError for anybody else."""
    game = await _found(interaction, game_id)
    if interaction.user.id != game.starter_id and not may_moderate(interaction):
        raise UserError(_("Only who started the game and moderators may do that."))
    if game.phase in (Phase.BOARD, Phase.DONE):
        raise UserError(_("This game is over already."))
    return game


def _label(game: Game, choice: int) -> str:
    return choice_label(choice, Question.from_json(game.document).choices[choice])
