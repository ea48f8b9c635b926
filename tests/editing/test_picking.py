"""Quotes are picked out of what was said, and each is in the pack's file at once."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import tomli

from bot.editing.check import check, untrue_quotes
from bot.editing.load import tomorrow
from bot.editing.new_pack import NewPack
from bot.editing.picked_quotes import QuoteFields
from bot.editing.picking import Picking, SpokenPick
from bot.editing.spoken_answers import SpokenSource, source_of
from bot.errors import OperatorError
from bot.interview.transcript import Decisions, parse_transcript
from bot.process.file_lock import locked_folder
from tests.editing.talks import LONG_TALK

PLAIN = QuoteFields((), "none", mature=False, drawn=True)


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.txt"
    path.write_text(LONG_TALK, "utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path, talk: Path) -> Path:
    folder = tmp_path / "oven"
    pack = NewPack(talk, folder, picks=True)
    pack.write(pack.plan(pack.parse(Decisions())), Decisions())
    return folder


@pytest.fixture
def picking(folder: Path) -> Picking:
    return Picking(SpokenSource(folder), is_new=True)


def rows(folder: Path) -> list[dict[str, object]]:
    return tomli.loads((folder / "quotes.toml").read_text("utf-8")).get("quotes", [])


def mark(picking: Picking, number: int) -> str:
    return next(quote["mark"] for quote in picking.quotes() if quote["number"] == number)


def pick(picking: Picking, answer: int, *places: int) -> SpokenPick:
    return SpokenPick(picking.version, answer, places)


async def test_a_pack_for_picking_begins_without_quotes_and_right(folder: Path) -> None:
    assert rows(folder) == []
    assert list(check([folder])) == []
    assert len((folder / "answers.jsonl").read_text("utf-8").splitlines()) == 6


async def test_neighbours_become_one_quote_and_between_others_stands_a_cut(
    folder: Path, picking: Picking, talk: Path
) -> None:
    assert await picking.add(pick(picking, 0, 1, 0), PLAIN) == 1
    assert await picking.add(pick(picking, 0, 0, 2), PLAIN) == 2
    assert rows(folder) == [
        {
            "number": 1,
            "exchange": 1,
            "speaker": "ada-example",
            "text": "In eleven pieces, and each of them had a name of its own. It rained.",
        },
        {
            "number": 2,
            "exchange": 1,
            "speaker": "ada-example",
            "text": "In eleven pieces, and each of them had a name of its own. […] Nobody in the "
            "harbour believed that it would ever be warm.",
        },
    ]
    assert [quote["places"] for quote in picking.quotes()] == [[0, 1], [0, 2]]
    assert list(check([folder])) == []
    assert untrue_quotes(folder, parse_transcript(talk))[0] == []


async def test_only_what_differs_from_the_question_is_written(
    folder: Path, picking: Picking
) -> None:
    await picking.add(pick(picking, 2, 0), QuoteFields(("fire", "letters"), "major", True, False))
    assert (
        rows(folder)[0].items()
        >= {
            "exchange": 2,
            "topics": ["fire", "letters"],
            "spoiler": "major",
            "mature": True,
            "drawn": False,
        }.items()
    )
    await picking.change(1, mark(picking, 1), PLAIN)
    assert rows(folder)[0].keys() == {"number", "exchange", "speaker", "text"}
    assert picking.view.all_topics() == []


async def test_comments_order_and_what_somebody_saves_meanwhile_stay(
    folder: Path, picking: Picking
) -> None:
    await picking.add(pick(picking, 0, 0), PLAIN)
    path = folder / "quotes.toml"
    by_hand = path.read_text("utf-8") + "\n# by hand\n[[quotes]]\nnumber = 40\nexchange = 1\n"
    by_hand += 'speaker = "ben-sample"\ntext = "I held the rope."  # short\n'
    path.write_text(by_hand, "utf-8")
    # Nobody has looked at the file since.
    assert await picking.add(pick(picking, 3, 0), PLAIN) == 41
    await picking.change(1, mark(picking, 1), QuoteFields(("boats",), "none", False, True))
    text = path.read_text("utf-8")
    assert text.startswith(by_hand.partition("\n\n# by hand")[0])
    assert by_hand[by_hand.index("# by hand") :] in text
    assert [row["number"] for row in rows(folder)] == [1, 40, 41]


async def test_a_number_is_never_given_again_in_another_session_either(
    folder: Path, picking: Picking
) -> None:
    await picking.add(pick(picking, 0, 0), PLAIN)
    await picking.withdraw(1, mark(picking, 1))
    later = Picking(SpokenSource(folder))
    assert await later.add(pick(later, 0, 1), PLAIN) == 2
    assert list(check([folder])) == []


async def test_what_is_withdrawn_comes_back(folder: Path, picking: Picking) -> None:
    await picking.add(pick(picking, 0, 0), PLAIN)
    later = Picking(SpokenSource(folder))
    await later.withdraw(1, mark(later, 1))
    assert rows(folder)[0]["withdrawn"] is True
    assert later.quotes()[0]["places"] == []
    assert await later.add(pick(later, 0, 0), PLAIN) == 2
    assert rows(folder)[1]["since"] == tomorrow(), "no day that members have seen changes"
    await later.withdraw(2, mark(later, 2))
    await later.bring_back(1, mark(later, 1))
    assert [row.get("withdrawn") for row in rows(folder)] == [None, True]


async def test_a_quote_that_somebody_else_changed_is_not_touched(
    folder: Path, picking: Picking
) -> None:
    await picking.add(pick(picking, 0, 0), PLAIN)
    seen = mark(picking, 1)
    path = folder / "quotes.toml"
    text = path.read_text("utf-8") + 'spoiler = "major"\n'
    path.write_text(text, "utf-8")
    for act in (picking.change(1, seen, PLAIN), picking.withdraw(1, seen)):
        with pytest.raises(OperatorError, match="Quote 1 was changed"):
            await act
    assert path.read_text("utf-8") == text
    # By then the page was told of it.
    await picking.change(1, mark(picking, 1), PLAIN)
    assert "spoiler" not in rows(folder)[0]


async def test_a_mistake_in_the_file_is_told_with_its_line_and_nothing_is_lost(
    folder: Path, picking: Picking
) -> None:
    await picking.add(pick(picking, 0, 0), PLAIN)
    path = folder / "quotes.toml"
    broken = path.read_text("utf-8") + 'topics = ["boats"\n'
    path.write_text(broken, "utf-8")
    with pytest.raises(OperatorError, match=r"^quotes\.toml:\d+:"):
        await picking.add(pick(picking, 0, 1), PLAIN)
    assert path.read_text("utf-8") == broken
    assert [quote["number"] for quote in picking.quotes()] == [1], "it is shown as it was"
    (sentence,) = picking.told_mistakes()
    assert "quotes.toml:" in sentence


@asynccontextmanager
async def being_read(picking: Picking) -> AsyncIterator[None]:
    reading = asyncio.create_task(picking.keep_reading())
    try:
        yield
    finally:
        reading.cancel()


async def test_what_is_saved_in_an_editor_is_seen_and_checked(
    folder: Path, picking: Picking
) -> None:
    path = folder / "quotes.toml"
    async with being_read(picking):
        path.write_text(
            '[[quotes]]\nnumber = 5\nexchange = 9\nspeaker = "ada-example"\ntext = "Yes."\n',
            "utf-8",
        )
        async with asyncio.timeout(20):
            while not picking.told_mistakes():
                await picking.news.wait()
        assert "there's no exchange 9" in picking.told_mistakes()[0]
        assert [quote["number"] for quote in picking.quotes()] == [5]
        path.write_text("", "utf-8")
        async with asyncio.timeout(20):
            while picking.told_mistakes():
                await picking.news.wait()
        assert picking.quotes() == []


@pytest.mark.parametrize(
    ("answer", "places"), [(6, (0,)), (0, (3,)), (0, ())], ids=["answer", "sentence", "none"]
)
async def test_what_was_not_said_cannot_be_picked(
    picking: Picking, answer: int, places: tuple[int, ...]
) -> None:
    with pytest.raises(OperatorError, match="aren't there"):
        await picking.add(pick(picking, answer, *places), PLAIN)


async def test_what_no_quote_may_have_is_refused(folder: Path, picking: Picking) -> None:
    for topics in (("x" * 25,), ("a:b",), tuple(map(str, range(9)))):
        with pytest.raises(OperatorError, match="topics"):
            await picking.add(pick(picking, 0, 0), QuoteFields(topics, "none", False, True))
    assert rows(folder) == []


async def test_of_another_transcript_nothing_is_picked_by_mistake(
    folder: Path, picking: Picking
) -> None:
    seen = pick(picking, 0, 0)
    path = folder / "answers.jsonl"
    path.write_text("\n".join(reversed(path.read_text("utf-8").splitlines())), "utf-8")
    async with being_read(picking), asyncio.timeout(20):
        while picking.version == seen.version:
            await picking.news.wait()
    with pytest.raises(OperatorError, match="read again"):
        await picking.add(seen, PLAIN)


async def test_two_at_once_get_two_numbers(folder: Path, picking: Picking) -> None:
    picks = [pick(picking, 0, 0), pick(picking, 0, 1), pick(picking, 1, 0), pick(picking, 2, 0)]
    numbers = await asyncio.gather(*(picking.add(one, PLAIN) for one in picks))
    assert sorted(numbers) == [1, 2, 3, 4]
    assert [row["number"] for row in rows(folder)] == [1, 2, 3, 4]


async def test_a_change_waits_for_that_of_another_process(folder: Path, picking: Picking) -> None:
    with locked_folder(folder, 0):
        adding = asyncio.create_task(picking.add(pick(picking, 0, 0), PLAIN))
        await asyncio.wait({adding}, timeout=0.5)
        assert rows(folder) == []
    assert await adding == 1
    assert len(rows(folder)) == 1


async def test_numbers_of_a_streamed_file_are_taken_too(folder: Path) -> None:
    row = {"number": 70, "exchange": 1, "speaker": "ada-example", "text": "It rained."}
    (folder / "quotes.jsonl").write_text(json.dumps(row), "utf-8")
    picking = Picking(SpokenSource(folder))
    assert await picking.add(pick(picking, 0, 0), PLAIN) == 71
    assert rows(folder)[0]["since"] == tomorrow()


async def test_where_the_words_are_gone_a_transcript_tells_them(folder: Path, talk: Path) -> None:
    (folder / "answers.jsonl").unlink()
    with pytest.raises(OperatorError, match="--from FILE"):
        Picking(source_of(folder, None, Decisions()))
    picking = Picking(source_of(folder, talk, Decisions()))
    await picking.add(pick(picking, 1, 1), PLAIN)
    assert rows(folder)[0].items() >= {"speaker": "ben-sample", "exchange": 1}.items()
    assert untrue_quotes(folder, parse_transcript(talk))[0] == []


def test_where_there_is_no_pack_it_is_said_how_to_begin_one(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="Begin one: "):
        source_of(tmp_path / "nothing", None, Decisions())


async def test_colours_are_written_into_the_interview(folder: Path, picking: Picking) -> None:
    before = (folder / "interview.toml").read_text("utf-8")
    colours = {"background": "#101010", "text": "#f0f0f0", "accent": "#ffcc00"}
    await picking.choose_colours(colours)
    line = 'colours = {background = "#101010", text = "#f0f0f0", accent = "#ffcc00"}\n'
    after = (folder / "interview.toml").read_text("utf-8")
    assert line in after
    assert after.replace(line, "").split() == before.split()
    assert picking.view.overview()["colours"] == colours
    assert list(check([folder])) == []


@pytest.mark.parametrize("colour", ["red", "#12345", '"\n[x]'])
async def test_what_is_no_colour_is_not_written(
    colour: str, folder: Path, picking: Picking
) -> None:
    before = (folder / "interview.toml").read_bytes()
    with pytest.raises(OperatorError, match="write a colour such as #1b2a41"):
        await picking.choose_colours({"background": colour, "text": "#f0f0f0", "accent": "#ffcc00"})
    assert (folder / "interview.toml").read_bytes() == before
