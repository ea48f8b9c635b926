"""A planned interview written as files for an editor to go on with, with comments to fill in."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from bot.errors import OperatorError
from bot.interview.loading.loaded_packs import write_lines
from bot.interview.loading.plan import Plan
from bot.interview.pack import files
from bot.interview.pack.toml_files import MAX_TOML
from bot.text import ENCORE, _

_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})
_TEMPLATES: Final = Path(__file__).with_name("templates")
_HEAD: Final = """\
# What the interview is. A line like "# name =" is a field you may fill in: take away the "# ".
#
#   title         what it is called
#   work          what it is about, such as a film, a series or a book; left out, the title
#   outlet        who published it
#   byline        who asked the questions
#   link          where it was published
#   language      its language, such as en, fr or pt-BR
#   rights        whose words these are, in a sentence
#   mature_words  words that keep a passage of answers.jsonl in age-restricted channels
#   colours       for quotes as pictures; text and accent must be easy to read on the background

"""
_ANSWERS: Final = """\
# answers.jsonl holds the whole answers, for /interview, Context and the page where you pick quotes.
# Delete it if you may only publish short quotes.
"""
_ABOUT: Final = {
    "byline": "Who asked the questions",
    "link": "https://example.org/where-it-was-published",
    "language": "en",
    "rights": "Whose words these are, in a sentence.",
}
_LOOK: Final = """\
# mature_words = ["words", "for age-restricted channels"]
# colours = { background = "#1b2a41", text = "#f6f3ee", accent = "#e0a458" }
"""
_PEOPLE: Final = """\
# Who speaks, and who is talked about. Quotes and facts call people by their key; it never changes.

"""
_PERSON: Final = {
    "aliases": ["Another spelling"],
    "role": "what they do",
    "part": "who they play",
    "pronoun": "they",
}
_EXCHANGES: Final = """\
# The questions in order; 0 is the introduction.
#
#   title    at most 31 characters, to fit on a button
#   summary  the question, in your own words
#   topics   what its answers are about
#   spoiler  how much they give away: none, mild or major
#   guessed  false: trivia never asks for this question, say because its title fits others too
#   link     where this one was published, if it was somewhere else

"""
_EXCHANGE: Final = {"topics": ["one", "another"], "spoiler": "mild"}


def write_draft(plan: Plan, folder: Path, decisions: Mapping[str, Any] = _NOTHING) -> None:
    """Write a pack's files into a folder that is not there yet or empty, all of them or none.

    `decisions` are those under which its transcript was read, as TOML.

    Raises OperatorError where the folder holds something or cannot be written.
    """
    texts = {name: text.encode() for name, text in _texts(plan, folder, decisions).items()}
    if any(len(data) > MAX_TOML for data in texts.values()):
        raise OperatorError(
            _("That's too much to edit by hand."),
            _("Cut the transcript, or load all of it: {encore} load", encore=ENCORE),
        )
    refuse_taken(folder)
    unfinished = files.unfinished_folder(folder)
    try:
        with files.made_folder(unfinished):
            for name, data in texts.items():
                (unfinished / name).write_bytes(data)
            if plan.answers:
                write_lines(unfinished / files.ANSWERS, plan.answers)
            if folder.exists():
                folder.rmdir()
            unfinished.rename(folder)
    except OSError as error:
        raise OperatorError(
            _("{folder} can't be written: {why}.", folder=folder, why=error),
            _(
                "Check that you may write there and that {fresh} isn't in the way.",
                fresh=unfinished,
            ),
        ) from error


def refuse_taken(folder: Path) -> None:
    """Raise OperatorError where a folder is none, or holds something."""
    try:
        if folder.exists() and any(folder.iterdir()):
            raise OperatorError(
                _("{folder} isn't empty.", folder=folder),
                _(
                    "Name a new folder; to carry on with this one: {encore} edit {folder}",
                    encore=ENCORE,
                    folder=folder,
                )
                if files.is_pack(folder)
                else _("Name a new folder."),
            )
    except OSError as error:
        raise files.unwritable(folder, error) from error


def _texts(plan: Plan, folder: Path, decisions: Mapping[str, Any]) -> Mapping[str, str]:
    import tomli_w

    people = plan.interview["people"]
    key = people[0].get("key", "") if people else ""

    def template(name: str) -> str:
        text = (_TEMPLATES / name).read_text("utf-8")
        return (
            text.replace("FOLDER", folder.as_posix())
            .replace("encore ", f"{ENCORE} ")
            .replace('"PERSON"', f'"{key}"' * bool(key))
        )

    quotes = _entries("quotes", plan.quotes) if plan.quotes else template("quote_example.toml")
    return {
        files.INTERVIEW: _interview(plan),
        files.QUOTES: template(files.QUOTES) + quotes,
        files.FACTS: template(files.FACTS),
        files.TRIVIA: template(files.TRIVIA),
        files.PROMPTS: template(files.PROMPTS),
        **({files.READING: tomli_w.dumps(decisions)} if decisions else {}),
    }


def _interview(plan: Plan) -> str:
    # Only who loads something pays for the import.
    import tomli_w

    fields = {name: value for name, value in plan.interview.items() if not isinstance(value, list)}
    about = {**_ABOUT, **plan.suggestions}
    return "\n".join(
        [
            _HEAD + tomli_w.dumps(fields) + _commented(about, fields) + _LOOK,
            *([_ANSWERS] if plan.answers else []),
            _PEOPLE + _entries("people", plan.interview["people"], _PERSON),
            _EXCHANGES + _entries("exchanges", plan.interview["exchanges"], _EXCHANGE),
        ]
    )


def _entries(
    table: str, rows: Iterable[Mapping[str, Any]], examples: Mapping[str, Any] = _NOTHING
) -> str:
    """Write entries, each with what it may say besides."""
    import tomli_w

    return "\n".join(
        f"[[{table}]]\n{tomli_w.dumps(row)}{_commented(examples, row)}" for row in rows
    )


def _commented(examples: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """Write, as comments, the fields that are not there."""
    lines = (
        f"# {name} = {json.dumps(value, ensure_ascii=False)}\n"
        for name, value in examples.items()
        if name not in row
    )
    return "".join(lines)
