"""Every mistake in a pack is told, with its line and a remedy; nothing else is."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.editing.check import check
from bot.interview.model import Colours, Spoiler
from bot.interview.pack.pack import read_pack
from bot.interview.pack.packs import read_packs
from tests.interview.pack.conftest import mistakes_in
from tests.packs import INTERVIEW, fact, question, quote, toml_entries, write_lines, write_pack

DAY = date(2026, 11, 25)


def test_a_good_pack_has_no_mistakes(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "boat", facts=[fact(1)], questions=[question(1, about=1)])
    assert mistakes_in(folder) == []


def test_all_mistakes_are_told_at_once_in_the_order_of_the_files(tmp_path: Path) -> None:
    quotes = [quote(1), quote(1, text="Another text."), quote(2, speaker="nobody"), quote(3)]
    folder = write_pack(tmp_path / "boat", quotes=quotes, facts=[fact(1, exchange=77)])
    mistakes = mistakes_in(folder)
    assert [line.split(": ")[0] for line in mistakes] == [
        "facts.toml:6",
        "quotes.toml:11",
        "quotes.toml:22",
    ]


COLOURS: Sequence[tuple[dict[str, str], str]] = [
    (
        {"background": "#777777", "text": "#888888"},
        "text can hardly be read on the background (1.3 to 1); make one of them lighter or darker,"
        " up to 4.5 to 1",
    ),
    (
        {"background": "#1b2a41", "text": "#f6f3ee", "accent": "#24385a"},
        "accent can hardly be read on the background (1.2 to 1)",
    ),
    (
        {"background": "navy", "text": "#f6f3ee"},
        'background can\'t be "navy"; write a colour such as #1b2a41',
    ),
    ({"background": "#1b2a41"}, 'text is missing; add text = "#f6f3ee"'),
    (
        {"background": "#1b2a41", "text": "#f6f3ee", "ink": "#000000"},
        "there's no field ink here; use one of background, text, accent",
    ),
]


@pytest.mark.parametrize(("colours", "sentence"), COLOURS)
@pytest.mark.parametrize("is_inline", [False, True])
def test_colours_that_cannot_be_read_are_told(
    tmp_path: Path, colours: dict[str, str], sentence: str, is_inline: bool
) -> None:
    folder = write_pack(tmp_path / "boat", interview={**INTERVIEW, "colours": colours})
    if is_inline:
        write_pack(folder)
        path = folder / "interview.toml"
        pairs = ", ".join(f'{name} = "{value}"' for name, value in colours.items())
        path.write_text(f"colours = {{ {pairs} }}\n{path.read_text('utf-8')}", "utf-8")
    (mistake,) = mistakes_in(folder)
    assert mistake.startswith("interview.toml:")
    assert sentence in mistake


def test_a_packs_own_colours_are_read(tmp_path: Path) -> None:
    colours = {"background": "#1B2a41", "text": "#f6f3ee"}
    folder = write_pack(tmp_path / "boat", interview={**INTERVIEW, "colours": colours})
    assert mistakes_in(folder) == []
    pack = read_pack(folder)
    assert pack is not None
    assert pack.interview.colours == Colours(0x1B2A41, 0xF6F3EE)


QUOTE_MISTAKES: Sequence[tuple[dict[str, Any], str]] = [
    (
        {"speaker": "nobody"},
        'nobody in interview.toml has the key \'nobody\'; there are "ada-example", "ben-sample"',
    ),
    ({"exchange": 40}, "there's no exchange 40; use one from interview.toml"),
    ({"text": ""}, "text is empty; write the words themselves"),
    ({"text": "x" * 3001}, "text has 3001 characters; shorten it to 3000"),
    ({"text": "one\ntwo"}, "holds a line break; take it out"),
    ({"text": "one\x1ctwo"}, "holds a line break; take it out"),
    ({"spoiler": "huge"}, 'spoiler can\'t be "huge"; write "none", "mild" or "major"'),
    ({"number": 0}, "number can't be 0; write at least 1"),
    ({"number": "7"}, "number is in quotation marks; write 7, without them"),
    ({"speeker": "x"}, "there's no field speeker here; did you mean speaker?"),
    ({"topics": ["a:b"]}, "an entry of topics holds a colon; take it out"),
    ({"topics": ["x" * 25]}, "an entry of topics has 25 characters; shorten it to 24"),
    ({"games": ["chess"]}, 'games can\'t be "chess"; write "who", "line", "question" or "compare"'),
    ({"games": "who"}, 'games takes a list; write ["who"], in square brackets'),
]


@pytest.mark.parametrize(("fields", "sentence"), QUOTE_MISTAKES)
def test_a_mistake_in_a_quote_is_a_sentence(
    tmp_path: Path, fields: dict[str, Any], sentence: str
) -> None:
    folder = write_pack(tmp_path / "boat", quotes=[{**quote(9), **fields}])
    mistakes = mistakes_in(folder)
    assert len(mistakes) == 1
    assert mistakes[0].startswith("quotes.toml:")
    assert sentence in mistakes[0]


ENTRY_MISTAKES: Sequence[tuple[str, list[dict[str, Any]], str]] = [
    ("facts", [fact(1, people=["nobody"])], "nobody in interview.toml has the key 'nobody'"),
    ("facts", [fact(1, people=["ben-sample", "ben-sample"])], "the same person twice"),
    ("facts", [fact(1, explanation="")], "explanation is empty"),
    ("facts", [fact(1, false_version=fact(1)["text"])], "says what the fact says"),
    ("facts", [fact(1), fact(2, text=fact(1)["text"])], "the same text as on line 1"),
    (
        "questions",
        [question(1, wrong=["A", "B"])],
        "a question has three wrong answers, not 2; add 1 more",
    ),
    (
        "questions",
        [question(1, wrong=["A", "B", "C", "D"])],
        "a question has three wrong answers, not 4; take out 1",
    ),
    ("facts", [fact(1, people=["Ada Example"])], 'write "ada-example", the key in interview.toml'),
    ("questions", [question(1, wrong=["A", "B", "a jar of STARTER"])], "is also a wrong one"),
    ("questions", [question(1, wrong=["A", "B", "b"])], "two wrong answers are the same"),
    ("questions", [question(1, prompt="Is it a jar of starter?")], "gives away the right answer"),
    ("questions", [question(1, right="x" * 32)], "right has 32 characters; shorten it to 31"),
    ("questions", [question(1, about=12)], "there's no fact 12; correct the number"),
    ("questions", [question(1, not_with=[12])], "there's no question 12; correct the number"),
    ("questions", [question(1, not_with=[1])], "not_with names the question itself; name the"),
    (
        "questions",
        [question(1, not_with=["2"])],
        "an entry of not_with is in quotation marks; write 2",
    ),
    ("questions", [question(1, difficulty="awful")], 'difficulty can\'t be "awful"; write "easy"'),
    ("prompts", [{"number": 1, "text": "A?"}, {"number": 1, "text": "B?"}], "line 1 already has"),
    ("prompts", [{"text": "A?"}], "number is missing; add one that was never used"),
]


@pytest.mark.parametrize(("table", "rows", "sentence"), ENTRY_MISTAKES)
def test_a_mistake_in_an_entry_is_a_sentence(
    tmp_path: Path, table: str, rows: list[dict[str, Any]], sentence: str
) -> None:
    folder = write_pack(tmp_path / "boat", **{table: rows})
    mistakes = mistakes_in(folder)
    assert len(mistakes) == 1
    assert sentence in mistakes[0]


INTERVIEW_MISTAKES: Sequence[tuple[Mapping[str, Any], str]] = [
    ({"outlet": ""}, "outlet is empty"),
    ({"link": "example.org"}, 'write "https://example.org"'),
    ({"link": "www.example.org"}, 'write "https://www.example.org"'),
    ({"language": "English"}, "write a language code such as en"),
    ({"exchanges": INTERVIEW["exchanges"][1:]}, "no exchange has the number 0"),
    (
        {"exchanges": [*INTERVIEW["exchanges"], INTERVIEW["exchanges"][0]]},
        "two exchanges have the number 0",
    ),
    (
        {"people": [*INTERVIEW["people"], {"name": "Ada Exámple"}]},
        "'Ada Exámple' has the same key as 'Ada Example'",
    ),
    ({"people": [*INTERVIEW["people"], {"name": "עדה"}]}, "doesn't make a key"),
    ({"people": [*INTERVIEW["people"], {"key": "x"}]}, "name is missing; add it"),
]


@pytest.mark.parametrize(("fields", "sentence"), INTERVIEW_MISTAKES)
def test_a_mistake_in_the_interview_is_a_sentence(
    tmp_path: Path, fields: Mapping[str, Any], sentence: str
) -> None:
    folder = write_pack(tmp_path / "boat", interview={**INTERVIEW, **fields})
    mistakes = mistakes_in(folder)
    assert len(mistakes) == 1
    assert mistakes[0].startswith("interview.toml:")
    assert sentence in mistakes[0]


def test_a_file_that_is_not_toml_is_named_with_the_line(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "boat")
    (folder / "facts.toml").write_text('[[facts]]\nnumber = 1\ntext = "open\n', "utf-8")
    (mistake,) = mistakes_in(folder)
    assert mistake.startswith("facts.toml:3: the quotation mark at the end of the text is missing")


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "boat")
    (folder / "facts.toml").write_bytes("[[facts]]\ntext = 'é'".encode("cp1252"))
    (mistake,) = mistakes_in(folder)
    assert mistake == (
        "facts.toml:2: this character isn't saved as UTF-8, perhaps as ANSI; save it again as"
        " UTF-8: Notepad asks for the encoding under Save as"
    )


def test_a_line_of_a_streamed_file_that_is_not_json_is_named(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "boat", quotes=[])
    write_lines(folder / "quotes.jsonl", [quote(1), quote(2)])
    with (folder / "quotes.jsonl").open("a") as file:
        file.write("{oops\n")
    (mistake,) = mistakes_in(folder)
    assert mistake.startswith("quotes.jsonl:3: oops isn't in quotation marks")


def test_a_number_used_in_both_quote_files_is_a_mistake(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "boat", quotes=[quote(1)])
    write_lines(folder / "quotes.jsonl", [quote(1, text="Something else was said here.")])
    (mistake,) = mistakes_in(folder)
    assert "line 1 already has the number 1" in mistake


def test_lines_are_told_behind_multi_line_strings(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "boat", quotes=[])
    text = 'note = """\n[[quotes]]\n"""\n' + toml_entries("quotes", [quote(1, exchange=50)])
    (folder / "quotes.toml").write_text(text, "utf-8")
    assert [line.split(": ")[0] for line in mistakes_in(folder)] == [
        "quotes.toml:1",
        "quotes.toml:6",
    ]


def test_what_an_entry_leaves_out_comes_from_its_exchange(tmp_path: Path) -> None:
    row = quote(1, exchange=4)
    del row["topics"]
    pack = read_pack(write_pack(tmp_path / "boat", quotes=[row, quote(2, exchange=3)]))
    assert pack is not None
    first, second = pack.quotes()
    assert (first.spoiler, first.topics) == (Spoiler.MAJOR, ())
    assert (second.spoiler, second.topics) == (Spoiler.MILD, ("boats",))


def test_a_withdrawn_entry_keeps_its_number_and_is_not_shown(tmp_path: Path) -> None:
    rows = [quote(1, withdrawn=True), quote(1, text="New words under an old number.")]
    folder = write_pack(tmp_path / "boat", quotes=rows)
    assert "line 1 already has the number 1" in mistakes_in(folder)[0]
    pack = read_pack(write_pack(tmp_path / "boat", quotes=rows[:1]))
    assert pack is not None
    assert list(pack.quotes()) == []


def test_facts_are_counted_among_those_about_the_same_people(tmp_path: Path) -> None:
    facts = [fact(2), fact(4), fact(1), fact(6, people=["ben-sample", "ada-example"])]
    pack = read_pack(write_pack(tmp_path / "boat", facts=facts))
    assert pack is not None
    assert [(fact.place, fact.total) for fact in pack.facts] == [(1, 2), (2, 2), (1, 1), (1, 1)]


def test_a_loaded_folder_adds_to_its_interview(tmp_path: Path) -> None:
    base = write_pack(tmp_path / "boat", quotes=[quote(1)])
    addition = write_pack(tmp_path / "packs" / "boat", interview={"adds_to": "boat"}, quotes=[])
    write_lines(addition / "quotes.jsonl", [quote(2)])
    packs = read_packs([base, addition])
    assert not packs.mistakes
    assert [quote.number for quote in packs.packs[0].quotes()] == [1, 2]


def test_an_addition_to_what_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    addition = write_pack(tmp_path / "packs" / "boat", interview={"adds_to": "ship"}, quotes=[])
    assert "adds to the interview 'ship', which doesn't exist" in str(next(check([addition])))


def test_two_interviews_of_one_name_are_a_mistake(tmp_path: Path) -> None:
    folders = [write_pack(tmp_path / "a" / "boat"), write_pack(tmp_path / "b" / "boat")]
    assert "another interview is also named 'boat'" in str(next(check(folders)))


def test_a_folder_whose_name_no_button_carries_is_a_mistake(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "The Boat!")
    assert "use at most 32 lowercase letters" in mistakes_in(folder)[0]


def test_what_a_later_day_brought_comes_later_whatever_file_it_stands_in(tmp_path: Path) -> None:
    rows = [quote(1, since=DAY), quote(2)]
    folder = write_pack(tmp_path / "boat", quotes=rows)
    write_lines(folder / "quotes.jsonl", [quote(3), quote(4, since="2026-01-01")])
    pack = read_pack(folder)
    assert pack is not None
    assert [quote.number for quote in pack.quotes()] == [2, 3, 4, 1]
