"""/quote: quotes drawn, found by words, with their context; the menu *Answer with a quote*."""

from bot.client import Bot
from bot.ui.quote_buttons import (
    AnotherQuoteButton,
    ContextButton,
    LeaveOutButton,
    LookButton,
    PictureButton,
    PostButton,
)
from bot.ui.quote_select import OpenQuoteSelect
from bot.ui.saving import ReceiptButton, SaveButton, SavedButton
from cogs.quote._answering import AnswerHereButton, OtherMatchSelect
from cogs.quote._buttons import MatchesButton
from cogs.quote._cog import QuoteCog


async def setup(bot: Bot) -> None:
    bot.add_pressables(
        AnotherQuoteButton,
        ContextButton,
        SaveButton,
        SavedButton,
        ReceiptButton,
        OpenQuoteSelect,
        PictureButton,
        LookButton,
        PostButton,
        LeaveOutButton,
        MatchesButton,
        AnswerHereButton,
        OtherMatchSelect,
    )
    await bot.add_cog(QuoteCog(bot))
