"""What a channel is asked: nothing twice in ten rounds, everything before anything comes again."""

import random
from collections import Counter
from pathlib import Path
from time import time

import pytest

from bot.errors import UserError
from bot.interview.audience import Audience, Reader, SpoilerPolicy, audience
from bot.interview.model import Difficulty, Interview, Spoiler
from bot.state.questions import Questions
from bot.state.scores import Scores
from bot.trivia.kinds import KIND_OF, Kind, Question, Source
from bot.trivia.practice import Practice
from bot.trivia.question_draw import QuestionDraw, QuestionFilter
from tests.packs import TOPICS, fact, question, quote, write_pack
from tests.trivia.conftest import Room, room_of

ANYTHING = QuestionFilter()
SEES_ALL = audience(SpoilerPolicy.SHOW, allows_mature=True)


async def ask(
    room: Room, times: int, wanted: QuestionFilter = ANYTHING, audience: Audience = SEES_ALL
):
    return [
        await room.draw.next(1, room.interview, wanted, Reader(audience)) for _n in range(times)
    ]


@pytest.mark.parametrize("kind", list(Kind))
async def test_every_kind_can_be_asked_for(room: Room, kind: Kind) -> None:
    shown = await ask(room, 12, QuestionFilter(kind=kind))
    assert {KIND_OF[one.source] for one in shown} == {kind}


@pytest.mark.parametrize("difficulty", list(Difficulty))
async def test_every_difficulty_can_be_asked_for(room: Room, difficulty: Difficulty) -> None:
    shown = await ask(room, 8, QuestionFilter(difficulty=difficulty))
    assert {one.difficulty for one in shown} == {difficulty}


async def test_all_kinds_come_up_without_being_asked_for(shipped_room: Room) -> None:
    shown = await ask(shipped_room, 80)
    assert {one.source for one in shown} == set(Source)


async def test_who_said_it_is_not_offered_where_only_one_speaks(tmp_path: Path) -> None:
    texts = [f"We baked bread before the tide came in at quay {n}." for n in range(1, 6)]
    quotes = [quote(n, speaker="ada-example", text=text) for n, text in enumerate(texts, 1)]
    write_pack(tmp_path / "data" / "boat", quotes=quotes)
    async with room_of(tmp_path / "data", tmp_path / "var") as room:
        with pytest.raises(UserError, match="This interview has no questions like that"):
            await ask(room, 1, QuestionFilter(kind=Kind.WHO))
        counts = await room.maker.count(room.interview, SEES_ALL)
        assert counts[Kind.WHO] == 0
        assert counts[Kind.COMPARE] == 0


@pytest.mark.parametrize("games", [["who"], ["line"], ["question"], ["compare", "line"], []])
async def test_of_a_quote_only_the_games_that_it_is_fit_for_are_made(
    tmp_path: Path, games: list[str]
) -> None:
    quotes = [quote(n, topics=TOPICS, games=games) for n in range(1, 9)]
    write_pack(tmp_path / "data" / "boat", quotes=quotes)
    async with room_of(tmp_path / "data", tmp_path / "var") as room:
        counts = await room.maker.count(room.interview, SEES_ALL)
        assert {kind.value for kind, count in counts.items() if count} == set(games)


async def test_a_line_is_only_set_beside_one_that_is_fit_for_it(tmp_path: Path) -> None:
    quotes = [quote(n, topics=TOPICS) for n in range(1, 9)]
    unfit = [quote(n, topics=TOPICS, games=["who"]) for n in range(9, 13)]
    write_pack(tmp_path / "data" / "boat", quotes=[*quotes, *unfit])
    async with room_of(tmp_path / "data", tmp_path / "var") as room:
        shown = await ask(room, 40, QuestionFilter(kind=Kind.COMPARE))
        lines = {line for one in shown for line in one.passage.split("\n")}
        assert lines == {quote["text"] for quote in quotes}


async def test_questions_that_give_each_other_away_are_apart_in_ten_rounds(
    tmp_path: Path,
) -> None:
    questions = [question(n, not_with=[n + 1] if n % 2 else []) for n in range(1, 61)]
    write_pack(tmp_path / "data" / "boat", quotes=[], questions=questions)
    async with room_of(tmp_path / "data", tmp_path / "var") as room:
        shown = [(one.number - 1) // 2 for one in await ask(room, 40)]
    for n in range(len(shown) - 10):
        assert len(set(shown[n : n + 10])) == 10


async def test_no_game_asks_what_it_has_told(tmp_path: Path) -> None:
    questions = [
        question(1, about=1, not_with=[2]),
        question(2, about=2),
        question(3, about=1),
        question(4),
        question(5, not_with=[4]),
    ]
    facts = [fact(1), fact(2), fact(3)]
    write_pack(tmp_path / "data" / "boat", quotes=[], facts=facts, questions=questions)
    groups = {"fact:1": 1, "fact:2": 1, "fact:3": 2, "question:4": 3, "question:5": 3}
    async with room_of(tmp_path / "data", tmp_path / "var") as room:
        for channel_id in range(60):
            statements: list[str] = []
            while new := await room.draw.find_new(
                channel_id, room.interview, ANYTHING, Reader(SEES_ALL), statements
            ):
                statements.append(new.statement)
            told = [groups[statement] for statement in statements]
            assert len(set(told)) == len(told)


def stated(shown: Question) -> tuple[str, int]:
    items = {Source.WHO: "fact", Source.TRUE_OR_FALSE: "fact", Source.CURATED: "question"}
    return items.get(shown.source, "quote"), shown.number


async def test_no_statement_comes_twice_in_ten_rounds(shipped_room: Room) -> None:
    shown = [stated(one) for one in await ask(shipped_room, 150)]
    for n in range(len(shown) - 10):
        assert len(set(shown[n : n + 10])) == 10


async def test_nothing_repeats_until_everything_was_asked(shipped_room: Room) -> None:
    total = sum((await shipped_room.maker.count(shipped_room.interview, SEES_ALL)).values())
    counts = Counter(
        (one.source, one.number) for one in await ask(shipped_room, total, audience=SEES_ALL)
    )
    assert max(counts.values()) == 1
    assert counts.total() == total


async def test_what_would_be_veiled_is_not_asked(shipped_room: Room) -> None:
    hides_major = Audience()
    shown = await ask(shipped_room, 300, audience=hides_major)
    exchanges = shipped_room.interview.exchanges_by_number
    assert all(exchanges[one.exchange].spoiler < Spoiler.MAJOR for one in shown)


async def test_a_kind_that_cannot_be_made_is_a_sentence(room: Room) -> None:
    with pytest.raises(UserError, match="This interview has no questions like that"):
        await ask(room, 1, QuestionFilter(kind=Kind.LINE, difficulty=Difficulty.EASY))


async def test_every_choice_fits_a_button(shipped_room: Room) -> None:
    for shown in await ask(shipped_room, 200):
        assert 2 <= len(shown.choices) <= 4
        assert len(set(shown.choices)) == len(shown.choices)
        assert all(len(choice) <= 31 for choice in shown.choices)


async def reserved(_interview: Interview) -> str:
    return "fact:1"


async def test_what_is_kept_for_the_day_is_asked_only_where_nothing_else_is(
    tmp_path: Path,
) -> None:
    write_pack(
        tmp_path / "data" / "boat",
        facts=[fact(1), fact(2)],
        questions=[question(1, about=1), question(2, about=2)],
        quotes=[],
    )
    async with room_of(tmp_path / "data", tmp_path / "var") as room:
        draw = QuestionDraw(room.maker, room.bags, random.Random(3), reserved)
        reader = Reader(SEES_ALL)
        shown = [await draw.next(1, room.interview, ANYTHING, reader) for _n in range(12)]
        assert {one.statement for one in shown} == {"fact:2"}
        last = await draw.find_new(1, room.interview, ANYTHING, reader, ["fact:2"])
        assert last is not None
        assert last.statement == "fact:1"


async def test_practice_asks_what_is_kept_for_the_day_last(room: Room) -> None:
    questions, scores = Questions(room.database, time), Scores(room.database, time)
    practice = Practice(room.maker, scores, random.Random(5), reserved)
    statements: list[str] = []
    while shown := await practice.next(7, 8, room.interview, Reader(SEES_ALL)):
        question_id = await questions.add(9, shown.stored())
        await questions.answer(question_id, 7, shown.right, 8, 9)
        statements.append(shown.statement)
    first = statements.index("fact:1")
    assert set(statements[first:]) == {"fact:1"}
    assert len(set(statements[:first])) > 10
