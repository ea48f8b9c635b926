"""Whatever is said, by whomever, in whichever shape: it is read as it was written."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.interview.transcript import parse_transcript
from bot.interview.words import word_set
from tests.interview.transcript.writers import PLAIN_NAMES_ONLY, SHAPES, Said, Talk

PLAIN = ("Ada Example", "Bo Sample", "Cleo Beispiel", "Dora Muster", "Jean-Luc van der Meer")
ODD = (
    *("nixie", "bo7", "cleo@probe", "Dr_Muster7", "Finn Probe🐑", "Bea Muster, Ph.D."),
    *("bo.sample | Widget Works", "李娜", "עדה כהן", "Ола Пример", "GERO PROBE", "iPhone von Eva"),
)
WORDS = word_set(
    """
    the boat was built of rope and salt before anybody had seen an oven or rain on a friday because
    it sings while we bake under seven bells and nobody minds
    """
)


@st.composite
def talks(draw: st.DrawFn, names: tuple[str, ...]) -> Talk:
    """Draw a talk: somebody asks, each of the others answers twice at least."""
    asker, *others = draw(st.lists(st.sampled_from(names), min_size=2, max_size=4, unique=True))
    rounds = draw(st.integers(2, 3))
    said: list[Said] = []
    for name in others * rounds:
        said.append(Said(asker, draw(sentences) + " " + draw(sentences)[:-1] + "?"))
        said.append(Said(name, " ".join(draw(st.lists(sentences, min_size=1, max_size=3)))))
    return said


sentences = st.lists(st.sampled_from(sorted(WORDS)), min_size=4, max_size=12).map(
    lambda words: " ".join(words).capitalize() + "."
)


@pytest.mark.parametrize("shape", SHAPES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_a_shape_is_read_as_it_was_written(tmp_path: Path, shape: str, data: st.DataObject) -> None:
    names = PLAIN if shape in PLAIN_NAMES_ONLY else (*PLAIN, *ODD)
    talk = data.draw(talks(names))
    suffix, write = SHAPES[shape]
    path = tmp_path / f"talk.{suffix}"
    path.write_text(write(talk), "utf-8")
    transcript = parse_transcript(path)
    assert _shown(transcript.interviewer) == _shown(talk[0].name)
    read = [
        (exchange.question, _shown(answer.speaker), " ".join(answer.sentences))
        for exchange in transcript.exchanges
        for answer in exchange.answers
    ]
    assert read == [
        (asked.text, _shown(told.name), told.text)
        for asked, told in zip(talk[::2], talk[1::2], strict=True)
    ]


def _shown(name: str) -> str:
    """Names in capitals are written as names."""
    return name.casefold()
