"""What was said to a question, page by page, and the buttons that turn the pages."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from bot.client import Interaction
from bot.errors import UserError
from bot.interview.audience import Reader
from bot.interview.library.library import Library
from bot.interview.model import Exchange, Interview, Quote
from bot.text import _
from bot.ui.cards import Card, Item, turning
from bot.ui.custom_ids import EXCHANGE, PAGE, SLUG, CustomId, one_of
from bot.ui.exchange_cards import Passages, exchange_card, page_with, pages_of_passages
from bot.ui.reader import interview_of, reader_of, turner_of
from bot.ui.replies import reply, turn
from bot.ui.views import PersistentButton

_MOVES: Final = {
    "more": _("More answers"),
    "previous": _("Previous answers"),
    "next": _("Next answers"),
}
_LAST_PAGE: Final = 999


class AnswersButton(
    PersistentButton,
    schema=CustomId(
        "interview:answers", move=one_of(*_MOVES), slug=SLUG, number=EXCHANGE, page=PAGE
    ),
):
    """Opens the answers that had no room on a card, privately, or turns their pages there."""

    def __init__(
        self, move: str, slug: str, number: int, page: int, *, is_disabled: bool = False
    ) -> None:
        super().__init__(
            _MOVES[move], is_disabled=is_disabled, move=move, slug=slug, number=number, page=page
        )
        self.is_first = move == "more"
        self.slug = slug
        self.number = number
        self.page = page

    async def press(self, interaction: Interaction) -> None:
        library = interaction.client.library
        is_first = self.is_first
        reading = reader_of(interaction, is_private=True) if is_first else turner_of(interaction)
        reader = await reading
        interview = interview_of(library, self.slug, reader)
        exchange = exchange_of(interview, self.number)
        card = await answers_card(library, exchange, interview, reader, page=self.page)
        await (reply(interaction, card) if is_first else turn(interaction, card))


def exchange_of(interview: Interview, number: int) -> Exchange:
    """Give a question, or the introduction; raises UserError where there is none."""
    exchange = interview.exchanges_by_number.get(number)
    if exchange is not None:
        return exchange
    last = interview.exchanges[-1].number
    remedy = _("The last one is {last}.", last=last)
    raise UserError(
        _("There's no question {number}.", number=number),
        remedy if last else _("There's only an introduction: /interview"),
    )


async def answers_card(
    library: Library,
    exchange: Exchange,
    interview: Interview,
    reader: Reader,
    *,
    marked: str = "",
    page: int | None = None,
    others: Sequence[Item] = (),
) -> Card:
    """Show a page of what was said to a question; without one the page of the passage `marked`.

    A card that shows more than answers leads to the others with one button, and one about a
    passage in their midst to the first of them. It stands after the `others` of the card.
    """
    said_to = await library.said_to(interview.slug, exchange.number, reader.audience)
    passages = _beside_each_other(said_to)
    laid_out = pages_of_passages(exchange, interview, reader, passages, marked)
    last = min(len(laid_out) - 1, _LAST_PAGE)
    at = page_with(passages, laid_out, marked) if page is None else min(page, last)
    places = laid_out[at]
    slug, number = interview.slug, exchange.number
    buttons = [AnswersButton("more", slug, number, 0 if marked else 1)] if last else []
    if last and page is not None:
        buttons = turning(at, last, partial(AnswersButton, slug=slug, number=number))
    return exchange_card(
        exchange,
        interview,
        reader,
        passages[places.start : places.stop],
        marked=marked,
        left=len(passages) - (len(places) if page is None else places.stop),
        rows=[[*others, *buttons]],
    )


def _beside_each_other(passages: Passages) -> Passages:
    """Put quotations of one speaker together; whole answers stay in the order of the talk."""
    quotes = [passage for passage in passages if isinstance(passage, Quote)]
    if len(quotes) < len(passages):
        return passages
    speakers = list(dict.fromkeys(quote.speaker for quote in quotes))
    return sorted(quotes, key=lambda quote: speakers.index(quote.speaker))
