"""An interview written in each shape that people have, with what stands around it."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Said:
    """What one voice says at a time."""

    name: str
    text: str


Talk = Sequence[Said]


def stamp(n: int) -> str:
    return f"{n // 60:02}:{n % 60:02}"


def _paragraphs(write: Callable[[int, Said], str], gap: str = "\n\n") -> Callable[[Talk], str]:
    return lambda talk: gap.join(write(n, said) for n, said in enumerate(talk))


def _with_noise(write: Callable[[int, Said], str], noise: Sequence[str]) -> Callable[[Talk], str]:
    """Put something that nobody says behind every second turn."""

    def written(talk: Talk) -> str:
        parts: list[str] = []
        for n, said in enumerate(talk):
            parts.append(write(n, said))
            if n % 2:
                parts.append(noise[n // 2 % len(noise)])
        return "\n\n".join(parts)

    return written


def _cues(write: Callable[[Said], str], head: str, mark: str) -> Callable[[Talk], str]:
    def written(talk: Talk) -> str:
        cues = (
            f"{n}\n00:{stamp(2 * n)}{mark}000 --> 00:{stamp(2 * n + 1)}{mark}500\n{write(said)}\n"
            for n, said in enumerate(talk, 1)
        )
        return head + "\n".join(cues)

    return written


def _html(write: Callable[[Said], str]) -> Callable[[Talk], str]:
    def written(talk: Talk) -> str:
        body = "\n".join(f"<p>{write(said)}</p>" for said in talk)
        return (
            "<html><head><title>A talk</title></head><body><nav>Home: news</nav>"
            f"<article><h1>A talk</h1>{body}</article><footer>Contact: us</footer></body></html>"
        )

    return written


def _json(talk: Talk) -> str:
    entries = [{"speaker": said.name, "start": n, "text": said.text} for n, said in enumerate(talk)]
    return json.dumps({"language": "en", "utterances": entries}, ensure_ascii=False)


def _csv(talk: Talk) -> str:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["time", "speaker", "words"])
    writer.writerows([stamp(n), said.name, said.text] for n, said in enumerate(talk))
    return file.getvalue()


NOISE = ("[Laughter]", "---", "[00:12:04]", "(OFF-MIKE)", "https://example.org/")
SHAPES: dict[str, tuple[str, Callable[[Talk], str]]] = {
    "colon": ("txt", _paragraphs(lambda _n, said: f"{said.name}: {said.text}")),
    "colon without empty lines": (
        "txt",
        _paragraphs(lambda _n, said: f"{said.name}: {said.text}", "\n"),
    ),
    "colon after a time": (
        "txt",
        _paragraphs(lambda n, said: f"[{stamp(n)}] {said.name}: {said.text}"),
    ),
    "colon with noise": ("md", _with_noise(lambda _n, said: f"{said.name}: {said.text}", NOISE)),
    "colon alone": ("txt", _paragraphs(lambda _n, said: f"{said.name}:\n\n{said.text}")),
    "bold": ("md", _paragraphs(lambda _n, said: f"**{said.name}:** {said.text}")),
    "bold with noise": ("md", _with_noise(lambda _n, said: f"**{said.name}:** {said.text}", NOISE)),
    "bold before the colon": ("md", _paragraphs(lambda _n, said: f"**{said.name}**: {said.text}")),
    "bold with a time": (
        "md",
        _paragraphs(lambda n, said: f"**{said.name}:** [{stamp(n)}] {said.text}"),
    ),
    "bold and a time, alone": (
        "md",
        _paragraphs(lambda n, said: f"**{said.name} {stamp(n)}**\n\n{said.text}"),
    ),
    "italic and a time": (
        "md",
        _paragraphs(lambda n, said: f"*{said.name} (0:{stamp(n)})*: {said.text}"),
    ),
    "a time, alone": ("txt", _paragraphs(lambda n, said: f"{said.name}  {stamp(n)}\n{said.text}")),
    "a time and a colon, alone": (
        "md",
        _paragraphs(lambda n, said: f"{said.name} ({stamp(n)}):\n{said.text}", "\n"),
    ),
    "a linked time": (
        "md",
        _paragraphs(
            lambda n, said: f"{said.name} [({stamp(n)})](https://example.org/?t={n}) {said.text}"
        ),
    ),
    "brackets": (
        "txt",
        _paragraphs(lambda n, said: f"[{said.name}] [{stamp(n)}] {said.text}", "\n"),
    ),
    "headings": ("md", _paragraphs(lambda _n, said: f"### {said.name}\n\n{said.text}")),
    "alone": ("txt", _paragraphs(lambda _n, said: f"{said.name}\n{said.text}")),
    "captions": ("vtt", _cues(lambda said: f"{said.name}: {said.text}", "WEBVTT\n\n", ".")),
    "captions with voices": (
        "vtt",
        _cues(lambda said: f"<v {said.name}>{escape(said.text)}</v>", "WEBVTT\n\n", "."),
    ),
    "SubRip": ("srt", _cues(lambda said: f"{said.name}: {said.text}", "", ",")),
    "a page": (
        "html",
        _html(lambda said: f"<strong>{escape(said.name)}:</strong> {escape(said.text)}"),
    ),
    "a page with the colon behind": (
        "html",
        _html(lambda said: f"<b>{escape(said.name)}</b> : {escape(said.text)}"),
    ),
    "a plain page": ("html", _html(lambda said: f"{escape(said.name)}: {escape(said.text)}")),
    "JSON": ("json", _json),
    "CSV": ("csv", _csv),
}
# Where a name stands alone nothing but its repetition tells it from a line of text.
PLAIN_NAMES_ONLY = {"alone", "headings"}
