"""Trivia questions and verdicts as cards."""

from collections.abc import Sequence
from typing import Any, Final

import discord

from bot.interview.model import Difficulty, Interview
from bot.state.questions import GivenAnswer
from bot.text import _
from bot.trivia.kinds import Question
from bot.trivia.practice import Mastery
from bot.ui.cards import Card, row_of
from bot.ui.markdown import one_line, plain, plain_cut
from bot.ui.reader import Reader
from bot.ui.render import small_print, source_of

_LETTERS: Final = "ABCD"
DIFFICULTIES: Final = {
    Difficulty.EASY: _("easy"),
    Difficulty.MEDIUM: _("medium"),
    Difficulty.HARD: _("hard"),
}


def choice_label(place: int, choice: str) -> str:
    return f"{_LETTERS[place]}  {one_line(choice)}"


def question_card(
    shown: Question,
    reader: Reader,
    buttons: Sequence[discord.ui.Item[Any]],
    *,
    answered: int,
    right: int,
) -> Card:
    """Show a question with a button a choice, and how many have answered it."""
    difficulty = reader.say(DIFFICULTIES[shown.difficulty])
    header = _("Trivia · {difficulty} · no clock", difficulty=difficulty)
    lines = [f"-# {reader.say(header)}", f"### {plain_cut(one_line(shown.prompt), 600)}"]
    if shown.passage:
        lines.append(f"> {plain_cut(one_line(shown.passage), 2000)}")
    tally = _(
        "{answered} answered, {right} right · your answer is private",
        answered=answered,
        right=right,
    )
    container: discord.ui.Container[Any] = discord.ui.Container(
        discord.ui.TextDisplay("\n".join(lines)),
        *(discord.ui.ActionRow(button) for button in buttons),
        discord.ui.TextDisplay(f"-# {reader.say(tally)}"),
    )
    return Card(reader.locale, container)


def points_note(given: GivenAnswer, reader: Reader) -> str:
    """Say what an answer brought; a wrong one costs nothing, so of it there is nothing to say."""
    if not given.is_right:
        return ""
    if not given.counts:
        note = _("No points: this counted for you this week already.")
    elif given.streak > 1:
        note = _(
            "+{points} points · {streak} right in a row", points=given.points, streak=given.streak
        )
    else:
        note = _("+{points} points", points=given.points)
    return f"-# {reader.say(note)}"


def celebration(mastery: Mastery, interview: Interview, reader: Reader) -> str:
    """Praise who has mastered all there is."""
    praise = _(
        "### All {total} mastered!\nNobody can ask you anything more about {work}.",
        total=mastery.total,
        work=plain(interview.work or interview.title),
    )
    return reader.say(praise)


def verdict_card(
    shown: Question,
    interview: Interview | None,
    reader: Reader,
    *,
    choice: int,
    is_late: bool,
    buttons: Sequence[discord.ui.Item[Any]] = (),
    notes: Sequence[str] = (),
) -> Card:
    """Tell a member how their answer was; the interview may be gone since it was asked."""
    right = plain_cut(one_line(shown.choices[shown.right]), 200)
    if choice == shown.right:
        verdict = _("**Right:** {right}", right=right)
    else:
        given = plain_cut(one_line(shown.choices[choice]), 200)
        verdict = _("**Not right.** It is: {right}\nYou chose: {given}", given=given, right=right)
    lines = [reader.say(verdict)]
    if is_late:
        lines.insert(0, reader.say(_("You have answered this already; your first answer stands.")))
    lines.append(plain_cut(one_line(shown.explanation), 1500))
    exchange = interview and interview.exchanges_by_number.get(shown.exchange)
    if interview and exchange:
        lines.append(small_print(source_of(interview, exchange), reader))
    lines += [note for note in notes if note]
    whole = discord.ui.TextDisplay[Any]("\n".join(lines))
    return Card(reader.locale, discord.ui.Container[Any](whole, *row_of(buttons)))
