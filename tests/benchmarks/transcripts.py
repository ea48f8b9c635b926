"""What reading a long transcript costs, beside what its format alone does."""

import json
import random
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from statistics import median

from bot.interview.transcript import parse_transcript
from tests.benchmarks.measuring import Size

LONG, SHORT = 5_000_000, 1_000_000
"""Bytes of a file."""
_WORDS = ("boat", "was", "made", "of", "rope", "and", "salt", "because", "nobody", "had", "rye")
_PEOPLE = ("Ada Example", "Bo Sample", "Cleo Probe")


def reading(folder: Path, size: Size) -> dict[str, tuple[float, float]]:
    """Give for each format the CPU seconds of reading a file of it, and of its floor."""
    length = LONG if size.rounds > 1 else SHORT
    found: dict[str, tuple[float, float]] = {}
    for suffix, (write, floor) in FORMATS.items():
        path = folder / f"long.{suffix}"
        path.write_text(_of_length(write, length), "utf-8")
        # Imports are paid once.
        _seconds(parse_transcript, path)
        times = [
            (_seconds(parse_transcript, path), _seconds(floor, path)) for _n in range(size.rounds)
        ]
        found[suffix] = (median(one for one, _floor in times), median(one for _ours, one in times))
    return found


def _seconds(read: Callable[[Path], object], path: Path) -> float:
    began = time.process_time()
    read(path)
    return time.process_time() - began


def _of_length(write: Callable[[list[tuple[str, str]]], str], length: int) -> str:
    """Write an interview of at most so many characters."""
    # No two alike, but the same in each run.
    drawn = random.Random(1)
    count = length * 98 // len(write(list(islice(_turns(drawn), 100))))
    return write(list(islice(_turns(drawn), count)))


def _turns(drawn: random.Random) -> Iterator[tuple[str, str]]:
    while True:
        sentences = (
            " ".join(drawn.choices(_WORDS, k=drawn.randint(5, 20))).capitalize()
            + drawn.choice(".?.")
            for _n in range(drawn.randint(1, 8))
        )
        yield drawn.choice(_PEOPLE), " ".join(sentences)


def _as_plain(turns: list[tuple[str, str]]) -> str:
    return "\n\n".join(f"{who}: {text}" for who, text in turns)


def _as_markdown(turns: list[tuple[str, str]]) -> str:
    return "\n\n".join(f"**{who}:** {text}" for who, text in turns)


def _as_html(turns: list[tuple[str, str]]) -> str:
    body = "\n".join(f"<p><strong>{who}:</strong> {text}</p>" for who, text in turns)
    return f"<html><body><article>{body}</article></body></html>"


def _as_cues(turns: list[tuple[str, str]]) -> str:
    cues = (
        f"00:{n // 60 % 60:02}:{n % 60:02}.000 --> 00:{n // 60 % 60:02}:{n % 60:02}.900\n"
        f"{who}: {text[:80]}\n"
        for n, (who, text) in enumerate(turns)
    )
    return "\n".join(["WEBVTT\n", *cues])


def _as_json(turns: list[tuple[str, str]]) -> str:
    return json.dumps([{"speaker": who, "text": text} for who, text in turns])


def _lines(path: Path) -> object:
    return [line.split() for line in path.read_text("utf-8").splitlines()]


def _tokens(path: Path) -> object:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark")
    return [parser.parse(part) for part in path.read_text("utf-8").split("\n\n")]


def _elements(path: Path) -> object:
    from lxml import etree

    return etree.parse(path, etree.HTMLParser(encoding="utf-8", huge_tree=True))


def _cues(path: Path) -> object:
    from pysubs2 import SSAFile

    return SSAFile.from_string(path.read_text("utf-8"), format_="vtt")


def _records(path: Path) -> object:
    return json.loads(path.read_bytes())


FORMATS: dict[str, tuple[Callable[[list[tuple[str, str]]], str], Callable[[Path], object]]] = {
    "txt": (_as_plain, _lines),
    "md": (_as_markdown, _tokens),
    "html": (_as_html, _elements),
    "vtt": (_as_cues, _cues),
    "json": (_as_json, _records),
}
