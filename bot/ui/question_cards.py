"""Trivia questions and verdicts as cards."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from bot.interview.audience import Reader
from bot.interview.model import Difficulty, Interview
from bot.letters import one_line
from bot.state.questions import GivenAnswer
from bot.text import Text, _, plural
from bot.trivia.kinds import Question, Source
from bot.trivia.practice import Mastery
from bot.ui.budget import FlexibleText, Line
from bot.ui.cards import KEPT_CARDS, Card, Item, box, row_of, rows_of, small
from bot.ui.custom_ids import SLUG, CustomId
from bot.ui.markdown import plain
from bot.ui.quote_cards import place_in, publisher_of, small_print

NEXT: Final = CustomId("trivia:next", slug=SLUG)
"""Asks privately what a member has not mastered yet."""
_LETTERS: Final = "ABCD"
_CROWD: Final = 3
"""Answers from which the number of right ones tells of nobody how theirs was."""
DIFFICULTIES: Final = {
    Difficulty.EASY: _("easy"),
    Difficulty.MEDIUM: _("medium"),
    Difficulty.HARD: _("hard"),
}


def choice_label(place: int, choice: str) -> str:
    return f"{_LETTERS[place]}  {one_line(choice)}"


def up_to(points: int) -> Text:
    """Say what an answer can be worth."""
    return plural("up to 1 point", "up to {count} points", points)


def question_lines(question: Question) -> list[Line]:
    """Write what is asked, and the passage that it is asked about."""
    lines: list[Line] = [FlexibleText(one_line(question.prompt), "### ", is_first=True)]
    if question.source is Source.COMPARE:
        numbered = enumerate(question.passage.split("\n"), 1)
        return [*lines, *(FlexibleText(one_line(line), f"> **{n}** · ") for n, line in numbered)]
    if question.passage:
        lines.append(FlexibleText(one_line(question.passage), "> "))
    return lines


def question_card(
    question: Question,
    reader: Reader,
    buttons: Sequence[Item],
    moves: Sequence[Item] = (),
    *,
    answered: int,
    right: int,
) -> Card:
    """Show a question, a button a choice, how many others have answered, and what else to do."""
    most = up_to(question.worth.points + question.worth.max_bonus)
    header = [_("Trivia"), DIFFICULTIES[question.difficulty], most, _("no clock")]
    tally = _tally(answered, right)
    lines = [small_print(header, reader), *question_lines(question)]
    footer = [] if reader.is_private else [small(reader.say(tally))]
    return Card(reader.locale, box(lines, *rows_of(buttons), *footer), *row_of(moves))


def _tally(answered: int, right: int) -> Text:
    """Count the answers; whether they are right only where nobody can tell whose they are."""
    count = plural("1 answered", "{count} answered", answered)
    if answered < _CROWD:
        return _("{answered} · your answer is private", answered=count)
    return _(
        "{answered}, {right} · your answer is private",
        answered=count,
        right=plural("1 right", "{count} right", right),
    )


def points_note(answer: GivenAnswer, reader: Reader) -> str:
    """Say what an answer brought; a wrong one costs nothing, so of it there is nothing to say."""
    if not answer.is_right:
        return ""
    if not answer.counts:
        return small(reader.say(_("No points: you've already had this one this week.")))
    note = plural("+1 point", "+{count} points", answer.points)
    if answer.streak > 1:
        note = plural(
            "{points} · {count} right in a row",
            "{points} · {count} right in a row",
            answer.streak,
            points=note,
        )
    return small(reader.say(note))


def mastered_note(mastery: Mastery, reader: Reader) -> str:
    """Say how far a member is with an interview."""
    note = plural(
        "{mastered} of 1 question mastered in this interview (get it right twice in a row)",
        "{mastered} of this interview's {count} questions mastered (get one right twice in a row)",
        mastery.total,
        mastered=mastery.mastered,
    )
    return small(reader.say(note))


def verdict_card(
    question: Question,
    interview: Interview | None,
    reader: Reader,
    *,
    choice: int,
    is_late: bool,
    is_alone: bool = False,
    header: Text | None = None,
    buttons: Sequence[Item] = (),
    notes: Sequence[str] = (),
) -> Card:
    """Tell a member how their answer was; the interview may be gone since it was asked.

    A verdict that `is_alone` has taken the place of its question, and so repeats it, with its
    `header`.
    """
    above = [] if header is None else [small(reader.say(header))]
    lines = _verdict_lines(question, interview, reader, choice, is_late, is_alone)
    return Card(reader.locale, box([*above, *lines, *filter(None, notes)], *row_of(buttons)))


@lru_cache(KEPT_CARDS)
def _verdict_lines(
    question: Question,
    interview: Interview | None,
    reader: Reader,
    choice: int,
    is_late: bool,
    is_alone: bool,
) -> Sequence[Line]:
    """Write what is the same for all who answered alike."""
    right = plain(one_line(question.choices[question.right]))
    if choice == question.right:
        verdict = _("**Right:** {right}", right=right)
    else:
        answer = plain(one_line(question.choices[choice]))
        verdict = _(
            "**Not quite:** it was “{right}”\nYou chose: {given}", given=answer, right=right
        )
    late = _("You've already answered this one. Your first answer counts.")
    return [
        *(question_lines(question) if is_alone else ()),
        *([reader.say(late)] if is_late else ()),
        reader.say(verdict),
        *why_lines(question, interview, reader),
    ]


def why_lines(question: Question, interview: Interview | None, reader: Reader) -> list[Line]:
    """Write why a choice is right, and where in the interview that stands."""
    why = one_line(question.explanation)
    # A true statement explains itself.
    lines: list[Line] = [] if why == one_line(question.passage) else [FlexibleText(why)]
    exchange = interview and interview.exchanges_by_number.get(question.exchange)
    if interview and exchange:
        place = _("in the interview: {place}", place=place_in(interview, exchange.number))
        lines.append(small_print([place, publisher_of(interview, exchange)], reader))
    return lines
