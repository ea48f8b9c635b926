"""How the findings of doctor are shown: to a person, in a pipe, or as JSON."""

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from bot.hosting.finding import Finding
from bot.process.terminal import draws, json_text, output, tell
from bot.process.version import version
from bot.text import printable

_SIGNS: Final = {"ok": ("✓", "green"), "note": ("!", "yellow"), "problem": ("✗", "bold red")}
_LABEL_WIDTH: Final = 13
_HARMLESS: Final = ("permissions", "interviews", "loaded", "clock", "commands")
"""What a bot starts in spite of."""


def report(findings: Iterable[Finding], *, as_json: bool) -> int:
    """Show each finding as soon as it is there, and a summary; gives the exit code."""
    # What is wrong is among the findings. The root has no log: who waits is told how far it is.
    logging.getLogger("bot").addHandler(logging.NullHandler())
    every = list[Finding]()
    has_signs = draws("".join(sign for sign, _style in _SIGNS.values()))
    show = _nothing if as_json else _styled() if has_signs else tell
    for finding in findings:
        every.append(finding)
        show(finding)
    exit_code = max((finding.exit_code for finding in every), default=0)
    if as_json:
        tell(json_text(_document(every, exit_code)))
    else:
        tell(f"\n{summary_of(every)}")
    return exit_code


def summary_of(findings: Sequence[Finding]) -> str:
    """Say how all is, and what to do first: what keeps a bot from starting, in that order."""
    problems = [finding for finding in findings if finding.is_problem]
    if not problems:
        return "Everything is fine."
    first = min(problems, key=lambda finding: finding.what in _HARMLESS)
    if len(problems) == 1:
        return f"1 problem. {first.what[:1].upper()}{first.what[1:]}: {first.sentence}"
    return f"{len(problems)} problems. First, {first.what}: {first.sentence}"


def _document(findings: Sequence[Finding], exit_code: int) -> dict[str, object]:
    return {
        "version": version(),
        "exit_code": exit_code,
        "summary": summary_of(findings),
        "findings": [
            {"what": each.what, "state": each.state, "how": each.how, "remedy": each.remedy}
            for each in findings
        ],
    }


def _nothing(_finding: Finding) -> None:
    pass


def _styled() -> Callable[[Finding], None]:
    """Show findings with a sign and a colour, where the terminal has some."""
    # Nobody else needs it.
    from rich.console import Console
    from rich.text import Text as StyledText

    console = Console(highlight=False)

    def show(finding: Finding) -> None:
        sign, style = _SIGNS[finding.state]
        how, remedy = printable(finding.how), printable(finding.remedy)
        line = StyledText.assemble((sign, style), f" {finding.what:<{_LABEL_WIDTH}} ", how)
        indent = f"\n{' ' * (_LABEL_WIDTH + 3)}" if how and remedy else ""
        line.append(f"{indent}{remedy}", "bold")
        with output():
            # A link, or a command, is copied whole where the terminal itself breaks the lines.
            console.print(line, soft_wrap=True)

    return show
