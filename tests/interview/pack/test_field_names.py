"""Words are proposed for those that are nearly them, and no field is forgotten."""

from typing import get_args

import pytest

from bot.interview.model import Difficulty
from bot.interview.pack import entries
from bot.interview.pack.field_names import FIELDS, LEVELS, file_named_like, nearest


def test_every_field_of_an_entry_is_known() -> None:
    kinds = [kind for kind in vars(entries).values() if isinstance(kind, type)]
    names = {
        name for kind in kinds if issubclass(kind, entries.Entry) for name in kind.model_fields
    }
    assert names - {"sentences"} <= FIELDS, "name it in FIELDS of bot/interview/pack/field_names.py"


def test_the_words_of_a_field_are_those_that_it_takes() -> None:
    assert LEVELS["spoiler"] == get_args(entries.Level)
    assert LEVELS["difficulty"] == tuple(level.value for level in Difficulty)
    pronoun = entries.PersonEntry.model_fields["pronoun"].annotation
    assert LEVELS["pronoun"] == get_args(get_args(pronoun)[0])


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("topcis", "topics"),
        ("Number", "number"),
        ("false version", "false_version"),
        ("false-version", "false_version"),
        ("options", "wrong"),
        ("height", None),
    ],
)
def test_a_field_is_proposed_only_where_it_is_near(typed: str, name: str | None) -> None:
    assert nearest(typed, FIELDS) == name


def test_a_file_of_other_things_is_none_of_a_pack() -> None:
    assert file_named_like("notes.toml") is None
