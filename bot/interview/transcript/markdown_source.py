"""Markdown: paragraphs, headings and list items, their emphasis told but not kept."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from bot.interview.transcript.structure import Paragraph

if TYPE_CHECKING:
    from markdown_it.token import Token

_MOST_LINKS: Final = 10_000


def read_markdown(text: str) -> tuple[str, list[Paragraph]]:
    """Read title and paragraphs; a hard line break starts a new paragraph."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False})
    if text.count("[") > _MOST_LINKS:
        # Each bracket is held against all that follow; where there are so many they are no links.
        reader.disable(["link", "image", "reference"])
    tokens = reader.parse(text)
    title = ""
    paragraphs: list[Paragraph] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type != "inline" or before is None:
            continue
        is_heading = before.type == "heading_open"
        line = (token.map or [0])[0] + 1
        for offset, (words, is_bold) in enumerate(_lines(token.children or [])):
            if is_heading and before.tag == "h1" and not title:
                title = words
            elif words:
                paragraphs.append(Paragraph(line + offset, words, is_bold, is_heading))
    return title, paragraphs


def _lines(children: "Sequence[Token]") -> list[tuple[str, bool]]:
    """Flatten inline tokens: the text of each line, and whether all of it is bold."""
    lines: list[tuple[str, bool]] = []
    text, plain, depth = "", "", 0
    for token in children:
        if token.type == "strong_open":
            depth += 1
        elif token.type == "strong_close":
            depth -= 1
        elif token.type == "hardbreak":
            lines.append((" ".join(text.split()), bool(text.strip()) and not plain.strip()))
            text, plain = "", ""
        elif token.type == "softbreak":
            text += "\n"
        elif token.type in ("text", "code_inline"):
            text += token.content
            plain += "" if depth else token.content
    lines.append((" ".join(text.split()), bool(text.strip()) and not plain.strip()))
    return lines
