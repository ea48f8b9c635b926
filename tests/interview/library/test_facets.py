"""Facets: what can be drawn under a filter, and what a speaker talks about."""

import tracemalloc

from bot.interview.audience import STRICTEST
from bot.interview.library.facets import FacetPart, Facets
from bot.interview.model import Spoiler


def facets_of(*names: tuple[str, str, str, str, str]) -> Facets:
    facets = Facets()
    for n, name in enumerate(names, 1):
        facets.add(name, Spoiler.NONE, False, FacetPart(n, n, 0))
    return facets


def test_topics_are_those_of_the_speaker_and_the_interview_alone() -> None:
    facets = facets_of(
        ("boat", "quote", "ada", "bread", ""),
        ("boat", "quote", "ada", "boats", ""),
        ("boat", "quote", "ben", "salt", ""),
        ("boat", "fact", "ada", "rye", ""),
        ("boat", "quote", "ada", "", ""),
        ("boat", "fact", "", "rye", ""),
        ("tower", "quote", "ada", "lamps", ""),
    )
    assert facets.topics_of("boat", "ada", STRICTEST) == ("boats", "bread")
    assert facets.topics_of("boat", "", STRICTEST) == ("rye",)
    assert facets.topics_of("boat", "eve", STRICTEST) == ()


def test_what_a_forged_button_names_takes_no_memory() -> None:
    facets = facets_of(("boat", "quote", "", "", ""))
    tracemalloc.start()
    for n in range(5000):
        assert facets.get(("boat", "quote", "", f"{n}", ""), STRICTEST) is None
        assert facets.topics_of("boat", f"{n}", STRICTEST) == ()
    held, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 50_000
