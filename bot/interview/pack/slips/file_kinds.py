"""Files that are text, but not in UTF-8, and files that are no text at all."""

from collections.abc import Mapping
from typing import Final

from bot.interview.pack.mistakes import Spot, spot_in
from bot.text import Text, _

_AS_UTF_8: Final = _("save it again as UTF-8: Notepad asks for the encoding under Save as")
_PLAIN: Final = _("save it as plain text, in UTF-8")
_KINDS: Final[Mapping[bytes, tuple[Text, Text]]] = {
    b"\xff\xfe": (_("the file was saved as UTF-16, not as UTF-8"), _AS_UTF_8),
    b"\xfe\xff": (_("the file was saved as UTF-16, not as UTF-8"), _AS_UTF_8),
    b"PK\x03\x04": (_("this is a Word or Pages document, not a text file"), _PLAIN),
    b"{\\rtf": (_("this is a formatted document (RTF), not a text file"), _PLAIN),
    b"\xd0\xcf\x11\xe0": (_("this is a Word document, not a text file"), _PLAIN),
    b"%PDF": (_("this is a PDF, not a text file"), _PLAIN),
}


def other_kind(data: bytes) -> tuple[Text, Text] | None:
    """Say what a file is, by its first bytes, that is no text in UTF-8."""
    for mark, sentence in _KINDS.items():
        if data.startswith(mark):
            return sentence
    # UTF-16 without its mark: each Western letter has a zero beside it.
    return _KINDS[b"\xff\xfe"] if data[:4].count(0) == 2 else None


def foreign_sign(data: bytes, start: int) -> tuple[Spot, Text, Text]:
    """Say where bytes stop being UTF-8, at an offset."""
    line_start = data.rfind(b"\n", 0, start) + 1
    before = data[line_start:start].decode("utf-8-sig" if line_start == 0 else "utf-8")
    # Read as Western Windows has it, so that the sign is shown for which it most likely stands.
    line = before + data[start : start + 200].decode("cp1252", "replace")
    spot = spot_in(line, len(before), len(before) + 1, data.count(b"\n", 0, start) + 1)
    problem = _("this character isn't saved as UTF-8, perhaps as ANSI")
    return spot, problem, _AS_UTF_8
