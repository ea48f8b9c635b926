"""What a command says to whoever typed it, and asks: at once, and never with a traceback."""

import codecs
import io
import json
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from bot.errors import UnavailableError
from bot.letters import inert
from bot.text import Text, _, say


def open_streams() -> None:
    """Stand in for streams that whoever started the process has closed."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 - to the end
            setattr(sys, name, stream)
    # What is told, or typed, may have signs that the terminal's encoding has not.
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


@contextmanager
def output() -> Generator[None]:
    """Turn what keeps a line from being written into a sentence, save that nobody reads on."""
    try:
        yield
    except OSError as error:
        _silence(sys.stdout)
        if isinstance(error, BrokenPipeError):
            raise
        raise UnavailableError(
            _("The output can't be written: {why}.", why=error),
            _("Check that there's room where it goes."),
        ) from error


def complain(words: str) -> None:
    """Say what is wrong; where that can't be written the exit code still tells of it."""
    try:
        print(inert(words), file=sys.stderr, flush=True)
    except OSError:
        _silence(sys.stderr)


def _silence(stream: TextIO) -> None:
    # Python tries once more to write what is left when it ends.
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def tell(line: object, file: TextIO | None = None) -> None:
    """Print at once, so that what cannot be written fails here and nowhere else.

    Whatever stands in it, a terminal obeys nothing of it.
    """
    with output():
        print(inert(str(line)), file=file, flush=True)


def json_text(value: object) -> str:
    """Write what `--json` prints, in signs that the output has: a replaced one would be no JSON."""
    is_utf8 = codecs.lookup(sys.stdout.encoding or "ascii").name == "utf-8"
    return json.dumps(value, ensure_ascii=not is_utf8, indent=2)


def draws(signs: str) -> bool:
    """Say whether standard output is a terminal that has such signs."""
    try:
        signs.encode(sys.stdout.encoding or "ascii")
    except (LookupError, UnicodeError):
        return False
    return sys.stdout.isatty()


def agrees(question: Text) -> bool:
    """Ask for a yes; where nobody is there to ask, that is said, and it is a no."""
    if not sys.stdin.isatty():
        print(say(_("Not a terminal: pass --yes to confirm.")), file=sys.stderr)
        return False
    try:
        with output():
            return input(inert(say(question))).strip().casefold() in ("y", "yes")
    except EOFError:
        # Ctrl-D.
        return False
