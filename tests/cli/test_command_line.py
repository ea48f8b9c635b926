"""What is typed: help, versions, mistakes at the keyboard, completion, colours."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner

from bot.cli.checkout import ROOT
from bot.cli.command_line import encore
from bot.cli.guidance import GUIDANCE, VARIABLES
from tests.packs import quote, write_lines, write_pack
from tests.waiting import until

COLOUR = "\x1b["
QUIET = {"PATH": os.environ["PATH"], "COLUMNS": "80"}
_ON_A_TERMINAL = """
import os, pty, sys
pid, screen = pty.fork()
if not pid:
    os.execv(sys.executable, [sys.executable, "-m", "bot", *sys.argv[1:]])
told = b""
try:
    while piece := os.read(screen, 4096):
        told += piece
except OSError:
    pass
os.waitpid(pid, 0)
sys.stdout.buffer.write(told)
"""


def typed(*words: str, env: Mapping[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=ROOT,
        env=QUIET | dict(env or {}),
        capture_output=True,
        text=True,
        check=False,
    )


def on_a_terminal(*words: str, **env: str) -> str:
    """Give what a terminal shows of a command."""
    return subprocess.run(
        [sys.executable, "-c", _ON_A_TERMINAL, *words],
        cwd=ROOT,
        env=QUIET | {"TERM": "xterm-256color"} | env,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_alone_it_shows_what_there_is_in_groups() -> None:
    told = typed()
    assert (told.returncode, told.stderr) == (0, "")
    for heading in ("Try it:", "Host it:", "Make an interview of your own:"):
        assert heading in told.stdout
    assert told.stdout == typed("--help").stdout == typed("-h").stdout


def test_it_says_which_version_it_is() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert typed("--version").stdout == f"Encore {version}\n"


def test_the_script_is_the_same_as_the_module() -> None:
    script = Path(sys.executable).with_name("encore")
    told = subprocess.run([script, "--help"], env=QUIET, capture_output=True, text=True, check=True)
    assert told.stdout == typed("--help").stdout


@pytest.mark.parametrize("name", encore.commands)
def test_each_command_has_examples_variables_and_exit_codes_in_its_help(name: str) -> None:
    told = typed(name, "--help").stdout
    assert "Examples:\n" in told
    assert ("Environment:\n" in told) == bool(GUIDANCE[name].variables)
    assert re.search(r"Exit codes:\n +0 +\w", told)


@pytest.mark.parametrize("name", encore.commands)
def test_the_examples_of_a_command_are_commands(name: str) -> None:
    known = {option for parameter in encore.commands[name].params for option in parameter.opts}
    for example in GUIDANCE[name].examples:
        if example == "source .venv/bin/activate":
            continue
        words = re.split(r"\bencore ", example)[1].split()
        assert words[0] == name
        assert {word for word in words if word.startswith("--")} <= known


def settings_read() -> Iterator[str]:
    source = (ROOT / ".env.example").read_text("utf-8")
    yield from re.findall(r"^#?([A-Z_]+)=", source, re.MULTILINE)


def test_the_help_of_run_has_every_setting() -> None:
    # Another Discord is for tests and the playground alone.
    assert set(settings_read()) - {"DISCORD_API_URL"} == set(VARIABLES) - {"NO_COLOR"}


_NO_NUMBER = (
    "USER_ID is a number: in Discord, switch on Developer Mode under Advanced, then right-click the"
    " member and choose Copy User ID."
)

_NO_DAYS = "Invalid value for '--days'. It must be a number of days, from 1 to 366."
_NO_SPEAKER = (
    "Invalid value for '--speaker'. It must be LABEL=NAME, such as \"Speaker 1=Ada Example\"."
)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["laod"], "No such command 'laod'. Did you mean 'load'?"),
        (["chekc"], "No such command 'chekc'. Did you mean 'check'?"),
        (["load", "--dryrun"], "No such option '--dryrun'. Did you mean '--dry-run'?"),
        (["help"], "No such command 'help'. Did you mean '--help'?"),
        (["version"], "No such command 'version'. Did you mean '--version'?"),
        (["load", "--dry"], "No such option '--dry'. Did you mean '--dry-run' or '--yes'?"),
        (["stats", "--days"], "Option '--days' requires an argument."),
        (["stats", "--days", "0"], _NO_DAYS),
        (["stats", "--days", "two"], _NO_DAYS),
        (["load", "--speaker", "Ada"], _NO_SPEAKER),
        (["completion"], "Missing argument 'SHELL'. It's one of bash, zsh, fish, powershell."),
        (["forget"], "Missing argument 'USER_ID'."),
        (["forget", "mika"], _NO_NUMBER),
        (["forget", "<@1234>"], _NO_NUMBER),
        (["forget", "²"], _NO_NUMBER),
    ],
)
def test_a_slip_is_told_with_what_may_be_meant(words: list[str], sentence: str) -> None:
    told = typed(*words)
    assert (told.returncode, told.stdout) == (2, "")
    first, where = told.stderr.splitlines()
    assert first == sentence
    command = f"{words[0]} " if words[0] in encore.commands else ""
    assert where == f"Help: encore {command}--help"


@pytest.mark.skipif(sys.platform == "win32", reason="needs the terminals of other systems")
def test_colours_are_for_terminals_and_for_those_who_want_them() -> None:
    assert COLOUR in on_a_terminal("--help")
    assert COLOUR not in on_a_terminal("--help", NO_COLOR="1")
    assert COLOUR not in typed("--help").stdout


@pytest.mark.parametrize(
    ("shell", "sign"),
    [
        ("bash", "complete "),
        ("zsh", "#compdef encore"),
        ("fish", "complete --no-files --command encore"),
        ("powershell", "Register-ArgumentCompleter"),
    ],
)
def test_each_shell_is_taught_to_complete(shell: str, sign: str) -> None:
    assert sign in typed("completion", shell).stdout


@pytest.mark.parametrize(
    ("line", "choices"),
    [
        ("encore lo", ["load"]),
        ("encore load --dr", ["--dry-run"]),
        ("encore playground --locale pt", ["pt-BR"]),
        ("encore completion po", ["powershell"]),
    ],
)
def test_what_is_begun_is_completed(line: str, choices: list[str]) -> None:
    words = line.split()
    env = {
        "_ENCORE_COMPLETE": "bash_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    told = typed(env=env).stdout.split()
    assert [choice.partition(",")[2] for choice in told] == choices


def test_a_sentence_names_a_command_as_it_can_be_typed(tmp_path: Path) -> None:
    inside = {"PACKS_DIR": str(tmp_path), "DATA_DIR": str(tmp_path)}
    told = typed("load", env=inside)
    assert told.stderr == "Which file? Name it, as in: encore load talk.html\n"
    told = typed("load", env=inside | {"UV": "/usr/bin/uv"})
    assert told.stderr == "Which file? Name it, as in: uv run encore load talk.html\n"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM; cannot be avoided")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_ends_a_command_that_takes_long_and_nothing_is_left(
    tmp_path: Path, number: signal.Signals
) -> None:
    pack = write_pack(tmp_path / "boat", quotes=[])
    write_lines(pack / "quotes.jsonl", (quote(n) for n in range(1, 60_000)))
    (tmp_path / "temporary").mkdir()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "check", str(pack), "--count"),
        cwd=ROOT,
        env=QUIET | {"TMPDIR": str(tmp_path / "temporary")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    await until(lambda: list((tmp_path / "temporary").rglob("*.building")))
    process.send_signal(number)
    _out, err = await process.communicate()
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux comes with one")
@pytest.mark.parametrize("words", [["--help"], ["check", "--help"], ["completion", "bash"], ["-V"]])
def test_what_cannot_be_written_is_a_sentence(words: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "bot", *words],
            cwd=ROOT,
            env=QUIET,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ended.returncode == 75
    assert ended.stderr.startswith("The output can't be written: ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux comes with one")
def test_the_exit_code_tells_where_nothing_else_can() -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "bot", "check", "nowhere"]
        ended = subprocess.run(command, cwd=ROOT, env=QUIET, stderr=full, check=False)
    assert ended.returncode == 78


def test_a_terminal_obeys_nothing_that_was_typed() -> None:
    assert "There's no interview in \\u001b[2J." in typed("check", "\x1b[2J").stderr
    assert "\x1b" not in typed("\x1b[2J").stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no signal reaches it alone: cannot be avoided")
def test_ctrl_c_while_all_is_still_imported_is_no_traceback() -> None:
    interrupted = """
        import os, signal, sys
        class Finger:
            def find_spec(self, name, *_):
                if name == "click":
                    os.kill(os.getpid(), signal.SIGINT)
        sys.meta_path.insert(0, Finger())
        from bot.cli import main
        main()
    """
    ended = subprocess.run(
        [sys.executable, "-c", dedent(interrupted)],
        cwd=ROOT,
        env=QUIET,
        capture_output=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (130, b"")


def test_a_dumb_terminal_gets_no_colours() -> None:
    assert COLOUR in on_a_terminal("--help")
    assert COLOUR not in on_a_terminal("--help", TERM="dumb")


@pytest.mark.parametrize("name", encore.commands)
def test_help_fits_a_narrow_terminal(name: str) -> None:
    told = typed(name, "--help", env={"COLUMNS": "40"}).stdout.splitlines()
    # What is typed is never broken.
    wide = [line.strip() for line in told if len(line) > 40]
    assert set(wide) <= set(GUIDANCE[name].examples)


def test_help_is_there_whatever_is_wrong(tmp_path: Path) -> None:
    inside = {"SSL_CERT_FILE": str(tmp_path)}
    assert typed("check", env=inside).stderr.startswith(f"SSL_CERT_FILE names '{tmp_path}'")
    for words in (["--help"], ["--version"], ["check", "--help"]):
        assert typed(*words, env=inside).returncode == 0


def test_certificates_that_are_none_hide_nothing_from_doctor(tmp_path: Path) -> None:
    inside = {"SSL_CERT_FILE": str(tmp_path), "DATA_DIR": str(tmp_path), "LOG_LEVEL": "LOUD"}
    told = typed("doctor", env=inside | {"DISCORD_API_URL": "http://127.0.0.1:9"})
    assert told.returncode == 78
    for sentence in ("SSL_CERT_FILE names", "LOG_LEVEL is 'LOUD'", f"data folder: {tmp_path}"):
        assert sentence in told.stdout


def test_counts_stand_beside_what_a_program_reads() -> None:
    told = typed("check", "--json", "--count")
    assert json.loads(told.stdout) == []
    assert "tiny-pretty-things: " in told.stderr


def test_doctor_tells_nothing_of_a_default_in_the_place_of_a_mistake(tmp_path: Path) -> None:
    wrong = {"DATABASE_URL": "mysql://host/x", "HEALTH_PORT": "99999", "DATA_DIR": str(tmp_path)}
    told = typed("doctor", env=wrong | {"DISCORD_API_URL": "http://127.0.0.1:9"}).stdout
    assert "note     database: not looked at. Put DATABASE_URL right first." in told
    assert "note     health port: not looked at. Put HEALTH_PORT right first." in told


@pytest.mark.parametrize("written", [".", "../boat/", "facts/.."])
def test_a_folder_without_a_name_is_the_one_that_it_stands_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    folder = write_pack(tmp_path / "boat")
    (folder / "facts").mkdir()
    monkeypatch.chdir(folder)
    checked = CliRunner().invoke(encore, ["check", written])
    assert checked.exit_code == 0
    assert checked.output == "No mistakes: this interview is ready to play.\n"
