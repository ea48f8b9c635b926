"""What stands beside a pack in another language is held against the pack, entry by entry."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.editing.check import hints_at
from bot.interview.pack.pack import Pack, read_pack
from bot.interview.pack.translation_marks import mark_translations
from tests.interview.pack.conftest import mistakes_in
from tests.packs import (
    fact,
    question,
    translated_fact,
    translated_question,
    write_pack,
)

PROMPTS = ({"number": 1, "text": "Bread or boats?"}, {"number": 2, "text": "Salt or sweet?"})


def write(folder: Path, *, language: str = "fr", **entries: Any) -> Path:
    """Write a pack of two facts, two questions and two prompts, with a translation."""
    return write_pack(
        folder / "boat",
        facts=[fact(1), fact(2)],
        questions=[question(1), question(2)],
        prompts=PROMPTS,
        languages={language: entries},
    )


def hints_in(folder: Path) -> list[str]:
    return [
        hint.as_hint().removeprefix(f"{folder}/").replace("\\", "/") for hint in hints_at([folder])
    ]


def read(folder: Path) -> Pack:
    pack = read_pack(folder)
    assert pack is not None
    return pack


MISTAKES: Sequence[tuple[Mapping[str, Any], str]] = [
    ({"quote": {"1": {"text": "Non."}}}, "quotes are never translated; take them out"),
    (
        {"facts": {"1": translated_fact(1)}},
        "there's no part 'facts' in a translation; write [fact.1]",
    ),
    ({"fact": "rien"}, "it doesn't say which fact it is; begin each entry with a header such as"),
    ({"fact": {"9": translated_fact(9)}}, "there's no fact 9 in the pack; correct the number"),
    ({"fact": {"01": translated_fact(1)}}, "there's no fact 01 in the pack"),
    ({"prompt": {"1": {}}}, "text is missing; translate it too, or take the whole entry out"),
    ({"fact": {"1": translated_fact(1, text="")}}, "text is empty"),
    (
        {"fact": {"1": translated_fact(1, spoiler="none")}},
        "there's no field spoiler here; use one of source, text",
    ),
    (
        {"fact": {"1": translated_fact(1, text="É.", false_version="e.")}},
        "the false version says what the fact says",
    ),
    (
        {"fact": {"1": translated_fact(1, text="Un."), "2": translated_fact(2, text="un.")}},
        "the same text as fact.1; reword one of them",
    ),
    ({"question": {"1": translated_question(1, right="x" * 32)}}, "right has 32 characters"),
    (
        {"question": {"1": translated_question(1, wrong=["A", "B"])}},
        "three wrong answers, not 2; add 1 more",
    ),
    (
        {"question": {"1": translated_question(1, wrong=["A", "B", "un POT de levain"])}},
        "the right answer 'Un pot de levain' is also a wrong one",
    ),
    (
        {"question": {"1": translated_question(1, wrong=["A", "B", "b"])}},
        "two wrong answers are the same",
    ),
    (
        {"question": {"1": translated_question(1, prompt="Est-ce un pot de levain ?")}},
        "the prompt gives away the right answer",
    ),
    ({"exchange": {"1": {"title": "L\u2019idée"}}}, "summary is missing; translate it too"),
    ({"exchange": {"1": {"title": "x" * 32, "summary": "y"}}}, "title has 32 characters"),
    ({"person": {"ada-example": {"role": "", "part": "Seigle"}}}, "role is empty"),
    ({"person": {"ben-sample": {"role": "a", "part": "b"}}}, "the pack has no part there"),
    (
        {"person": {"nobody": {"role": "personne"}}},
        "there's no person nobody in the pack; write the key of",
    ),
    ({"prompt": {"1": {"text": "a\nb"}}}, "text holds a line break"),
    ({"topics": {"beurre": "butter"}}, "there's no topic 'beurre' in the pack"),
    ({"topics": {"boats": "Bread"}}, "'boats' has the same name as 'bread'; give it another name"),
    ({"topics": {"boats": "x" * 32}}, "boats has 32 characters"),
]


@pytest.mark.parametrize(("entries", "sentence"), MISTAKES)
def test_a_mistake_in_a_translation_is_a_sentence(
    tmp_path: Path, entries: Mapping[str, Any], sentence: str
) -> None:
    mistakes = mistakes_in(write(tmp_path, **entries))
    assert len(mistakes) == 1
    assert mistakes[0].startswith("fr.toml:")
    assert sentence in mistakes[0]


def test_a_mistake_is_told_with_the_line_of_its_header(tmp_path: Path) -> None:
    folder = write(tmp_path)
    text = 'x = """\n[fact.1]\n"""\n\n[ fact . "2" ] # ici\ntext = "Deux."\n[quote.1]\n'
    (folder / "fr.toml").write_text(text, "utf-8")
    assert [line.split(";")[0] for line in mistakes_in(folder)] == [
        "fr.toml:1: there's no part 'x' in a translation",
        "fr.toml:5: explanation is missing",
        "fr.toml:5: false_version is missing",
        "fr.toml:5: who is missing",
        "fr.toml:7: quotes are never translated",
    ]


def test_a_translation_into_the_language_of_the_pack_is_a_mistake(tmp_path: Path) -> None:
    (mistake,) = mistakes_in(write(tmp_path, language="en"))
    assert mistake.startswith("en.toml:1: the pack itself is in 'en'")


def test_a_translation_that_is_not_toml_is_named_with_the_line(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "fr.toml").write_text("[fact.1]\n[fact.1]\n", "utf-8")
    *_about_the_first, mistake = mistakes_in(folder)
    assert mistake.startswith("fr.toml:2: [fact.1] is there already, on line 1; put both together")


def test_what_is_not_translated_is_a_hint(tmp_path: Path) -> None:
    folder = write(tmp_path, fact={"1": translated_fact(1)}, topics={"boats": "bateaux"})
    assert mistakes_in(folder) == []
    assert [line.split(";")[0] for line in hints_in(folder)] == [
        "fr.toml:1:1: hint: not translated: person ada-example, ben-sample, dan-absent",
        "fr.toml:1:1: hint: not translated: exchange 0, 1, 2, 3, 4, 5",
        "fr.toml:1:1: hint: not translated: fact 2",
        "fr.toml:1:1: hint: not translated: question 1, 2",
        "fr.toml:1:1: hint: not translated: prompt 1, 2",
        "fr.toml:1:1: hint: not translated: topics bread",
    ]


def test_of_much_that_is_not_translated_a_dozen_is_named(tmp_path: Path) -> None:
    folder = write_pack(
        tmp_path / "boat", facts=[fact(n) for n in range(1, 31)], languages={"fr": {}}
    )
    facts = [line for line in hints_in(folder) if "not translated: fact" in line]
    assert "not translated: fact 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, … (30 in all);" in facts[0]


def test_a_weak_question_is_a_hint_in_any_language(tmp_path: Path) -> None:
    weak = translated_question(1, wrong=["Sel", "Eau", "Riz"])
    folder = write(tmp_path, question={"1": weak, "2": translated_question(2)})
    hints = [line for line in hints_in(folder) if "not translated" not in line]
    assert len(hints) == 1
    assert "much longer than the wrong ones" in hints[0]


def test_a_file_that_no_member_would_see_is_a_hint(tmp_path: Path) -> None:
    folder = write(tmp_path, language="jp")
    assert "no member of Discord can choose the language 'jp'" in hints_in(folder)[0]
    (folder / "jp.toml").rename(folder / "fr_FR.toml")
    assert hints_in(folder) == [
        (
            "fr_FR.toml:1:1: hint: nothing reads this file; name a translation by its language:"
            " fr.toml, pt-BR.toml"
        )
    ]


def test_a_translation_whose_original_was_edited_is_a_hint_and_not_shown(tmp_path: Path) -> None:
    entries = {"1": translated_fact(1), "2": translated_fact(2)}
    folder = write(tmp_path, fact=entries)
    assert mark_translations(folder) == 2
    assert mark_translations(folder) == 0
    assert ("fact", "1") in read(folder).translations[0].entries
    path = folder / "facts.toml"
    path.write_text(path.read_text("utf-8").replace("has 1 sourdough", "keeps 1 sourdough"))
    assert mistakes_in(folder) == []
    (hint,) = [line for line in hints_in(folder) if "not translated" not in line]
    assert "fact.1 has changed since, so this is not shown; check it, delete its source" in hint
    assert read(folder).translations[0].entries.keys() == {("fact", "2")}
    # As the hint says.
    path = folder / "fr.toml"
    header, _mark, rest = path.read_text("utf-8").split("\n", 2)
    path.write_text(f"{header}\n{rest}", "utf-8")
    assert mark_translations(folder) == 1
    assert ("fact", "1") in read(folder).translations[0].entries


def test_marks_change_nothing_else_in_a_file(tmp_path: Path) -> None:
    folder = write(tmp_path)
    path = folder / "fr.toml"
    before = '# À nous\n[prompt.2]\ntext = "Sel ?"\n[prompt]\n1 = {text = "Pain ?"}\n[fact.99]\n'
    path.write_text(before, "utf-8")
    assert mark_translations(folder) == 1
    lines = path.read_text("utf-8").splitlines(keepends=True)
    assert lines.pop(2).startswith('source = "')
    assert "".join(lines) == before


def test_the_translation_of_a_withdrawn_entry_is_a_hint(tmp_path: Path) -> None:
    folder = write_pack(
        tmp_path / "boat",
        facts=[fact(1), fact(2, withdrawn=True)],
        languages={"fr": {"fact": {"1": translated_fact(1), "2": translated_fact(2)}}},
    )
    assert mistakes_in(folder) == []
    assert [line for line in hints_in(folder) if "fact" in line] == [
        "fr.toml:7:1: hint: fact.2 was withdrawn; take its translation out"
    ]
    assert read(folder).translations[0].entries.keys() == {("fact", "1")}


def test_a_pack_without_translations_has_no_hints(tmp_path: Path) -> None:
    assert hints_in(write_pack(tmp_path / "boat", facts=[fact(1)])) == []
