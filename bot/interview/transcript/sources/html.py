"""HTML: the article's paragraphs, without scripts, navigation and pictures."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.interview.transcript.sources.markdown_lines import line_of
from bot.interview.transcript.sources.source_lines import Line, SourceFile, Style
from bot.interview.transcript.structure import TranscriptError
from bot.interview.words import word_set
from bot.text import _

if TYPE_CHECKING:
    from lxml.etree import _Element  # pyright: ignore[reportPrivateUsage] - the stubs have no other

_FURNITURE: Final = word_set(
    """
    script style noscript template nav header footer aside figure figcaption form button select svg
    iframe object video audio picture dialog menu
    """
)
_BLOCKS: Final = word_set(
    "p h1 h2 h3 h4 h5 h6 li blockquote div section article main td dd dt pre body html"
)
_HEADINGS: Final = word_set("h1 h2 h3 h4 h5 h6")
_BOLD: Final = word_set("b strong")
_ITALIC: Final = word_set("i em")
_GROUNDS: Final = (
    (Style.HEADING, _HEADINGS),
    (Style.TERM, word_set("dt")),
    (Style.QUOTED, word_set("blockquote")),
)
_HIDING_STYLE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MAX_TAGS: Final = 400_000
"""Opening and closing ones; a page with thousands of comments has fewer."""
# Beyond this libxml2 leaves out what is within, without a word.
_MAX_DEPTH: Final = 2000
_OPENING: Final = 2
"""Lines: a date or an author may stand above a heading."""


def read_html(text: str) -> SourceFile:
    """Read title and lines of a saved page.

    Raises TranscriptError where it has more tags than any, or is nested too deeply.
    """
    root = _parsed(text)
    if root is None:
        return SourceFile((), format="HTML")
    reader = _LineReader()
    for event in _walk(_body_of(root)):
        reader.take(*event)
    reader.close()
    title = _text_of(root, "h1") or _heading_in(reader.lines) or _text_of(root, "title")
    return SourceFile([line for line in reader.lines if line.text != title], title, format="HTML")


def _parsed(text: str) -> "_Element | None":
    # Only who loads a page pays for the import.
    from lxml import etree

    if text.count("<") > _MAX_TAGS:
        raise TranscriptError(
            _("The page has {count} tags.", count=text.count("<")),
            _("Save only the interview, as text or Markdown."),
        )
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    # Bytes, because a declaration of another encoding would be believed, or refused, in text.
    parser.feed(text.encode("utf-8", "replace"))
    try:
        return parser.close()
    except etree.LxmlError:
        return None


def _text_of(root: "_Element", tag: str) -> str:
    """Give what the first element of a kind holds; nothing where there is none."""
    for element in root.iter(tag):
        return " ".join(" ".join(str(text) for text in element.itertext()).split())
    return ""


def _heading_in(lines: Sequence[Line]) -> str:
    """Give the heading with which a text begins: it knows better than the window's title."""
    return next((line.text for line in lines[:_OPENING] if line.level), "")


def _body_of(root: "_Element") -> "_Element":
    """Give the part of a page that is its article, where it says so."""
    parts: dict[str, _Element] = {}
    for event, element in _walk(root):
        if event == "start":
            parts.setdefault(str(element.tag), element)
    return next((parts[name] for name in ("article", "main", "body") if name in parts), root)


def _walk(root: "_Element") -> "Iterator[tuple[str, _Element]]":
    """Go through what is shown: a `start` and an `end` of each element, a `tail` behind it.

    Without recursion, for pages may be nested deeply.
    """
    stack: list[tuple[str, _Element, int]] = [("end", root, 0), ("start", root, 0)]
    while stack:
        event, element, depth = stack.pop()
        yield event, element
        if event != "start":
            continue
        if depth > _MAX_DEPTH:
            raise TranscriptError(
                _("The page is nested {depth} deep.", depth=depth),
                _("Save only the interview, as text or Markdown."),
            )
        for child in reversed(element):
            stack.append(("tail", child, depth))
            if not _is_hidden(child):
                stack += [("end", child, depth), ("start", child, depth + 1)]


def _is_hidden(element: "_Element") -> bool:
    # Comments and instructions have a function for a tag.
    if callable(element.tag) or element.tag in _FURNITURE:
        return True
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_HIDING_STYLE.search(element.get("style") or ""))
    )


class _LineReader:
    """Takes what a walk comes by, and closes a line at each block and line break."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._pieces: list[tuple[str, Style]] = []
        self._open: list[str] = []
        self._line = 1
        self._begins = True

    def take(self, event: str, element: "_Element") -> None:
        tag = str(element.tag)
        if event == "tail":
            self._add(element.tail)
            return
        if tag in _BLOCKS or tag == "br":
            self.close()
            self._line = element.sourceline or self._line
            self._begins = self._begins or tag != "br"
        if event == "start":
            self._open.append(tag)
            self._add(element.text)
        elif tag in self._open:
            # What is closed out of order is closed with what it holds.
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]

    def close(self) -> None:
        """End a line, where there is one."""
        ground = self._ground()
        line = line_of(self._pieces, self._line, ground, begins=self._begins)
        self._pieces = []
        if line is not None:
            tag = next((tag for tag in self._open if tag in _HEADINGS), "h0")
            self.lines.append(replace(line, level=int(tag[1:])))
            self._begins = False

    def _add(self, text: str | None) -> None:
        if text:
            self._pieces.append((text, self._style()))

    def _style(self) -> Style:
        if not _BOLD.isdisjoint(self._open):
            return Style.BOLD
        return Style.PLAIN if _ITALIC.isdisjoint(self._open) else Style.ITALIC

    def _ground(self) -> Style:
        for style, tags in _GROUNDS:
            if not tags.isdisjoint(self._open):
                return style
        return Style.PLAIN
