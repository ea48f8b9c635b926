"""HTML: the article's paragraphs, without scripts, navigation and pictures."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

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
_GROUNDS: Final = {
    **dict.fromkeys(_HEADINGS, Style.HEADING),
    "dt": Style.TERM,
    "blockquote": Style.QUOTED,
}
_RANK: Final = (Style.PLAIN, Style.QUOTED, Style.TERM, Style.HEADING)
_BODIES: Final = ("article", "main", "body")
"""The one that says most of what is the article, first."""
_META: Final = {
    "author": "byline",
    "article:author": "byline",
    "byl": "byline",
    "og:site_name": "outlet",
    "canonical": "link",
    "og:url": "link",
    "article:published_time": "date",
    "date": "date",
}
"""What stands in the head of a page, by its names there."""
_HIDING_STYLE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MAX_TAGS: Final = 400_000
"""Opening and closing ones; a page with thousands of comments has fewer."""
# Beyond this libxml2 leaves out what is within, without a word.
_MAX_DEPTH: Final = 2000
_SHARED: Final = 3
"""Lines on one of the file's, at which their numbers tell nothing any more."""
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
    lines = [line for line in _numbered(reader.lines) if line.text != title]
    return SourceFile(lines, title, format="HTML", imprint=_imprint(root))


def _imprint(root: "_Element") -> Mapping[str, Sequence[str]]:
    """List what the head of a page says of where it comes from."""
    imprint: dict[str, list[str]] = {}
    for element in root.iter("meta", "link"):
        name = element.get("name") or element.get("property") or element.get("rel") or ""
        value = element.get("content") or element.get("href") or ""
        if (key := _META.get(name.casefold())) and value.strip():
            imprint.setdefault(key, []).append(value.strip())
    # Some put the address of the author's page there.
    names = [value for value in imprint.get("byline", ()) if "://" not in value]
    return {**imprint, "byline": names}


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


def _numbered(lines: Sequence[Line]) -> Sequence[Line]:
    """Count the lines by themselves where most share one of the file's, as behind some editors."""
    if len({line.number for line in lines}) * _SHARED > len(lines):
        return lines
    return [replace(line, number=number) for number, line in enumerate(lines, 1)]


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
        if event == "start" and element.tag in _BODIES:
            parts.setdefault(str(element.tag), element)
    return next((parts[name] for name in _BODIES if name in parts), root)


def _walk(root: "_Element") -> "Iterator[tuple[str, _Element]]":
    """Go through what is shown: a `start` and an `end` of each element, a `tail` behind it.

    Without recursion, for pages may be nested deeply.
    """
    from lxml import etree

    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    depth, hidden = 0, None
    for event, element in walk:
        if event == "start" and _is_hidden(element):
            walk.skip_subtree()
            hidden = element
            continue
        if event == "start":
            _refuse_depth(depth)
            depth += 1
            yield event, element
        elif event == "end" and element is not hidden:
            depth -= 1
            yield event, element
        if event != "start" and element is not root:
            yield "tail", element


def _refuse_depth(depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise TranscriptError(
            _("The page is nested {depth} deep.", depth=depth),
            _("Save only the interview, as text or Markdown."),
        )


def _is_hidden(element: "_Element") -> bool:
    return (
        element.tag in _FURNITURE
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_HIDING_STYLE.search(element.get("style") or ""))
    )


class _Around(NamedTuple):
    """What holds within an element, by all that it is in."""

    style: Style = Style.PLAIN
    ground: Style = Style.PLAIN
    level: int = 0

    def within(self, tag: str) -> "_Around":
        style, ground, level = self
        if tag in _BOLD:
            style = Style.BOLD
        elif tag in _ITALIC and style is not Style.BOLD:
            style = Style.ITALIC
        elif tag in _GROUNDS and _RANK.index(_GROUNDS[tag]) > _RANK.index(ground):
            ground = _GROUNDS[tag]
        if tag in _HEADINGS and not level:
            level = int(tag[1:])
        return _Around(style, ground, level)


class _LineReader:
    """Takes what a walk comes by, and closes a line at each block and line break."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._pieces: list[tuple[str, Style]] = []
        self._around = [_Around()]
        self._line = 1
        self._begins = True

    def take(self, event: str, element: "_Element") -> None:
        if event == "tail":
            self._add(element.tail)
            return
        tag = str(element.tag)
        if tag in _BLOCKS or tag == "br":
            self.close()
            self._line = element.sourceline or self._line
            self._begins = self._begins or tag != "br"
        if event == "start":
            self._around.append(self._around[-1].within(tag))
            self._add(element.text)
        else:
            self._around.pop()

    def close(self) -> None:
        """End a line, where there is one."""
        _style, ground, level = self._around[-1]
        line = line_of(self._pieces, self._line, ground, begins=self._begins, level=level)
        self._pieces = []
        if line is not None:
            self.lines.append(line)
            self._begins = False

    def _add(self, text: str | None) -> None:
        if text:
            self._pieces.append((text, self._around[-1].style))
