"""Markdown: a line for each of the source's, its emphasis told but not kept."""

import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile
from typing import TYPE_CHECKING, Final

from bot.interview.transcript.sources.chunks import chunks
from bot.interview.transcript.sources.front_matter import fields_of, split_front_matter
from bot.interview.transcript.sources.plain_text import read_plain
from bot.interview.transcript.sources.records import spoken_in
from bot.interview.transcript.sources.source_lines import Line, SourceFile, Style

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_MOST_LINKS: Final = 10_000
_TAGS: Final = re.compile(r"<[^<>\n]{0,500}>")
_FENCE: Final = re.compile(r"^ {0,3}(?:`{3,}|~{3,}).*$", re.MULTILINE)
# CommonMark sees no end of an emphasis between a colon and a letter, as Chinese writes them.
_LABEL_ENDS: Final = re.compile(r"^(\*\*[^*\n]{1,80}：\*\*)(?=\w)", re.MULTILINE)
_BREAKS: Final = re.compile(r"<br\s{0,3}/?>", re.IGNORECASE)


def read_markdown(text: str) -> SourceFile:
    """Read its lines; the first heading of the first order is the title.

    Where all that is said stands in the front matter, those are its entries.
    """
    content, body, skipped = split_front_matter(text)
    about = fields_of(content)
    title = " ".join(about.get("title", ()))
    entries = spoken_in(content)
    if sum(len(line.text) for line in entries) > len(body):
        return SourceFile(entries, title, about, "YAML")
    body = _LABEL_ENDS.sub(r"\1 ", _without_templates(body))
    reader = _reader(body)
    # What is fenced in is code, unless it is the transcript.
    is_fenced = sum(map(len, _FENCE.split(body)[1::2])) * 2 > len(body)
    lines: list[Line] = []
    for before, piece in chunks(body, lambda part: len(_FENCE.findall(part))):
        lines += _block_lines(reader.parse(piece), skipped + before + 1, is_fenced=is_fenced)
    heading = next((line for line in lines if line.level == 1), None)
    if heading is not None and not title:
        title = heading.text
        lines.remove(heading)
    return SourceFile(lines, title, about, "Markdown")


def _reader(body: str) -> "MarkdownIt":
    from markdown_it import MarkdownIt

    # Text that is set in is a list's or a letter's, and no code.
    reader = MarkdownIt("commonmark").disable("code")
    if body.count("[") > _MOST_LINKS:
        # Each bracket is held against all that follow; where there are so many they are no links.
        reader.disable(["link", "image", "reference"])
    return reader


def _block_lines(tokens: "Sequence[Token]", first: int, *, is_fenced: bool) -> Iterator[Line]:
    """Give the lines of blocks, numbered from `first` on."""
    quoted, level = 0, 0
    for token in tokens:
        number = first + (token.map or [0])[0]
        match token.type:
            case "blockquote_open" | "blockquote_close":
                quoted += token.nesting
            case "heading_open":
                level = int(token.tag[1:])
            case "inline":
                yield from _lines(token, number, is_quoted=quoted > 0, level=level)
                level = 0
            case "html_block":
                yield from _plain(token.content, number)
            case "fence" if is_fenced:
                yield from _plain(token.content, number + 1)
            case _:
                pass


def _plain(text: str, first: int) -> Sequence[Line]:
    return read_plain(_TAGS.sub(" ", _BREAKS.sub("\n", text)), first).lines


def _without_templates(text: str) -> str:
    """Take out what a site's generator puts in, and leave the lines that it stood on."""
    for opening, closing in (("{%", "%}"), ("{{<", ">}}")):
        pieces: list[str] = []
        start = 0
        while (at := text.find(opening, start)) >= 0 and (end := text.find(closing, at)) >= 0:
            pieces += (text[start:at], "\n" * text.count("\n", at, end))
            start = end + len(closing)
        text = "".join([*pieces, text[start:]])
    return text


def _lines(token: "Token", first: int, *, is_quoted: bool, level: int) -> Iterator[Line]:
    """Flatten what stands within a block; a heading has a level."""
    ground = Style.HEADING if level else Style.QUOTED if is_quoted else Style.PLAIN
    line = _Flattened()
    number = first
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak") or (
            child.type == "html_inline" and _BREAKS.fullmatch(child.content)
        ):
            if flat := line_of(line.pieces, number, ground, begins=number == first, level=level):
                yield flat
            line.pieces.clear()
            number += child.type != "html_inline"
        else:
            line.take(child)
    if flat := line_of(line.pieces, number, ground, begins=number == first, level=level):
        yield flat


class _Flattened:
    """A line while its pieces are put together; what is open goes on in the next."""

    def __init__(self) -> None:
        self.pieces: list[tuple[str, Style]] = []
        self._open: list[Style] = []
        self._bold = 0

    def take(self, child: "Token") -> None:
        match child.type:
            case "strong_open":
                self._open.append(Style.BOLD)
                self._bold += 1
            case "em_open":
                self._open.append(Style.ITALIC)
            case "strong_close" | "em_close":
                self._bold -= self._open.pop() is Style.BOLD
            case "text" | "code_inline":
                self.pieces.append((child.content, self._style))
            case _:
                pass

    @property
    def _style(self) -> Style:
        if self._bold:
            return Style.BOLD
        return Style.ITALIC if self._open else Style.PLAIN


def line_of(
    pieces: Sequence[tuple[str, Style]], number: int, ground: Style, *, begins: bool, level: int
) -> Line | None:
    """Make a line of pieces, each in a style; nothing where they hold no word."""
    text = " ".join("".join([piece for piece, _style in pieces]).split())
    if not text:
        return None
    spoken = [piece for piece in pieces if piece[0].strip()]
    lead_style = spoken[0][1]
    lead = 0 if lead_style is Style.PLAIN else _lead(text, spoken)
    whole = lead_style if lead == len(text) and ground is Style.PLAIN else ground
    return Line(number, text, whole, lead, lead_style if lead else Style.PLAIN, begins, level=level)


def _lead(text: str, pieces: Sequence[tuple[str, Style]]) -> int:
    """Give how many characters of a text are in the style of its first piece."""
    behind = dropwhile(lambda piece: piece[1] is pieces[0][1], pieces)
    rest = len(" ".join("".join([piece for piece, _style in behind]).split()))
    return len(text[: len(text) - rest].rstrip())
