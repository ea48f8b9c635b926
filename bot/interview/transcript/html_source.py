"""HTML: the article's paragraphs, without scripts, navigation and pictures."""

import re
from typing import Final

from bot.interview.transcript.structure import Paragraph
from bot.interview.words import word_set

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
_HIDING_STYLE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read_html(text: str) -> tuple[str, list[Paragraph]]:
    """Read title and paragraphs of a saved page."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(text, "html.parser")
    heading = soup.find("h1") or soup.find("title")
    title = " ".join(heading.get_text(" ").split()) if heading else ""
    for tag in soup.find_all(list(_FURNITURE)):
        tag.decompose()
    for tag in soup.find_all(_is_hidden):
        tag.decompose()
    body = soup.find("article") or soup.find("main") or soup.body or soup
    reader = _ParagraphReader()
    reader.read(body)
    return title, [paragraph for paragraph in reader.paragraphs if paragraph.text != title]


def _is_hidden(tag: object) -> bool:
    get = getattr(tag, "get", None)
    if get is None:
        return False
    style = str(get("style") or "")
    return (
        get("hidden") is not None
        or get("aria-hidden") == "true"
        or bool(_HIDING_STYLE.search(style))
    )


class _ParagraphReader:
    """Walks a tree and closes a paragraph at each block and line break."""

    def __init__(self) -> None:
        self.paragraphs: list[Paragraph] = []
        self._text = ""
        self._plain = ""
        self._line = 1
        self._is_heading = False

    def read(self, root: object) -> None:
        """Read a tag and all that is in it, without recursion: pages may be nested deeply."""
        from bs4 import Tag
        from bs4.element import NavigableString, PreformattedString

        stack: list[tuple[object, int, bool]] = [(root, 0, False)]
        while stack:
            node, bold, is_end = stack.pop()
            if isinstance(node, PreformattedString):
                continue
            if isinstance(node, NavigableString):
                self._text += node
                self._plain += "" if bold else node
            elif isinstance(node, Tag):
                is_break = node.name in _BLOCKS or node.name == "br"
                if is_break:
                    self._close()
                    self._line = node.sourceline or self._line
                    self._is_heading = node.name in _HEADINGS and not is_end
                if not is_end:
                    inner = bold + (node.name in ("b", "strong") or node.name in _HEADINGS)
                    stack.append((node, bold, True))
                    stack.extend((child, inner, False) for child in reversed(node.contents))
        self._close()

    def _close(self) -> None:
        text = " ".join(self._text.split())
        if text:
            is_bold = not self._plain.strip()
            self.paragraphs.append(Paragraph(self._line, text, is_bold, self._is_heading))
        self._text, self._plain = "", ""
