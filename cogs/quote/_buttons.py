"""Quotes found by words, and the buttons that turn their pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Final

from bot.client import Bot, Interaction
from bot.errors import UserError
from bot.interview.audience import Reader
from bot.interview.library.search import Matches
from bot.interview.model import Interview
from bot.letters import as_typed, one_line
from bot.text import Text, _
from bot.ui.cards import KEPT_CARDS, TURNS, Card, Item, turning
from bot.ui.custom_ids import (
    ANY_PERSON,
    ANY_TOPIC,
    PAGE,
    SLUG,
    CustomId,
    Field,
    is_sendable,
    one_of,
)
from bot.ui.markdown import plain
from bot.ui.quote_buttons import full_quote_card
from bot.ui.quote_select import OpenQuoteSelect
from bot.ui.reader import interview_of, turner_of
from bot.ui.replies import OfferError, turn
from bot.ui.views import PersistentButton
from cogs.quote._cards import filter_note, hit_options, matches_card

_A_PAGE: Final = 5
_MOVES: Final = {**TURNS, "anybody": _("Search everything")}


@dataclass(frozen=True, slots=True)
class Query:
    """What was searched for, as the buttons of its pages carry it."""

    words: str
    speaker: str = ""
    topic: str = ""
    page: int = 0


class MatchesButton(
    PersistentButton,
    schema=CustomId(
        "quote:found",
        move=one_of("previous", "next", "meant", "anybody"),
        page=PAGE,
        slug=SLUG,
        speaker=ANY_PERSON,
        topic=ANY_TOPIC,
        words=Field(r".{0,90}"),
    ),
):
    """Turns to another page of matches: in place for who asked, privately for anybody else."""

    def __init__(
        self,
        move: str,
        page: int,
        slug: str,
        speaker: str,
        topic: str,
        words: str,
        *,
        is_disabled: bool = False,
    ) -> None:
        super().__init__(
            words if move == "meant" else _MOVES[move],
            is_disabled=is_disabled,
            move=move,
            page=page,
            slug=slug,
            speaker=speaker,
            topic=topic,
            words=one_line(words),
        )
        self.query = Query(words, speaker, topic, page)
        self.slug = slug

    async def press(self, interaction: Interaction) -> None:
        reader = await turner_of(interaction)
        interview = interview_of(interaction.client.library, self.slug, reader)
        card = await page_of_matches(interaction, interview, reader, self.query)
        await turn(interaction, card)


async def page_of_matches(
    interaction: Interaction, interview: Interview, reader: Reader, query: Query
) -> Card:
    """Show a page of matches; a single one as the quote itself."""
    bot = interaction.client
    matches = await _found_by(bot, interview.slug, reader, query)
    if not matches.hits:
        raise await _nothing_matches(bot, interview, reader, query)
    # What was typed is not said in public, not even by a button.
    query = replace(query, words=matches.query)
    notes = await _filter_notes(bot, interview, reader, query, matches)
    wider = [_button("anybody", interview, _wider(query), 0)] if notes else []
    if matches.total == 1:
        return await full_quote_card(
            interaction,
            matches.hits[0],
            interview,
            reader,
            topic=query.topic,
            notes=notes,
            others=wider,
        )
    if not notes:
        return _kept_page(matches, query, interview, reader)
    return _page(matches, query, interview, reader, notes, wider)


def _page(
    matches: Matches,
    query: Query,
    interview: Interview,
    reader: Reader,
    notes: Sequence[Text] = (),
    wider: Sequence[Item] = (),
) -> Card:
    is_turned = _fits_a_button(query, interview.slug)
    if matches.has_more and not is_turned:
        notes = [*notes, _("There are more. Search for fewer words to see them.")]
    turns = _turns(interview, query, matches) if is_turned else []
    hits = hit_options(matches, interview, reader)
    rows = [[OpenQuoteSelect(interview.slug, query.topic, hits)], [*turns, *wider]]
    return matches_card(matches, query.page * _A_PAGE, interview, reader, rows, notes)


_kept_page: Final = lru_cache(KEPT_CARDS)(_page)


async def _found_by(bot: Bot, slug: str, reader: Reader, query: Query) -> Matches:
    return await bot.library.find(
        slug,
        query.words,
        reader.audience,
        speaker=query.speaker,
        topic=query.topic,
        limit=_A_PAGE,
        offset=query.page * _A_PAGE,
    )


async def _filter_notes(
    bot: Bot, interview: Interview, reader: Reader, query: Query, matches: Matches
) -> list[Text]:
    """Say that a filter hides matches, where it does."""
    if not (query.speaker or query.topic):
        return []
    every = await _found_by(bot, interview.slug, reader, _wider(query))
    if every.total <= matches.total:
        return []
    left = None if every.is_uncounted else every.total - matches.total
    return [filter_note(query.speaker, query.topic, interview, left)]


def _wider(query: Query) -> Query:
    return Query(query.words)


def _turns(interview: Interview, query: Query, matches: Matches) -> list[Item]:
    if not (query.page or matches.has_more):
        return []
    button = partial(_button, interview=interview, query=query)
    return turning(query.page, query.page + matches.has_more, button)


def _button(
    move: str, interview: Interview, query: Query, page: int, is_disabled: bool = False
) -> MatchesButton:
    return MatchesButton(
        move,
        page,
        interview.slug,
        query.speaker,
        query.topic,
        query.words,
        is_disabled=is_disabled,
    )


def _fits_a_button(query: Query, slug: str) -> bool:
    """Say whether a button can carry a search, with three digits for its page."""
    longest = MatchesButton.schema.build(
        move="previous",
        page=999,
        slug=slug,
        speaker=query.speaker,
        topic=query.topic,
        words=one_line(query.words),
    )
    return is_sendable(longest) and query.page < 999


async def _nothing_matches(
    bot: Bot, interview: Interview, reader: Reader, query: Query
) -> OfferError:
    """Offer what may have been meant: the words without a filter, else words like them."""
    slug = interview.slug
    wider = _wider(query)
    has_filter = bool(query.speaker or query.topic)
    if has_filter and (await _found_by(bot, slug, reader, wider)).hits:
        return _offer(
            _("There are matches without the filter."), "anybody", interview, query, [wider]
        )
    similar = await bot.library.similar(slug, query.words, reader.audience, limit=3)
    alternatives = [replace(query, words=words, page=0) for words in similar]
    offers = [offer for offer in alternatives if _fits_a_button(offer, slug)]
    remedy = _("Did you mean one of these?")
    if not offers:
        remedy = _("Try fewer words, or just /quote.")
    return _offer(remedy, "meant", interview, query, offers)


def _offer(
    remedy: Text, move: str, interview: Interview, query: Query, offers: Sequence[Query]
) -> OfferError:
    buttons = [_button(move, interview, offer, 0) for offer in offers]
    return OfferError(UserError(_problem(interview, query), remedy), buttons)


def _problem(interview: Interview, query: Query) -> Text:
    words = as_typed(query.words)
    if query.speaker in interview.people_by_key and not query.topic:
        name = plain(interview.people_by_key[query.speaker].name)
        return _("{name} never says '{words}'.", name=name, words=words)
    if query.speaker or query.topic:
        return _("None of those quotes has '{words}'.", words=words)
    return _("No quote has '{words}'.", words=words)
