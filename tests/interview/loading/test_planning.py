"""A transcript becomes an interview, or more of one there is."""

from pathlib import Path

import pytest

from bot.editing.check import check
from bot.editing.load import tomorrow
from bot.errors import OperatorError
from bot.interview.audience import SpoilerPolicy, audience
from bot.interview.library.opening import open_library
from tests.interview.loading.checkouts import OVEN, SECOND, Checkout
from tests.packs import INTERVIEW, write_pack

SEES_ALL = audience(SpoilerPolicy.SHOW, allows_mature=True)


def test_a_transcript_adds_to_the_interview_whose_quotes_occur_in_it(checkout: Checkout) -> None:
    plan = checkout.plan()
    assert plan.adds_to == "boat"
    assert [(row["number"], row["text"]) for row in plan.quotes] == [
        (1001, f"Nobody helped. {SECOND}"),
        (1002, "I held the rope."),
        (1003, f"{OVEN} Truly."),
    ]
    assert [row.get("drawn", True) for row in plan.quotes] == [True, False, True]
    assert [row.get("mature", False) for row in plan.quotes] == [True, False, False]


def test_what_is_loaded_comes_on_the_cards_of_later_days(checkout: Checkout) -> None:
    days = {row["since"] for row in checkout.plan().quotes}
    assert days == {tomorrow().isoformat()}
    path = checkout.load() / "quotes.jsonl"
    path.write_text(path.read_text("utf-8").replace(*days, "2026-01-01"), "utf-8")
    assert {row["since"] for row in checkout.plan().quotes} == {"2026-01-01"}, "once, not each time"


async def test_another_interview_becomes_one_of_its_own(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    write_pack(checkout.packs_dir / "boat", interview={**INTERVIEW, "title": "Something else"})
    plan = checkout.plan()
    assert (plan.adds_to, plan.slug) == ("", "two-bakers-on-a-boat")
    folder = checkout.load()
    assert list(check([folder])) == []
    async with open_library(checkout.content()) as library:
        loaded = library.interviews["two-bakers-on-a-boat"]
        assert [person.name for person in loaded.speakers] == ["Ada Example", "Ben Sample"]
        assert [exchange.title for exchange in loaded.exchanges] == [
            "Introduction",
            "How did it begin?",
            "And what about the oven?",
        ]
        assert loaded.outlet == "The Harbour Post"
    assert checkout.load() == folder, "the same interview again takes the same place"


def test_an_interview_that_is_not_there_or_is_another_is_refused(checkout: Checkout) -> None:
    with pytest.raises(OperatorError, match="There is no interview 'ship'"):
        checkout.plan("ship")
    write_pack(checkout.packs_dir / "ship")
    with pytest.raises(OperatorError, match="Most quotes of 'ship' do not occur"):
        checkout.plan("ship")


def test_a_name_that_no_button_carries_gets_a_key(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    checkout.packs_dir.mkdir()
    checkout.file.write_text(
        "记者：为什么？\n\n李娜：因为。\n\n记者：怎么做？\n\n李娜：慢慢地。", "utf-8"
    )
    folder = checkout.load()
    assert list(check([folder])) == []
    assert "speaker-1" in (folder / "interview.toml").read_text("utf-8")
