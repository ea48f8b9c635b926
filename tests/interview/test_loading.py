"""A transcript becomes an interview, or more of one there is; what it adds can be taken away."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.editing.check import check
from bot.editing.load import draft, plan_of, summary_of, tomorrow
from bot.errors import OperatorError
from bot.interview.audience import SpoilerPolicy, audience
from bot.interview.library.build import ensure_content
from bot.interview.library.library import open_library
from bot.interview.loading.loaded_packs import undo, write_plan
from bot.interview.loading.passages import MAX_WORDS, MIN_WORDS, passages
from bot.interview.loading.plan import Plan
from bot.interview.model import Answer
from bot.interview.pack.packs import read_pack
from bot.interview.transcript import Transcript, parse_transcript
from bot.interview.words import QuotedWords
from tests.packs import INTERVIEW, quote, write_pack

SEES_ALL = audience(SpoilerPolicy.SHOW, allows_mature=True)
FIRST = "We found the boat in a field behind the old mill one rainy spring."
SECOND = "It took us three whole weeks to get the damn thing into the water again."
OVEN = "The oven came later, in eleven pieces, and each of them had a name of its own."
TALK = f"""Two bakers on a boat

THE HARBOUR POST: How did it begin?

ADA EXAMPLE: {FIRST} Nobody helped. {SECOND}

BEN SAMPLE: I held the rope.

And what about the oven?

SAMPLE: {OVEN} Truly.
"""


class Stage:
    """A checkout's folders and a file to load."""

    def __init__(self, folder: Path) -> None:
        self.packs_dir = folder / "data"
        self.data_dir = folder / "var"
        self.file = folder / "talk.txt"
        self.file.write_text(TALK, "utf-8")

    def transcript(self) -> Transcript:
        return parse_transcript(self.file)

    def plan(self, slug: str | None = None) -> Plan:
        return plan_of(self.transcript(), self.packs_dir, self.data_dir, slug)

    def load(self) -> Path:
        return write_plan(self.plan(), self.file, self.data_dir)

    def content(self) -> Path:
        return ensure_content(self.data_dir, self.packs_dir)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    stage = Stage(tmp_path)
    quotes = [
        quote(1, exchange=1, speaker="ada-example", text=FIRST),
        quote(
            7,
            exchange=2,
            speaker="ben-sample",
            text="The oven came later […] had a name of its own.",
        ),
    ]
    write_pack(stage.packs_dir / "boat", quotes=quotes)
    return stage


def test_a_transcript_adds_to_the_interview_whose_quotes_occur_in_it(stage: Stage) -> None:
    plan = stage.plan()
    assert plan.adds_to == "boat"
    assert [(row["number"], row["text"]) for row in plan.quotes] == [
        (1001, f"Nobody helped. {SECOND}"),
        (1002, "I held the rope."),
        (1003, f"{OVEN} Truly."),
    ]
    assert [row.get("drawn", True) for row in plan.quotes] == [True, False, True]
    assert [row.get("mature", False) for row in plan.quotes] == [True, False, False]


async def test_what_was_loaded_is_found_drawn_and_read_after_a_rebuild(stage: Stage) -> None:
    stage.load()
    async with open_library(stage.content()) as library:
        assert list(library.interviews) == ["boat"]
        found = await library.find("boat", "rope", SEES_ALL, limit=5)
        assert [hit.text for hit in found.hits] == ["I held the rope."]
        facet = library.facet("boat", "quote", audience=SEES_ALL)
        assert facet is not None
        assert facet.size == 4
        said = await library.said_to("boat", 1, SEES_ALL)
        assert said == [
            Answer("boat", 1, "ada-example", (FIRST, "Nobody helped.", SECOND)),
            Answer("boat", 1, "ben-sample", ("I held the rope.",)),
        ]


async def test_what_was_loaded_can_be_taken_away(stage: Stage) -> None:
    before = stage.content()
    folder = stage.load()
    assert stage.content() != before
    assert undo(stage.data_dir, None) == folder
    assert stage.content().name == before.name
    with pytest.raises(OperatorError, match="Nothing was loaded"):
        undo(stage.data_dir, None)


def test_loading_again_replaces_what_was_loaded(stage: Stage) -> None:
    first = stage.load()
    stage.file.write_text(TALK.replace("I held the rope.", "I only held the long rope."), "utf-8")
    assert stage.load() == first
    assert "only held" in (first / "quotes.jsonl").read_text("utf-8")
    assert "I held" not in (first / "quotes.jsonl").read_text("utf-8")
    rows = [json.loads(line) for line in (first / "quotes.jsonl").read_text("utf-8").splitlines()]
    assert [(row["number"], row.get("withdrawn", False)) for row in rows] == [
        (1001, False),
        (1004, False),
        (1003, False),
        (1002, True),
    ], "a number stays with its words"
    assert list(check([stage.packs_dir / "boat", first])) == []


def test_what_is_loaded_comes_on_the_cards_of_later_days(stage: Stage) -> None:
    days = {row["since"] for row in stage.plan().quotes}
    assert days == {tomorrow().isoformat()}
    path = stage.load() / "quotes.jsonl"
    path.write_text(path.read_text("utf-8").replace(*days, "2026-01-01"), "utf-8")
    assert {row["since"] for row in stage.plan().quotes} == {"2026-01-01"}, "once, not each time"


def test_a_new_pack_waits_for_an_editor_and_passes_the_check(stage: Stage, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    draft(stage.file, folder, {})
    assert list(check([folder])) == []
    for path in folder.glob("*.toml"):
        text = path.read_text("utf-8")
        path.write_text(re.sub(r"^# (?=\[\[|\w+ = )", "", text, flags=re.MULTILINE), "utf-8")
    assert list(check([folder])) == [], "the examples in the comments are right as they stand"
    pack = read_pack(folder)
    assert pack is not None
    assert (len(pack.facts), len(pack.questions), len(pack.prompts)) == (1, 1, 1)
    assert [quote.number for quote in pack.quotes()] == [1, 2, 3, 4]
    assert len(list(pack.answers())) == 3
    with pytest.raises(OperatorError, match="is not empty"):
        draft(stage.file, folder, {})
    with pytest.raises(OperatorError, match="cannot stand in a button"):
        draft(stage.file, tmp_path / "New Pack", {})


async def test_another_interview_becomes_one_of_its_own(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    write_pack(stage.packs_dir / "boat", interview={**INTERVIEW, "title": "Something else"})
    plan = stage.plan()
    assert (plan.adds_to, plan.slug) == ("", "two-bakers-on-a-boat")
    folder = stage.load()
    assert list(check([folder])) == []
    async with open_library(stage.content()) as library:
        loaded = library.interviews["two-bakers-on-a-boat"]
        assert [person.name for person in loaded.speakers] == ["Ada Example", "Ben Sample"]
        assert [exchange.title for exchange in loaded.exchanges] == [
            "Introduction",
            "How did it begin?",
            "And what about the oven?",
        ]
        assert loaded.outlet == "The Harbour Post"
    assert stage.load() == folder, "the same interview again takes the same place"


def test_an_interview_that_is_not_there_or_is_another_is_refused(stage: Stage) -> None:
    with pytest.raises(OperatorError, match="There is no interview 'ship'"):
        stage.plan("ship")
    write_pack(stage.packs_dir / "ship")
    with pytest.raises(OperatorError, match="Most quotes of 'ship' do not occur"):
        stage.plan("ship")


def test_the_summary_says_what_was_understood(stage: Stage) -> None:
    summary = list(summary_of(stage.transcript(), stage.plan()))
    assert summary[:6] == [
        "Title: Two bakers on a boat",
        "Interviewer: The Harbour Post",
        "Questions: 2",
        "Answers: 3",
        "  Ada Example: 3 sentences in 1 answers",
        "  Ben Sample: 3 sentences in 2 answers",
    ]
    assert summary[6] == "Adds to boat: 3 passages, 2 of them drawn at random"


def test_a_name_that_no_button_carries_gets_a_key(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.packs_dir.mkdir()
    stage.file.write_text(
        "记者：为什么？\n\n李娜：因为。\n\n记者：怎么做？\n\n李娜：慢慢地。", "utf-8"
    )
    folder = stage.load()
    assert list(check([folder])) == []
    assert "speaker-1" in (folder / "interview.toml").read_text("utf-8")


def test_a_folder_that_cannot_be_written_is_a_sentence(stage: Stage) -> None:
    stage.data_dir.write_text("a file where a folder should be")
    with pytest.raises(OperatorError, match="cannot be written"):
        stage.load()


WORDS = st.lists(st.sampled_from(["a", "boat", "came", "in", "slowly"]), min_size=1, max_size=60)
SENTENCES = st.lists(WORDS.map(lambda words: " ".join(words) + "."), max_size=12)


@given(sentences=SENTENCES, quoted=st.sets(st.integers(0, 11)))
def test_passages_hold_every_sentence_that_is_not_quoted(
    sentences: list[str], quoted: set[int]
) -> None:
    known = QuotedWords(sentence for n, sentence in enumerate(sentences) if n in quoted)
    rest = [sentence for sentence in sentences if not known.holds(sentence)]
    found = passages(sentences, known)
    assert " ".join(passage.text for passage in found) == " ".join(rest)
    assert all(
        passage.is_drawn == (MIN_WORDS <= len(passage.text.split()) <= MAX_WORDS)
        for passage in found
    )


TURNS = st.lists(
    st.tuples(
        st.sampled_from(["POST", "ADA EXAMPLE", "Ben", "李娜", "Dr. O'Neil", "Q", "A"]),
        st.text(st.characters(exclude_categories=("C",)) | st.sampled_from(" \n\t"), max_size=80),
    ),
    max_size=12,
)


@given(turns=TURNS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_was_understood_makes_a_pack_without_mistakes(
    tmp_path: Path, turns: list[tuple[str, str]]
) -> None:
    stage = Stage(tmp_path)
    text = "\n\n".join(f"{label}: {said}" for label, said in turns)
    stage.file.write_text(f"{text}\n\nPOST: Why?\n\nADA EXAMPLE: Because it floats.", "utf-8")
    assert [str(mistake) for mistake in check([stage.load()])] == []
