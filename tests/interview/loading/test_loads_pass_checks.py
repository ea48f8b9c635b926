"""What a load writes passes the check, whatever the transcript holds; else nothing is written."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.editing.check import check
from bot.editing.load import plan_of
from bot.errors import OperatorError
from bot.interview.library.build import ensure_content
from bot.interview.loading.loaded_packs import write_plan
from bot.interview.pack.files import loaded_dir, pack_folders
from bot.interview.transcript import (
    SpokenAnswer,
    SpokenExchange,
    Transcript,
    TranscriptError,
    parse_transcript,
)
from tests.interview.loading.checkouts import FIRST, OVEN, Checkout, boat_checkout

# Line ends, halves of signs, controls, turned lines: what a service's JSON may hold.
NASTY = st.sampled_from("\n\r\x00\x0b\x1c\x85\u2028\u202e\ud800\u200b\U0001f469 :?.\"'\\")
TEXTS = st.text(st.characters() | NASTY, max_size=60)
LONG = st.builds(
    lambda word, gap, count: gap.join([word] * count),
    st.text(st.characters(), min_size=1, max_size=30),
    st.sampled_from(["", " ", ", ", ". ", "? "]),
    st.integers(1, 400),
)
SPEECH = TEXTS | LONG | st.sampled_from([FIRST, OVEN, "...", "Why?", "为什么？", "هل هو هنا؟"])
NAMES = st.one_of(
    st.sampled_from(["Ada Example", "ADA EXAMPLE", "Speaker 2", "Speaker 3", "李娜", "Ben Sample"]),
    SPEECH,
)


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    people = draw(st.lists(NAMES, min_size=1, max_size=40, unique=True))
    answers = st.builds(
        SpokenAnswer, st.sampled_from(people), st.lists(SPEECH, min_size=1, max_size=4).map(tuple)
    )
    exchanges = draw(
        st.lists(
            st.builds(SpokenExchange, SPEECH, st.lists(answers, min_size=1, max_size=4).map(tuple)),
            min_size=1,
            max_size=8,
        )
    )
    return Transcript(draw(SPEECH), draw(SPEECH), tuple(people), tuple(exchanges))


@given(transcript=transcripts())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_a_transcript_holds_makes_a_pack_without_mistakes(
    tmp_path: Path, transcript: Transcript
) -> None:
    checkout = boat_checkout(tmp_path)
    plan = plan_of(transcript, checkout.packs_dir, checkout.data_dir, None)
    folder = write_plan(plan, checkout.file, checkout.data_dir)
    packs = [*pack_folders(checkout.packs_dir), folder]
    assert [str(mistake) for mistake in check(packs)] == []


TURNS = st.lists(
    st.tuples(
        st.sampled_from(["POST", "ADA EXAMPLE", "Ben", "李娜", "Dr. O'Neil", "Q", "A"]),
        st.text(st.characters(exclude_categories=("C",)) | st.sampled_from(" \n\t"), max_size=80),
    ),
    max_size=12,
)


@given(turns=TURNS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_file_is_refused_or_makes_a_pack_without_mistakes(
    tmp_path: Path, turns: list[tuple[str, str]]
) -> None:
    checkout = Checkout(tmp_path)
    text = "\n\n".join(f"{label}: {speech}" for label, speech in turns)
    checkout.file.write_text(f"{text}\n\nPOST: Why?\n\nADA EXAMPLE: Because it floats.", "utf-8")
    with suppress(TranscriptError):
        parse_transcript(checkout.file)
        assert [str(mistake) for mistake in check([checkout.load()])] == []


def test_forty_guests_who_are_all_asked_the_same_start_a_bot(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    checkout.file.write_text(
        "\n\n".join(
            f"Host One: And the next, please?\n\n{first} {last}: I am {first}, and I bake."
            for first in ("Ada", "Bea", "Cleo", "Dora", "Edda", "Finn", "Gero", "Hedy")
            for last in ("Example", "Sample", "Muster", "Probe", "Beispiel")
        ),
        "utf-8",
    )
    checkout.packs_dir.mkdir()
    assert list(check([checkout.load()])) == []
    assert ensure_content(checkout.data_dir, checkout.packs_dir).is_file()


def test_what_would_have_a_mistake_is_refused_and_leaves_what_was_there(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    folder = checkout.load()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    plan = checkout.plan()
    plan.interview["exchanges"][1]["summary"] = "why " * 200
    with pytest.raises(OperatorError, match=r"interview\.toml, line \d+: summary has 800"):
        write_plan(plan, checkout.file, checkout.data_dir)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in loaded_dir(checkout.data_dir).iterdir()] == [folder.name]
