"""A planned interview written as files for an editor to go on with, with comments to fill in."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from bot.errors import OperatorError
from bot.interview.loading.loaded_packs import write_lines
from bot.interview.loading.plan import Plan
from bot.interview.pack import files
from bot.interview.pack.toml_files import MAX_TOML
from bot.text import ENCORE, _

_HEAD: Final = """\
# What the interview is. A line that begins with "# name =" is a field that you may fill in.
# Where guessed is false, no trivia asks for that question: its title tells it from no other.
# {answers} holds whole answers, for /interview and Context: delete it where you may only quote.

"""
_ABOUT: Final = """\
# byline = "Who asked the questions"
# link = "https://example.org/where-it-was-published"
# rights = "Whose words these are, in a sentence."
# mature_words = ["words", "for age-restricted channels"]
# colours = { background = "#1b2a41", text = "#f6f3ee", accent = "#e0a458" }
"""
_PERSON: Final = """\
# aliases = ["Another spelling"]
# role = "what they do"
# part = "whom they play"
# pronoun = "they"
"""
_EXCHANGE: Final = """\
# topics = ["one", "another"]
# spoiler = "mild"
"""
_QUOTES: Final = """\
# Every passage, word for word; keep those that you may show. […] marks what you cut, [ ] is the
# outlet's own. drawn = false: it is found but never comes at random. Numbers are never reused: to
# take an entry out later, set withdrawn = true. Each may also have topics, spoiler and mature.
# Trivia asks who said it, which word is missing, which question it answered, and which of two lines
# is whose: say games = ["who", "line", "question", "compare"] of one that is not fit for all four.

"""
_FACTS: Final = """\
# What the interview tells about people, in your words. Take away the "# " and go on like this.

# [[facts]]
# number = 1
# people = [{person}]
# exchange = 1
# text = "Somebody did something."
# topics = ["one"]
# who = "Who did something?"
# false_version = "Somebody did something else."
# explanation = "It was something, not something else."
"""
_TRIVIA: Final = """\
# Questions with four choices, each of at most 31 characters, right or wrong for good. about is the
# fact that one asks for. Where two give each other away, one of them says not_with = [2] of the
# other, and no game asks both.

# [[questions]]
# number = 1
# exchange = 1
# about = 1
# prompt = "What did somebody do?"
# right = "Something"
# wrong = ["Something else", "Nothing at all", "A third thing"]
# explanation = "The answer to the first question tells it."
# difficulty = "easy"
"""
_PROMPTS: Final = """\
# Questions to talk about, with no right answer.

# [[prompts]]
# number = 1
# text = "What would you have done?"
"""


def write_draft(plan: Plan, folder: Path) -> None:
    """Write a pack's files into a folder that is not there yet or empty, all of them or none.

    Raises OperatorError where the folder holds something or cannot be written.
    """
    texts = {name: text.encode() for name, text in _texts(plan).items()}
    if any(len(data) > MAX_TOML for data in texts.values()):
        raise OperatorError(
            _("That's too much to edit by hand."),
            _("Cut the transcript, or load all of it: {encore} load", encore=ENCORE),
        )
    unfinished = files.unfinished_folder(folder)
    try:
        if folder.exists() and any(folder.iterdir()):
            raise OperatorError(_("{folder} is not empty.", folder=folder), _("Name a new folder."))
        with files.made_folder(unfinished):
            for name, data in texts.items():
                (unfinished / name).write_bytes(data)
            write_lines(unfinished / files.ANSWERS, plan.answers)
            if folder.exists():
                folder.rmdir()
            unfinished.rename(folder)
    except OSError as error:
        raise OperatorError(
            _("{folder} cannot be written: {why}.", folder=folder, why=error),
            _(
                "Check that you may write there and that {fresh} isn't in the way.",
                fresh=unfinished,
            ),
        ) from error


def _texts(plan: Plan) -> Mapping[str, str]:
    people = plan.interview["people"]
    key = f'"{people[0]["key"]}"' if people else ""
    return {
        files.INTERVIEW: _interview(plan.interview),
        files.QUOTES: _QUOTES + _entries("quotes", plan.quotes),
        files.FACTS: _FACTS.format(person=key),
        files.TRIVIA: _TRIVIA,
        files.PROMPTS: _PROMPTS,
    }


def _interview(interview: Mapping[str, Any]) -> str:
    # Only who loads something pays for the import.
    import tomli_w

    fields = {name: value for name, value in interview.items() if not isinstance(value, list)}
    return "\n".join(
        [
            _HEAD.format(answers=files.ANSWERS) + tomli_w.dumps(fields) + _ABOUT,
            _entries("people", interview["people"], _PERSON),
            _entries("exchanges", interview["exchanges"], _EXCHANGE),
        ]
    )


def _entries(table: str, rows: Iterable[Mapping[str, Any]], comment: str = "") -> str:
    import tomli_w

    return "\n".join(f"[[{table}]]\n{tomli_w.dumps(row)}{comment}" for row in rows)
