"""Cards stay within Discord's limits whatever a pack holds, and hide what is to be hidden."""

import json
from dataclasses import replace

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interview.audience import Reader, SpoilerPolicy, audience
from bot.interview.library.search import Matches
from bot.interview.model import Answer, Exchange, Fact, Interview, Person, Quote, Spoiler
from bot.letters import units
from bot.text import Text, say
from bot.ui.budget import MAX_TEXT
from bot.ui.cards import Card, small
from bot.ui.exchange_cards import exchange_card
from bot.ui.quote_cards import place_of, quote_card
from bot.ui.replies import FLOODED
from cogs.cast._cards import people_card, person_card
from cogs.fact._cards import fact_card
from cogs.help._cards import help_card
from cogs.interview._cards import introduction_card
from cogs.quote._cards import matches_card
from playground.validation.message_shapes import check_message

LONG = st.text(
    st.sampled_from("abc *_~`|><@#-.\n\u202e\U0001f469é"), min_size=1, max_size=3000
).map("x".__add__)
READER = Reader(audience(SpoilerPolicy.HIDE, allows_mature=True))
PERSON = Person("ada", "Ada Example", role="baker", part="Rye", is_speaker=True)
EXCHANGE = Exchange(1, "The idea", "How it began.", ("boats",))
INTERVIEW = Interview(
    slug="boat",
    title="Two bakers on a boat",
    work="The Floating Oven",
    outlet="The Harbour Post",
    byline="Cora Writer",
    link="https://example.org/boat",
    language="en",
    rights="",
    people=(PERSON, Person("ben", "Ben Sample", is_speaker=True)),
    exchanges=(Exchange(0, "The boat", "What it is."), EXCHANGE),
)


def quote(text: str, spoiler: Spoiler = Spoiler.NONE) -> Quote:
    return Quote("boat", 1, 1, "ada", text, ("boats",), spoiler, is_mature=False)


def fact(text: str, spoiler: Spoiler = Spoiler.NONE) -> Fact:
    return Fact("boat", 1, ("ada",), 1, text, ("boats",), spoiler)


def test_of_how_many_a_question_is_says_only_an_interview_that_has_them_all() -> None:
    gaps = replace(INTERVIEW, exchanges=(INTERVIEW.exchanges[0], replace(EXCHANGE, number=9)))
    ninth = replace(quote("Bread."), exchange=9)
    _words, source = texts(quote_card(ninth, gaps, READER).to_components())
    assert "question 9 · " in source
    assert place_of(ninth, gaps, READER) == "Quote 1 · question 9"
    assert place_of(quote("Bread."), INTERVIEW, READER) == "Quote 1 · question 1 of 1"
    assert place_of(replace(ninth, exchange=0), gaps, READER) == "Quote 1 · introduction"


def test_a_question_that_is_its_own_title_is_asked_once() -> None:
    leaning = quote("Because it was never mine.")
    shown = "\n".join(texts(quote_card(leaning, INTERVIEW, READER).to_components()))
    assert EXCHANGE.title in shown
    assert EXCHANGE.summary in shown
    asked = replace(EXCHANGE, title="Why a boat?", summary="Why a boat?")
    short = replace(INTERVIEW, exchanges=(INTERVIEW.exchanges[0], asked))
    shown = "\n".join(texts(quote_card(leaning, short, READER).to_components()))
    assert shown.count("Why a boat?") == 1


def cards(text: str) -> list[Card]:
    """Build one card of every sort, with a text wherever a pack may hold one."""
    person = replace(PERSON, name=text[:100], role=text[:100], part=text[:100])
    exchange = replace(EXCHANGE, title=text[:31], summary=text[:600])
    interview = replace(
        INTERVIEW,
        title=text[:100],
        outlet=text[:100],
        work=text[:100],
        rights=text[:500],
        people=(person, INTERVIEW.people[1]),
        exchanges=(INTERVIEW.exchanges[0], exchange),
    )
    spoken = [quote(text), quote(text[::-1])]
    answers = [Answer("boat", 1, "ada", (text, text)), Answer("boat", 1, "ben", (text,))]
    return [
        quote_card(quote(text), interview, READER),
        fact_card(fact(text[:500]), interview, READER),
        exchange_card(exchange, interview, READER, spoken, marked=text),
        exchange_card(exchange, interview, READER, answers, marked=text[5:50]),
        introduction_card(exchange, interview, READER, {text[:100]: [text[:24]]}),
        person_card(person, [fact(text[:500])] * 3, spoken, [text[:24]], interview, READER),
        people_card(interview, READER, range(2)),
        matches_card(Matches(tuple(spoken * 2)), 3, interview, READER, ()),
        help_card(
            {"quote": Text(text[:100], {})},
            {},
            [interview] * 9,
            READER,
        ),
    ]


@given(text=LONG)
def test_every_card_is_within_the_limits_of_discord(text: str) -> None:
    for card in cards(text):
        body = {"components": card.to_components(), "flags": 1 << 15}
        check_message(body, is_layout=True, flags=1 << 15, files=set())
        shown = sum(units(one) for one in texts(body["components"]))
        assert 0 < shown <= MAX_TEXT


def texts(components: object) -> list[str]:
    if isinstance(components, list):
        return [found for one in components for found in texts(one)]
    if isinstance(components, dict):
        own = [components["content"]] if components.get("type") == 10 else []
        return own + texts(components.get("components", []))
    return []


@pytest.mark.parametrize("spoiler", [Spoiler.MILD, Spoiler.MAJOR])
def test_a_spoiler_stands_behind_a_veil_without_a_colour(spoiler: Spoiler) -> None:
    strict = Reader(replace(READER.audience, plain=Spoiler.NONE))
    for card in (
        quote_card(quote("It sinks.", spoiler), INTERVIEW, strict),
        fact_card(fact("It sinks.", spoiler), INTERVIEW, strict),
        exchange_card(EXCHANGE, INTERVIEW, strict, [quote("It sinks.", spoiler)]),
    ):
        told, container = card.to_components()
        assert str(told["content"]).startswith("Spoiler: ")
        assert "sinks" not in json.dumps(told)
        assert container["spoiler"] is True
        assert container.get("accent_color") is None


def test_of_a_veiled_match_only_the_number_is_told() -> None:
    veiled = quote("It sinks.", Spoiler.MAJOR)
    listed = matches_card(Matches((veiled,)), 0, INTERVIEW, READER, ())
    assert "sinks" not in json.dumps(listed.to_components())
    assert "#1" in json.dumps(listed.to_components())


def test_a_marked_passage_stands_in_bold_also_in_a_long_answer() -> None:
    words = "and so on " * 600
    answer = Answer("boat", 1, "ada", (words, "This is the passage.", words))
    card = exchange_card(EXCHANGE, INTERVIEW, READER, [answer], marked="This is the passage.")
    assert "**This is the passage.**" in json.dumps(card.to_components())


def test_no_notification_can_be_hidden_in_a_text() -> None:
    shown = json.dumps(
        quote_card(quote("Hey <@1> and @everyone"), INTERVIEW, READER).to_components()
    )
    assert shown.count("<@1>") == shown.count("\\\\<@1>") == 1


def test_the_library_keeps_no_card() -> None:
    """A plain button would have it keep each card with one, for as long as the bot runs."""
    button = discord.ui.Button[discord.ui.LayoutView](label="Go on", custom_id="go:on")
    card = Card("en", discord.ui.ActionRow(button))
    assert card.is_dispatchable()
    assert card.is_finished()


@pytest.mark.parametrize("locale", ["en-GB", "fr", "es-ES", "pt-BR"])
def test_a_line_may_follow_the_fullest_card_and_a_card_is_sent_as_often_as_it_is_wanted(
    locale: str,
) -> None:
    card = exchange_card(EXCHANGE, INTERVIEW, READER, [quote("word " * 900), quote("other " * 900)])
    before = card.to_components()
    fuller = card.followed_by(small(say(FLOODED, locale)))
    components = fuller.to_components()
    check_message({"components": components}, is_layout=True, flags=1 << 15, files=set())
    assert sum(units(one) for one in texts(before)) > MAX_TEXT - 100
    assert sum(units(one) for one in texts(components)) <= 4000
    assert components[:-1] == before == card.to_components()
