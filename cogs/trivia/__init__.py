"""/trivia: one question that stays open, a game for the channel, or a duel."""

from bot.client import Bot
from bot.ui.duel_buttons import DuelAnswerButton, DuelDeclineButton, DuelPlayButton
from bot.ui.duel_start import RematchButton
from bot.ui.game_buttons import (
    AgainButton,
    ChoiceButton,
    EarlierGoOnButton,
    GoOnButton,
    JoinButton,
    StopButton,
)
from bot.ui.game_setup import GameKindSelect, LengthSelect, StartButton, TogetherButton
from cogs.trivia._buttons import AnswerButton, NextButton
from cogs.trivia._cog import TriviaCog
from cogs.trivia._reports import ReasonSelect, ReportButton


async def setup(bot: Bot) -> None:
    bot.add_pressables(AnswerButton, NextButton, ReportButton, ReasonSelect)
    bot.add_pressables(JoinButton, ChoiceButton, GoOnButton, StopButton, AgainButton)
    bot.add_pressables(TogetherButton, LengthSelect, GameKindSelect, StartButton)
    bot.add_pressables(EarlierGoOnButton)
    bot.add_pressables(DuelPlayButton, DuelDeclineButton, DuelAnswerButton, RematchButton)
    await bot.add_cog(TriviaCog(bot))
