"""Pages for a browser, made of elements: what stands in a text is text, whatever it looks like."""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from aiohttp import web

Part = ET.Element | str | None
_STYLE: Final = Path(__file__).with_name("pages.css")


def tag(name: str, /, *parts: Part, **attributes: str | float) -> ET.Element:
    """Make an element; `_` at the end of an attribute's name is left out, and within it is `-`."""
    element = ET.Element(name)
    for key, value in attributes.items():
        element.set(key.removesuffix("_").replace("_", "-"), _harmless(str(value)))
    for part in parts:
        if isinstance(part, ET.Element):
            element.append(part)
        elif part and len(element):
            element[-1].tail = (element[-1].tail or "") + _harmless(part)
        elif part:
            element.text = (element.text or "") + _harmless(part)
    return element


def _harmless(text: str) -> str:
    """Leave out what no page may hold."""
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")


def html_page(title: str, *parts: Part, status: int = 200) -> web.Response:
    """Answer with a whole page, which asks for nothing else, anywhere."""
    style, digest = _style()
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        tag("style"),
    )
    head[-1].text = style
    page = tag("html", head, tag("body", tag("main", *parts)), lang="en")
    html = "<!doctype html>\n" + ET.tostring(page, encoding="unicode", method="html")
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    )
    headers = {"Content-Security-Policy": policy}
    return web.Response(text=html, content_type="text/html", status=status, headers=headers)


@cache
def _style() -> tuple[str, str]:
    style = _STYLE.read_text("utf-8")
    digest = hashlib.sha256(style.encode()).digest()
    return style, base64.b64encode(digest).decode()
