"""The interview that comes with the bot: true, brief, fair, and enough of it."""

import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from bot.editing.check import check, count_rounds, hints_at
from bot.interview.model import Difficulty, Quote, Spoiler
from bot.interview.pack.pack import Pack, read_pack
from bot.interview.words import holds_any

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "data" / "tiny-pretty-things"
ARTICLE = ROOT.parent / "shared" / "interview.txt"
KYLIE, CASIMERE = "kylie-jefferson", "casimere-jollette"

MAX_QUOTE_WORDS = 45
MAX_QUOTED_WORDS = 680
ANSWERED_BY_BOTH = (1, 2, 3, 5, 7, 9)
ANSWERS = {(number, key) for number in ANSWERED_BY_BOTH for key in (KYLIE, CASIMERE)} | {
    (4, KYLIE),
    (8, KYLIE),
    (6, CASIMERE),
}

needs_article = pytest.mark.skipif(
    not ARTICLE.is_file(), reason="needs a copy of the article beside the repository"
)


@pytest.fixture(scope="module")
def pack() -> Pack:
    pack = read_pack(FOLDER)
    assert pack is not None
    return pack


@pytest.fixture(scope="module")
def quotes(pack: Pack) -> list[Quote]:
    return list(pack.quotes())


def test_every_pack_that_ships_has_no_mistake() -> None:
    folders = [path for path in sorted((ROOT / "data").iterdir()) if path.is_dir()]
    assert FOLDER in folders
    assert [str(mistake) for mistake in check(folders)] == []


def test_nothing_is_hinted_at() -> None:
    assert [hint.as_hint() for hint in hints_at([FOLDER])] == []


def test_there_are_nine_questions_and_an_introduction(pack: Pack) -> None:
    exchanges = pack.interview.exchanges
    assert [exchange.number for exchange in exchanges] == list(range(10))
    assert [exchange.spoiler for exchange in exchanges[7:9]] == [Spoiler.MILD, Spoiler.MAJOR]
    assert all(exchange.summary and exchange.topics for exchange in exchanges)


def test_every_answer_is_quoted_and_every_quote_is_an_answer(quotes: list[Quote]) -> None:
    assert {(quote.exchange, quote.speaker) for quote in quotes} == ANSWERS
    assert len(quotes) >= 36


def test_the_two_are_quoted_alike(quotes: list[Quote]) -> None:
    shares = Counter(quote.speaker for quote in quotes)
    assert abs(shares[KYLIE] - shares[CASIMERE]) <= 2


def test_quotes_are_brief_each_and_together(quotes: list[Quote]) -> None:
    lengths = [len(quote.text.split()) for quote in quotes]
    assert max(lengths) <= MAX_QUOTE_WORDS
    assert sum(lengths) <= MAX_QUOTED_WORDS


def test_strong_words_and_drinking_are_for_age_restricted_channels(
    pack: Pack, quotes: list[Quote]
) -> None:
    assert {quote.exchange for quote in quotes if quote.is_mature} == {5, 9}
    for quote in quotes:
        assert quote.is_mature == holds_any(quote.text, pack.mature_words)
    for fact in pack.facts:
        if holds_any(fact.text, pack.mature_words):
            assert fact.is_mature


def test_what_gives_the_ending_away_is_marked(pack: Pack, quotes: list[Quote]) -> None:
    items = [*quotes, *pack.facts, *pack.questions]
    assert all(item.spoiler is Spoiler.MAJOR for item in items if item.exchange == 8)
    assert all(item.spoiler >= Spoiler.MILD for item in items if item.exchange == 7)
    for item in items:
        if "Tiler Peck" in str(item):
            assert item.spoiler is Spoiler.MILD


def test_there_are_facts_about_everybody(pack: Pack) -> None:
    about = Counter(fact.people for fact in pack.facts)
    assert len(pack.facts) >= 50
    assert about[(KYLIE,)] >= 15
    assert about[(CASIMERE,)] >= 15
    assert about[(CASIMERE, KYLIE)] >= 5
    assert about[()] >= 5
    assert sum(bool(fact.false_version) for fact in pack.facts) >= 20


def test_a_fact_is_found_under_the_people_it_names(pack: Pack) -> None:
    for fact in pack.facts:
        for name, key in (("Kylie", KYLIE), ("Casimere", CASIMERE)):
            assert (name in fact.text) == (key in fact.people), fact.number


def test_there_are_questions_from_easy_to_hard(pack: Pack) -> None:
    levels = Counter(question.difficulty for question in pack.questions)
    assert len(pack.questions) >= 60
    assert min(levels[difficulty] for difficulty in Difficulty) >= 10
    assert sum(question.about is not None for question in pack.questions) >= 20


def test_a_question_rests_on_the_exchange_of_its_fact(pack: Pack) -> None:
    facts = {fact.number: fact for fact in pack.facts}
    for question in pack.questions:
        if question.about is not None:
            fact = facts[question.about]
            assert (question.exchange, question.spoiler) == (fact.exchange, fact.spoiler)


def test_the_right_answer_is_not_the_one_that_stands_out(pack: Pack) -> None:
    longest = [
        question
        for question in pack.questions
        if len(question.right) > max(map(len, question.wrong))
    ]
    assert len(longest) < len(pack.questions) * 0.4


def test_there_are_eighteen_prompts(pack: Pack) -> None:
    assert len(pack.prompts) == 18
    assert all(prompt.text.endswith("?") for prompt in pack.prompts)


def test_two_hundred_and_fifty_different_rounds_come_out_of_it() -> None:
    counts = count_rounds([FOLDER])[FOLDER.name]
    assert counts.total() >= 250
    assert min(counts.values()) >= 15


UNTOLD = ["injur", "sleep", "weight", "salary", "trailer", "weekend"]
# Wrong choices and our own words say none of this about real people, and take no side where two
# passages of the interview pull apart.


def test_our_words_say_nothing_that_should_not_be_said(pack: Pack) -> None:
    ours = [str(item) for item in (*pack.facts, *pack.questions, *pack.prompts)]
    assert [text for text in ours if any(word in text.casefold() for word in UNTOLD)] == []
    prompts = [question.prompt for question in pack.questions] + [fact.who for fact in pack.facts]
    assert not [prompt for prompt in prompts if re.match(r"who (pushed|did it)", prompt, re.I)]


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.casefold().replace("\u2019", "'"))


def answers_of_article() -> dict[tuple[int, str], str]:
    """Read the answers by their labels, with no help from the bot's own parser."""
    keys = {"CASIMERE JOLETTE": CASIMERE, "JOLETTE": CASIMERE} | {
        "KYLIE JEFFERSON": KYLIE,
        "JEFFERSON": KYLIE,
    }
    answers: dict[tuple[int, str], str] = {}
    exchange, was_answer = 0, True
    for line in filter(None, map(str.strip, ARTICLE.read_text("utf-8").splitlines())):
        label, colon, text = line.partition(": ")
        if colon and label in keys:
            answers[exchange, keys[label]] = text
            was_answer = True
        elif was_answer and (exchange or label == "ENTERTAINMENT WEEKLY"):
            exchange, was_answer = exchange + 1, False
    return answers


@needs_article
def test_every_quote_is_true(quotes: list[Quote]) -> None:
    answers = answers_of_article()
    assert set(answers) == ANSWERS
    for quote in quotes:
        answer, at = answers[quote.exchange, quote.speaker], 0
        for part in quote.text.split("[…]"):
            at = answer.find(part.strip(), at)
            assert at >= 0, f"quote {quote.number} is not verbatim: {part}"
            at += len(part.strip())


@needs_article
def test_no_file_repeats_the_article() -> None:
    article = words(ARTICLE.read_text("utf-8"))
    length = MAX_QUOTE_WORDS + 1
    runs = {tuple(article[n : n + length]) for n in range(len(article) - length + 1)}
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    repeating: list[str] = []
    for name in filter(None, listed.stdout.split("\0")):
        try:
            text = words((ROOT / name).read_text("utf-8"))
        except (UnicodeDecodeError, FileNotFoundError):
            continue
        if any(tuple(text[n : n + length]) in runs for n in range(len(text) - length + 1)):
            repeating.append(name)
    assert repeating == []


@needs_article
def test_our_words_are_our_own(pack: Pack) -> None:
    article = words(ARTICLE.read_text("utf-8"))
    runs = {tuple(article[n : n + 8]) for n in range(len(article) - 7)}
    ours = [fact.text for fact in pack.facts] + [fact.false_version for fact in pack.facts]
    ours += [f"{question.prompt} {question.explanation}" for question in pack.questions]
    ours += [exchange.summary for exchange in pack.interview.exchanges]
    ours += [prompt.text for prompt in pack.prompts]
    for text in ours:
        own_words = words(text)
        assert not any(tuple(own_words[n : n + 8]) in runs for n in range(len(own_words) - 7)), text
