"""The same interview as people have it: copies in other formats, made by code."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Said:
    """A paragraph; without a label it is a question or furniture."""

    text: str
    label: str = ""

    def plain(self) -> str:
        return f"{self.label}: {self.text}" if self.label else self.text


def paragraphs_of(text: str) -> list[Said]:
    """Read a plain text of one paragraph a line; only short labels in capitals count."""
    found: list[Said] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        label, colon, rest = line.partition(": ")
        is_label = bool(colon) and label.isupper()
        found.append(Said(rest, label) if is_label else Said(line))
    return found


def as_plain(paragraphs: Sequence[Said]) -> str:
    return "\n\n".join(one.plain() for one in paragraphs)


def as_markdown(paragraphs: Sequence[Said]) -> str:
    first, *rest = paragraphs
    # Underscores and asterisks do not occur, and brackets are no links without addresses.
    lines = [f"**{one.label}:** {one.text}" if one.label else one.text for one in rest]
    return "\n\n".join([f"# {first.text}", *lines])


def as_html(paragraphs: Sequence[Said]) -> str:
    first, *rest = paragraphs
    body = "".join(
        f"<p><strong>{escape(one.label)}:</strong> {escape(one.text)}</p>\n"
        if one.label
        else f"<p>{escape(one.text)}</p>\n"
        for one in rest
    )
    return (
        f"<!doctype html><html><head><title>{escape(first.text)} - A Site</title>"
        "<script>var question = 'Who?';</script><style>p: {}</style></head><body>"
        "<nav><a href='/'>Home: news</a></nav>"
        f"<article><h1>{escape(first.text)}</h1>\n{body}"
        "<figure><figcaption>Photo: Somebody</figcaption></figure></article>"
        "<footer>Contact: us</footer></body></html>"
    )


def _clock(seconds: int, mark: str) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{mark}000"


def as_subrip(paragraphs: Sequence[Said]) -> str:
    return "\n".join(
        f"{n}\n{_clock(n * 10, ',')} --> {_clock(n * 10 + 9, ',')}\n{one.plain()}\n"
        for n, one in enumerate(paragraphs, 1)
    )


def as_webvtt(paragraphs: Sequence[Said]) -> str:
    cues = "\n".join(
        f"{_clock(n * 10, '.')} --> {_clock(n * 10 + 9, '.')}\n"
        + (
            f"<v {one.label}>{escape(one.text, quote=False)}"
            if one.label
            else escape(one.text, quote=False)
        )
        + "\n"
        for n, one in enumerate(paragraphs, 1)
    )
    return f"WEBVTT\n\n{cues}"


COPIES: dict[str, Callable[[Sequence[Said]], str]] = {
    "txt": as_plain,
    "md": as_markdown,
    "html": as_html,
    "srt": as_subrip,
    "vtt": as_webvtt,
}
