"""The same interview as people have it: copies in other formats, made by code."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Piece:
    """A paragraph; without a label it is a question or furniture."""

    text: str
    label: str = ""

    def plain(self) -> str:
        return f"{self.label}: {self.text}" if self.label else self.text


def paragraphs_of(text: str) -> list[Piece]:
    """Read a plain text of one paragraph a line; only short labels in capitals count."""
    pieces: list[Piece] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        label, colon, rest = line.partition(": ")
        is_label = bool(colon) and label.isupper()
        pieces.append(Piece(rest, label) if is_label else Piece(line))
    return pieces


def as_plain(pieces: Sequence[Piece]) -> str:
    return "\n\n".join(piece.plain() for piece in pieces)


def as_markdown(pieces: Sequence[Piece]) -> str:
    first, *rest = pieces
    # Underscores and asterisks do not occur, and brackets are no links without addresses.
    lines = [f"**{piece.label}:** {piece.text}" if piece.label else piece.text for piece in rest]
    return "\n\n".join([f"# {first.text}", *lines])


def as_html(pieces: Sequence[Piece]) -> str:
    first, *rest = pieces
    body = "".join(
        f"<p><strong>{escape(piece.label)}:</strong> {escape(piece.text)}</p>\n"
        if piece.label
        else f"<p>{escape(piece.text)}</p>\n"
        for piece in rest
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


def as_subrip(pieces: Sequence[Piece]) -> str:
    return "\n".join(
        f"{n}\n{_clock(n * 10, ',')} --> {_clock(n * 10 + 9, ',')}\n{piece.plain()}\n"
        for n, piece in enumerate(pieces, 1)
    )


def as_webvtt(pieces: Sequence[Piece]) -> str:
    cues = "\n".join(
        f"{_clock(n * 10, '.')} --> {_clock(n * 10 + 9, '.')}\n"
        + (
            f"<v {piece.label}>{escape(piece.text, quote=False)}"
            if piece.label
            else escape(piece.text, quote=False)
        )
        + "\n"
        for n, piece in enumerate(pieces, 1)
    )
    return f"WEBVTT\n\n{cues}"


COPIES: dict[str, Callable[[Sequence[Piece]], str]] = {
    "txt": as_plain,
    "md": as_markdown,
    "html": as_html,
    "srt": as_subrip,
    "vtt": as_webvtt,
}
