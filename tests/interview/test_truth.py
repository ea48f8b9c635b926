"""A quote that is not what was said is told, with where it stands instead."""

from pathlib import Path
from typing import Any

import pytest

from bot.editing.check import untrue_quotes
from bot.interview.transcript import parse_transcript
from tests.packs import INTERVIEW, quote, write_pack

TALK = """HARBOUR POST: How did it begin?

ADA EXAMPLE: With a leak, in January. I was there, and so was the rain.

BEN SAMPLE: I held the rope.

HARBOUR POST: And the oven?

BEN SAMPLE: It weighs as much as a horse.
"""

CASES: list[tuple[dict[str, Any], str, str]] = [
    ({"text": "I was there, and so was the rain."}, "", ""),
    ({"text": "With a leak […] I was there"}, "", ""),
    ({"text": "I was there […] With a leak"}, "these words are not in the transcript", "5:8"),
    ({"text": "I was there, and so was the snow."}, "these words are not in the transcript", "5:8"),
    ({"text": "i was there and so was the rain"}, "the punctuation or case is not", "5:8"),
    ({"text": "I held the rope."}, "another speaker said this: ben-sample", "4:11"),
    ({"text": "It weighs as much as a horse."}, "said in another exchange: 2", "3:12"),
    ({"text": "Never said.", "withdrawn": True}, "", ""),
]


@pytest.mark.parametrize(("fields", "sentence", "place"), CASES)
def test_a_quote_is_held_against_the_transcript(
    tmp_path: Path, fields: dict[str, Any], sentence: str, place: str
) -> None:
    (tmp_path / "talk.txt").write_text(TALK, "utf-8")
    row = quote(1, exchange=1, speaker="ada-example", **fields)
    folder = write_pack(tmp_path / "boat", interview=INTERVIEW, quotes=[row])
    untrue, compared = untrue_quotes(folder, parse_transcript(tmp_path / "talk.txt"))
    assert compared == (0 if fields.get("withdrawn") else 1)
    mistakes = [str(mistake) for mistake in untrue]
    if not sentence:
        assert mistakes == []
    else:
        assert len(mistakes) == 1
        assert sentence in mistakes[0]
        assert mistakes[0].startswith(f"{folder / 'quotes.toml'}:{place}: ")
