"""Markdown: a line for each of the source's, its emphasis told but not kept."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from bot.interview.transcript.sources.front_matter import split_front_matter
from bot.interview.transcript.sources.lines import Line, Source, Style
from bot.interview.transcript.sources.plain_text import read_plain

if TYPE_CHECKING:
    from markdown_it.token import Token

_MOST_LINKS: Final = 10_000
_TAGS: Final = re.compile(r"<[^<>\n]{0,500}>")
_BREAKS: Final = re.compile(r"<br\s{0,3}/?>", re.IGNORECASE)


def read_markdown(text: str) -> Source:
    """Read its lines; the first heading of the first order is the title."""
    from markdown_it import MarkdownIt

    about, body, skipped = split_front_matter(text)
    # Text that is set in is a list's or a letter's, and no code.
    reader = MarkdownIt("commonmark").disable("code")
    if body.count("[") > _MOST_LINKS:
        # Each bracket is held against all that follow; where there are so many they are no links.
        reader.disable(["link", "image", "reference"])
    lines: list[Line] = []
    quoted = 0
    title = " ".join(about.get("title", ()))
    tokens = reader.parse(_without_templates(body))
    fenced = sum(len(token.content) for token in tokens if token.type == "fence")
    # What is fenced in is code, unless it is the transcript.
    is_fenced = fenced * 2 > len(body)
    for before, token in _pairs(tokens):
        quoted += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        first = (token.map or [0])[0] + 1 + skipped
        if token.type == "html_block" or (token.type == "fence" and is_fenced):
            # What stands behind a fence's own line is its text.
            first += token.type == "fence"
            lines += read_plain(_TAGS.sub(" ", _BREAKS.sub("\n", token.content)), first).lines
        elif token.type == "inline":
            tag = before.tag if before is not None and before.type == "heading_open" else ""
            new = list(_lines(token, first, quoted > 0, bool(tag)))
            if tag == "h1" and not title:
                title = " ".join(line.text for line in new)
                new = []
            lines += (replace(line, level=int(tag[1:] or 0)) for line in new)
    return Source(lines, title, about, "Markdown")


def _without_templates(text: str) -> str:
    """Take out what a site's generator puts in, and leave the lines that it stood on."""
    for opening, closing in (("{%", "%}"), ("{{<", ">}}")):
        kept: list[str] = []
        start = 0
        while (at := text.find(opening, start)) >= 0 and (end := text.find(closing, at)) >= 0:
            kept += (text[start:at], "\n" * text.count("\n", at, end))
            start = end + len(closing)
        text = "".join([*kept, text[start:]])
    return text


def _pairs(tokens: "list[Token]") -> "Iterator[tuple[Token | None, Token]]":
    return zip([None, *tokens], tokens, strict=False)


def _lines(token: "Token", first: int, is_quoted: bool, is_heading: bool) -> Iterator[Line]:
    """Flatten what stands within a block."""
    ground = Style.HEADING if is_heading else Style.QUOTED if is_quoted else Style.PLAIN
    line = _Flattened()
    number = first
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak") or (
            child.type == "html_inline" and _BREAKS.fullmatch(child.content)
        ):
            if made := line.made(number, ground, begins=number == first):
                yield made
            line = _Flattened(line.open)
            number += child.type != "html_inline"
        else:
            line.take(child)
    if made := line.made(number, ground, begins=number == first):
        yield made


class _Flattened:
    """A line while its pieces are put together."""

    def __init__(self, still_open: tuple[Style, ...] = ()) -> None:
        self.open = still_open
        self._pieces: list[tuple[str, Style]] = []

    def take(self, child: "Token") -> None:
        match child.type:
            case "strong_open":
                self.open = (*self.open, Style.BOLD)
            case "em_open":
                self.open = (*self.open, Style.ITALIC)
            case "strong_close" | "em_close":
                self.open = self.open[:-1]
            case "text" | "code_inline":
                style = Style.BOLD if Style.BOLD in self.open else (*self.open, Style.PLAIN)[0]
                self._pieces.append((child.content, style))
            case _:
                pass

    def made(self, number: int, ground: Style, *, begins: bool) -> Line | None:
        return line_of(self._pieces, number, ground, begins=begins)


def line_of(
    pieces: list[tuple[str, Style]], number: int, ground: Style, *, begins: bool
) -> Line | None:
    """Make a line of pieces, each in a style; nothing where they hold no word."""
    text = " ".join("".join(piece for piece, _style in pieces).split())
    if not text:
        return None
    spoken = [piece for piece in pieces if piece[0].strip()]
    lead_style = spoken[0][1]
    leading = sum(1 for _piece in takewhile(lambda piece: piece[1] is lead_style, spoken))
    rest = len(" ".join("".join(piece for piece, _style in spoken[leading:]).split()))
    lead = 0 if lead_style is Style.PLAIN else len(text[: len(text) - rest].rstrip())
    whole = lead_style if lead == len(text) and ground is Style.PLAIN else ground
    return Line(number, text, whole, lead, lead_style if lead else Style.PLAIN, begins)
