"""A transcript that is looked at: no change is lost, and only what was seen is written."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.editing import review as review_module
from bot.editing.kept_decisions import Load
from bot.editing.review import Review
from bot.editing.understanding import Understanding, understand
from bot.errors import OperatorError
from bot.interview.loading.loaded_packs import hold_packs
from bot.interview.transcript import Decisions
from tests.editing.talks import TALK, Talk


@asynccontextmanager
async def reading(review: Review) -> AsyncIterator[Review]:
    task = asyncio.create_task(review.keep_reading())
    try:
        yield review
    finally:
        task.cancel()


async def until(review: Review, is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not is_so():
            await review.news.wait()


def names(review: Review) -> list[str]:
    return [voice.name for voice in review.understanding.voices]


async def test_a_change_while_the_last_is_read_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()

    def slowly(load: Load, decisions: Decisions) -> Understanding:
        gate.wait(10)
        return understand(load, decisions)

    review = Talk(tmp_path).review()
    monkeypatch.setattr(review_module, "understand", slowly)
    async with reading(review):
        review.change(lambda voices: voices.rename(["BO"], "Robert"))
        await asyncio.sleep(0)
        review.change(lambda voices: voices.join(["CLEO"], ["BO"]))
        review.change(lambda voices: voices.silence(["THE BAND"]))
        assert review.state()["isReading"]
        gate.set()
        await until(review, lambda: not review.is_reading)
        assert names(review) == ["Ada", "Robert"]


async def test_what_cannot_be_read_is_taken_back_with_a_sentence(tmp_path: Path) -> None:
    async with reading(Talk(tmp_path).review()) as review:
        review.change(lambda voices: voices.rename(["BO"], "Robert"))
        await until(review, lambda: not review.is_reading)
        before = review.decisions
        review.replace(Decisions(shape="dotted"))
        await until(review, lambda: bool(review.refusal))
        assert "dotted" in review.refusal
        assert review.decisions == before
        assert not review.is_reading
        review.undo()
        await until(review, lambda: not review.is_reading)
        assert "Bo Sample" in names(review)


async def test_what_was_decided_is_undone_one_by_one(tmp_path: Path) -> None:
    async with reading(Talk(tmp_path).review()) as review:
        review.change(lambda voices: voices.rename(["BO"], "Robert"))
        review.change(lambda voices: voices.silence(["THE BAND"]))
        review.undo()
        await until(review, lambda: not review.is_reading)
        assert names(review) == ["Ada", "Robert", "Cleo", "The Band"]
        review.undo()
        with pytest.raises(OperatorError, match="nothing to undo"):
            review.undo()


async def test_what_makes_a_file_readable_is_not_undone(tmp_path: Path) -> None:
    text = "".join(f"<p><b>What about part {n}?</b></p><p>It had a name.</p>" for n in range(4))
    talk = Talk(tmp_path, f"<html><body>{text}</body></html>", "talk.html")
    async with reading(talk.review()) as review:
        assert review.understanding.transcript is None
        review.replace(Decisions(names={"A": "Bo Sample"}))
        await until(review, lambda: not review.is_reading)
        assert "Bo Sample" in names(review)
        review.undo()
        await until(review, lambda: bool(review.refusal))
        assert not review.is_reading
        assert "Bo Sample" in names(review)


async def test_a_file_that_is_corrected_is_read_again(tmp_path: Path) -> None:
    talk = Talk(tmp_path)
    async with reading(talk.review()) as review:
        review.change(lambda voices: voices.rename(["BO"], "Robert"))
        await until(review, lambda: not review.is_reading)
        talk.file.write_text(TALK.replace("CLEO:", "DORA MUSTER:"), "utf-8")
        await until(review, lambda: "Dora Muster" in names(review))
        assert "Robert" in names(review)
        talk.file.write_text("Nobody says anything here.", "utf-8")
        await until(review, lambda: bool(review.understanding.problem))
        with pytest.raises(OperatorError, match="nothing to write"):
            await review.use(review.version)


async def test_only_what_was_seen_is_written(tmp_path: Path) -> None:
    talk = Talk(tmp_path)
    async with reading(talk.review()) as review:
        seen = review.version
        review.change(lambda voices: voices.rename(["BO"], "Robert"))
        with pytest.raises(OperatorError, match="read again in the meantime"):
            await review.use(seen)
        await until(review, lambda: not review.is_reading)
        with pytest.raises(OperatorError, match="read again in the meantime"):
            await review.use(seen)
        assert talk.written() == []
        folder = await review.use(review.version)
        assert "Robert" in (folder / "interview.toml").read_text("utf-8")
        assert "Robert" in (folder / "reading.toml").read_text("utf-8")
        assert review.state()["folder"] == str(folder)


async def test_a_file_that_changed_a_moment_ago_is_not_written(tmp_path: Path) -> None:
    talk = Talk(tmp_path)
    review = talk.review()
    talk.file.write_text(TALK + "\nADA: Why?\n", "utf-8")
    with pytest.raises(OperatorError, match="just changed"):
        await review.use(review.version)


async def test_it_is_written_once_whoever_asks(tmp_path: Path) -> None:
    review = Talk(tmp_path).review()
    first = asyncio.create_task(review.use(review.version))
    await asyncio.sleep(0)
    with pytest.raises(OperatorError, match="being written"):
        await review.use(review.version)
    with pytest.raises(OperatorError, match="being written"):
        review.change(lambda voices: voices.rename(["BO"], "Robert"))
    assert await first == await review.finish()


async def test_what_was_begun_is_ended_though_the_window_is_closed(tmp_path: Path) -> None:
    review = Talk(tmp_path).review()
    asker = asyncio.create_task(review.use(review.version))
    await asyncio.sleep(0)
    asker.cancel()
    await asyncio.wait_for(review.end.wait(), 20)
    folder = await review.finish()
    assert folder is not None
    assert folder.is_dir()


async def test_who_could_not_write_may_try_again(tmp_path: Path) -> None:
    talk = Talk(tmp_path)
    review = talk.review()
    with hold_packs(talk.data_dir), pytest.raises(OperatorError, match="Another load"):
        await review.use(review.version)
    assert (await review.use(review.version)).is_dir()


def test_what_the_reader_trips_over_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def trip(*_anything: object) -> None:
        raise IndexError

    talk = Talk(tmp_path)
    monkeypatch.setattr(Load, "parse", trip)
    assert "can't be read like that" in understand(talk.load(), Decisions()).problem
    assert "a transcript cannot be read" in caplog.text
