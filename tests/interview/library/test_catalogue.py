"""A facet numbers what its filter lets through; topics and speakers are those with quotes."""

from bot.interview.audience import EVERYONE, Audience, SpoilerPolicy, audience
from bot.interview.library.library import Library
from bot.interview.model import Spoiler
from tests.interview.conftest import OpenPack
from tests.packs import INTERVIEW, fact, question, quote

SEES_ALL = audience(SpoilerPolicy.SHOW, allows_mature=True)
SEES_MILD = Audience(plain=Spoiler.MILD, limit=Spoiler.MILD)


async def drawn_numbers(library: Library, kind: str, reader: Audience, **names: str) -> set[int]:
    facet = library.facet("boat", kind, audience=reader, **names)
    if facet is None:
        return set()
    read = {"fact": library.facts, "who": library.facts, "curated": library.questions}
    items = await read.get(kind, library.quotes)(facet, range(facet.size))
    assert len(items) == facet.size
    return {item.number for item in items}


async def test_a_facet_numbers_what_its_filter_lets_through(open_pack: OpenPack) -> None:
    library = await open_pack()
    assert await drawn_numbers(library, "quote", SEES_ALL) == {1, 2, 3, 4, 5, 6}
    assert await drawn_numbers(library, "quote", SEES_ALL, person="ben-sample") == {1, 3, 5}
    assert await drawn_numbers(library, "quote", SEES_ALL, topic="boats") == {2, 4, 6}
    assert not await drawn_numbers(library, "quote", SEES_ALL, topic="bread", person="ada-example")


async def test_a_facet_leaves_out_what_its_audience_may_not_see(open_pack: OpenPack) -> None:
    rows = [quote(1), quote(2, spoiler="mild"), quote(3, spoiler="major"), quote(4, mature=True)]
    library = await open_pack(quotes=rows)
    assert await drawn_numbers(library, "quote", EVERYONE) == {1}
    assert await drawn_numbers(library, "quote", SEES_MILD) == {1, 2}
    assert await drawn_numbers(library, "quote", Audience(allows_mature=True)) == {1, 2, 3, 4}
    assert await drawn_numbers(library, "quote", Audience()) == {1, 2, 3}


async def test_questions_and_facts_have_their_facets(open_pack: OpenPack) -> None:
    library = await open_pack(
        facts=[fact(1), fact(2), fact(3, people=["ada-example", "ben-sample"])],
        questions=[question(1), question(2), question(3)],
    )
    assert await drawn_numbers(library, "fact", SEES_ALL, person="ada-example") == {2, 3}
    assert await drawn_numbers(library, "who", SEES_ALL) == {1, 2, 3}
    assert await drawn_numbers(library, "curated", SEES_ALL, difficulty="hard") == {2}


async def test_who_said_it_is_not_asked_of_a_quote_that_names_somebody(
    open_pack: OpenPack,
) -> None:
    rows = [quote(1), quote(2, text="So I told Benny that the oven was far too heavy for us.")]
    library = await open_pack(quotes=rows)
    assert await drawn_numbers(library, "said", SEES_ALL) == {1}


async def test_which_question_it_answered_is_asked_of_what_is_about_something(
    open_pack: OpenPack,
) -> None:
    exchanges = [
        {"number": n, "title": f"Question {n}", "summary": "So.", "topics": topics}
        for n, topics in enumerate([[], ["bread"], ["boats"], ["salt"], []])
    ]
    rows = [
        quote(1, exchange=1, topics=["bread"]),
        quote(2, exchange=1, topics=[]),
        quote(3, exchange=4, topics=[]),
    ]
    library = await open_pack(interview={**INTERVIEW, "exchanges": exchanges}, quotes=rows)
    assert await drawn_numbers(library, "asked", SEES_ALL) == {1, 3}


async def test_a_topic_whose_items_are_all_hidden_is_not_told(open_pack: OpenPack) -> None:
    rows = [quote(1), quote(2, spoiler="major"), quote(3, spoiler="mild", mature=True)]
    library = await open_pack(quotes=rows, facts=[fact(4, topics=["salt"], spoiler="major")])
    assert library.topics("boat") == ("bread", "boats")
    assert library.topics_for("boat", SEES_ALL) == ("bread", "boats")
    assert library.topics_for("boat", SEES_MILD) == ("bread",)
    assert library.topics_of("boat", "ada-example", SEES_ALL) == ("boats",)
    assert library.topics_of("boat", "ada-example", SEES_MILD) == ()


async def test_a_quote_that_is_not_drawn_is_found(open_pack: OpenPack) -> None:
    library = await open_pack(quotes=[quote(1), quote(2, text="A rye surprise.", drawn=False)])
    assert await drawn_numbers(library, "quote", SEES_ALL) == {1}
    matches = await library.find("boat", "surprise", SEES_ALL, limit=5)
    assert [hit.number for hit in matches.hits] == [2]


async def test_the_stamp_of_a_facet_changes_with_its_items(
    open_pack: OpenPack,
) -> None:
    facet = (await open_pack()).facet("boat", "quote", audience=SEES_ALL)
    same_facet = (await open_pack(facts=[fact(1)])).facet("boat", "quote", audience=SEES_ALL)
    other_facet = (await open_pack(quotes=[quote(1)])).facet("boat", "quote", audience=SEES_ALL)
    assert facet is not None
    assert same_facet is not None
    assert other_facet is not None
    assert facet.stamp == same_facet.stamp != other_facet.stamp
    assert facet.key == same_facet.key == other_facet.key


async def test_speakers_are_those_who_are_quoted(open_pack: OpenPack) -> None:
    library = await open_pack()
    interview = library.interviews["boat"]
    assert [person.key for person in interview.speakers] == ["ada-example", "ben-sample"]
    assert library.topics("boat") == ("bread", "boats")
    assert library.topics_of("boat", "ben-sample", SEES_ALL) == ("bread",)
    assert interview.question_count == 5
