"""The invite link as somebody sees it who starts the bot for the first time."""

import io

import pytest
import segno

from bot.hosting.invitation import show_invitation

LINK = (
    "https://discord.com/oauth2/authorize?client_id=1234567890123456789"
    "&scope=bot+applications.commands&permissions=309237697536"
)
HALVES = {" ": (1, 1), "▀": (0, 1), "▄": (1, 0), "█": (0, 0)}
"""Which of the two modules that a sign stands for are dark: the screen is."""


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def shown(encoding: str) -> list[str]:
    screen = io.BytesIO()
    with io.TextIOWrapper(screen, encoding, "backslashreplace", write_through=True) as text:
        show_invitation(LINK, text)
        return screen.getvalue().decode(encoding).splitlines()


def test_the_link_stands_in_a_line_of_its_own_that_is_copied_whole() -> None:
    assert LINK in shown("utf-8")


def test_a_phone_reads_the_link_from_the_screen() -> None:
    drawn = [line for line in shown("utf-8") if line and set(line) <= set(HALVES)]
    rows = [[HALVES[sign][n] for sign in line] for line in drawn for n in (0, 1)]
    code = segno.make(LINK, error="l")
    quiet = code.default_border_size // 2
    size = code.symbol_size(border=0)[0]
    inner = [row[quiet : quiet + size] for row in rows[quiet : quiet + size]]
    assert inner == [list(row) for row in code.matrix]


def test_a_terminal_without_blocks_gets_the_link_alone() -> None:
    assert LINK in shown("ascii")
    assert not any(line.startswith("\\u") for line in shown("ascii"))
    assert "Open this link:" in shown("ascii")


def test_a_code_that_a_narrow_terminal_would_break_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "Open this link, or scan it:" in shown("utf-8")
    monkeypatch.setenv("COLUMNS", "40")
    assert {LINK, "Open this link:"} <= set(shown("utf-8"))
    assert not any("█" in line for line in shown("utf-8"))
