"""How a text ends: what a million signs cost no pattern has to find out."""

from typing import Final

_CLOSING: Final = "\"'”’»)]"
_DECORATION: Final = "*_"
_QUESTIONS: Final = ("?", "？", "؟", ";")
_SENTENCES: Final = (".", "!", "?", "…", "。", "！", "？", "؟")


def ends_asking(text: str) -> bool:
    """Say whether a text ends with a question, be it quoted or in brackets."""
    return text.rstrip(_CLOSING).endswith(_QUESTIONS)


def line_asks(text: str) -> bool:
    """Say whether a line of the file does, whatever it is decorated with."""
    return text.rstrip(_CLOSING + _DECORATION).endswith(_QUESTIONS)


def ends_statement(text: str) -> bool:
    """Say whether a text ends as no title does: with a full stop, or before what it announces."""
    return text.rstrip(_CLOSING + _DECORATION).endswith((".", "。", ":", "："))


def ends_sentence(text: str) -> bool:
    return text.rstrip(_CLOSING).endswith(_SENTENCES)
