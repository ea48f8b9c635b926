"""Questions made of what somebody said: by whom, which word, to which question."""

import random
from collections.abc import Sequence

from bot.interview.gaps import share_stems
from bot.interview.model import MAX_CHOICE, Interview, Quote, Spoiler
from bot.letters import one_line
from bot.text import _, say
from bot.trivia.kinds import (
    MAX_CHOICES,
    Question,
    Source,
    derived,
    first_names,
    has_speakers_for,
    shuffled,
)
from bot.trivia.missing_word import Wordbook


def who_said(quote: Quote, interview: Interview, locale: str) -> Question | None:
    """Ask who said a line."""
    names = first_names(interview)
    if not (has_speakers_for(Source.SAID, interview) and quote.speaker in names):
        return None
    choices = tuple(names.values())
    right = choices.index(names[quote.speaker])
    why = say(_("{name} said it.", name=interview.people_by_key[quote.speaker].name), locale)
    prompt = say(_("Who said this?"), locale)
    return derived(quote, Source.SAID, prompt, quote.text, choices, right, why)


def missing_word(
    quote: Quote, wordbook: Wordbook, interview: Interview, rng: random.Random, locale: str
) -> Question | None:
    """Ask which word of a line is hidden, among others that its interview uses like it."""
    gap = wordbook.hide(quote.text, rng)
    if gap is None:
        return None
    choices, right = shuffled(gap.word, gap.wrong, rng)
    person = interview.people_by_key[quote.speaker]
    prompt = say(_("Which word is missing?"), locale)
    why = say(_("{name}: {words}", name=person.name, words=quote.text), locale)
    return derived(quote, Source.LINE, prompt, gap.passage, choices, right, why)


def compared(
    quote: Quote, other: Quote, topic: str, interview: Interview, rng: random.Random, locale: str
) -> Question:
    """Ask which of two lines on one topic somebody said; `passage` has each on a line."""
    names = first_names(interview)
    name, other_name = names[quote.speaker], names[other.speaker]
    lines, right = shuffled(quote.text, [other.text], rng)
    prompt = _(
        "{names} on {topic}: which of these did {name} say?",
        names=_("{one} and {other}", one=min(name, other_name), other=max(name, other_name)),
        topic=interview.topic_name(topic),
        name=name,
    )
    why = _(
        "{name} said the first, {other} the second.",
        name=other_name if right else name,
        other=name if right else other_name,
    )
    choices = [say(_("The first"), locale), say(_("The second"), locale)]
    passage = "\n".join(map(one_line, lines))
    return derived(
        quote, Source.COMPARE, say(prompt, locale), passage, choices, right, say(why, locale)
    )


def which_question(
    quote: Quote,
    interview: Interview,
    translated: Interview,
    plain: Spoiler,
    others: Sequence[int],
    rng: random.Random,
    locale: str,
) -> Question | None:
    """Ask which of the interviewer's questions a line answered, of those that are no spoiler.

    `translated` is the interview in the reader's language; which questions are offered, and in
    which order, does not depend on it. `others` are the exchanges of lines that were drawn as this
    one was, and are offered first: what is often right is often wrong, so that its look tells less.
    """
    exchange = interview.exchanges_by_number[quote.exchange]
    numbers = {
        other.title: other.number
        for other in interview.exchanges
        if other.is_choice and other.spoiler <= plain and len(other.title) <= MAX_CHOICE
    }
    if len(numbers) < MAX_CHOICES or not exchange.is_choice or exchange.title not in numbers:
        return None
    if share_stems(exchange.title, quote.text):
        # Whoever looks for the words of the line among the questions has found it.
        return None
    # Two questions of one title are one choice.
    numbers[exchange.title] = exchange.number
    titles = sorted(numbers.keys() - {exchange.title})
    # What is about the same may have been answered by the same.
    apart = [title for title in titles if _is_apart(quote, interview, numbers[title])]
    offered = apart if len(apart) >= MAX_CHOICES - 1 else titles
    wrong = _first(offered, [interview.exchanges_by_number[n].title for n in others], rng)
    titles, right = shuffled(exchange.title, wrong, rng)
    choices = [translated.exchanges_by_number[numbers[title]].title for title in titles]
    prompt = say(_("Which question does this answer?"), locale)
    why = translated.exchanges_by_number[exchange.number].summary
    return derived(quote, Source.ASKED, prompt, quote.text, choices, right, why)


def _first(titles: Sequence[str], preferred: Sequence[str], rng: random.Random) -> list[str]:
    """Choose wrong titles: those that are preferred, and any where there are too few."""
    wrong = [title for title in dict.fromkeys(preferred) if title in titles][: MAX_CHOICES - 1]
    rest = [title for title in titles if title not in wrong]
    return [*wrong, *rng.sample(rest, MAX_CHOICES - 1 - len(wrong))]


def _is_apart(quote: Quote, interview: Interview, number: int) -> bool:
    return set(quote.topics).isdisjoint(interview.exchanges_by_number[number].topics)
