"""What a host types: doctor, backup, restore, forget, health, each as a process of its own."""

import asyncio
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import urllib.request
from contextlib import closing, suppress
from pathlib import Path

import pytest

from bot.cli.checkout import ROOT
from playground import LoopbackDiscord
from tests.end_to_end.forgery import forge
from tests.end_to_end.stage import BotProcess, unused_port
from tests.interview.loading.checkouts import TALK
from tests.process.passages import AUTHORITY, Proxy, decrypting

POSIX = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no such terminals and shells; cannot be avoided"
)
READS_ALONG = (
    "Something between this machine and Discord can read along: its certificate is signed by"
    " “An authority of tests”"
)
_ON_A_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


class Host:
    """Whoever types the commands, with a data folder."""

    def __init__(self, data_dir: Path, api_url: str = "http://127.0.0.1:9") -> None:
        self.data_dir = data_dir
        self.env = {
            "PATH": os.environ["PATH"],
            "DATA_DIR": str(data_dir),
            "DISCORD_TOKEN": "MTIzNDU2Nzg5MDEyMzQ1Njc4.abcdef.abcdefghijklmnopqrstuvwxyz0",
            "DISCORD_API_URL": api_url,
        }

    def type(self, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "bot", *words],
            cwd=ROOT,
            env=self.env | more,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return Host(tmp_path / "var")


async def _live(discord: LoopbackDiscord, data_dir: Path) -> None:
    """Let a member save a quote, and the bot stop."""
    bot = BotProcess(discord, data_dir)
    await bot.start()
    mika, general = discord.world.mika, discord.world.general
    quote = await discord.members.use_command(mika, general, "quote")
    assert quote.message is not None
    await discord.members.press(mika, quote.message, "Save")
    await bot.stop()


@pytest.fixture(scope="module")
async def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data folder in which a bot has lived."""
    async with LoopbackDiscord() as discord:
        await _live(discord, folder := tmp_path_factory.mktemp("var"))
    return folder


async def test_an_installation_moves_to_another_machine(tmp_path: Path) -> None:
    async with LoopbackDiscord() as discord:
        here, there = Host(tmp_path / "here"), Host(tmp_path / "there")
        await _live(discord, here.data_dir)
        file = tmp_path / "encore.zip"
        assert re.match(
            r"Wrote .*encore\.zip \([\d.,]+ (k|M)B\): 1 member\.$",
            here.type("backup", str(file)).stdout,
        )
        assert there.type("restore", str(file)).stdout == f"Restored {file}: 1 member.\n"
        bot = BotProcess(discord, there.data_dir)
        await bot.start()
        mika, general = discord.world.mika, discord.world.general
        saved = await discord.members.use_command(mika, general, "saved")
        assert "1 saved quote" in saved.text
        refused = there.type("restore", str(file))
        assert refused.returncode == 75
        assert f"A bot is running on {there.data_dir}. Stop it first" in refused.stderr
        way = {"DISCORD_API_URL": discord.url, "DISCORD_TOKEN": discord.token}
        examined = await asyncio.to_thread(there.type, "doctor", **way)
        assert examined.returncode == 0, examined.stdout
        assert "ok       process: a bot is running on this data" in examined.stdout
        second = BotProcess(discord, there.data_dir)
        await second.launch()
        assert await second.ended() == 75
        forgotten = there.type("forget", "--yes", str(mika.id))
        assert forgotten.stdout.startswith(f"Everything about {mika.id} is deleted: ")
        assert "1 saved quote" in forgotten.stdout
        saved = await discord.members.use_command(mika, general, "saved")
        assert "Nothing saved yet." in saved.text
        await bot.stop()
        again = there.type("restore", str(file)).stdout.splitlines()
        assert again[1] == "1 member, deleted after this backup was made, is deleted again."


def test_doctor_says_what_is_wrong_and_changes_nothing(host: Host) -> None:
    found = host.type("doctor", DISCORD_TOKEN="mine")
    assert found.returncode == 78
    problems = [line for line in found.stdout.splitlines() if line.startswith("PROBLEM")]
    assert "The token doesn't look like a bot token" in problems[0]
    assert "Discord: can't be reached" in problems[1]
    assert len(problems) == 2
    assert not host.data_dir.exists()


def test_doctor_takes_no_file_for_a_database_whose_address_is_wrong(host: Host) -> None:
    found = host.type("doctor", DATABASE_URL="postgresql://me:hunter22@db")
    assert found.returncode == 78
    assert "PROBLEM  settings: DATABASE_URL can't be used." in found.stdout
    assert "database: not looked at. Put DATABASE_URL right first." in found.stdout
    assert "hunter22" not in found.stdout + found.stderr


def test_doctor_tells_each_mistake_and_goes_on(host: Host) -> None:
    found = host.type("doctor", LOG_LEVEL="LOUD", HEALTH_PORT="0", SHARD_IDS="x", DEV_GUILD_ID="x")
    assert found.returncode == 78
    for name in ("LOG_LEVEL", "HEALTH_PORT", "SHARD_IDS", "DEV_GUILD_ID"):
        assert f"PROBLEM  settings: {name} is" in found.stdout
    assert "5 problems. First, settings: DEV_GUILD_ID is" in found.stdout
    for looked_at in ("data folder", "disk", "database", "interviews", "proxy", "certificates"):
        assert f"ok       {looked_at}: " in found.stdout
    assert "Discord: can't be reached" in found.stdout


def test_who_shares_a_database_is_told_to_bring_an_interview_to_every_host(
    host: Host, tmp_path: Path
) -> None:
    talk = tmp_path / "talk.txt"
    talk.write_text("POST: Why?\n\nADA EXAMPLE: Because it floats.\n\nPOST: How?\n\nADA: Slowly.")
    shared = {"DATABASE_URL": "postgresql://db/encore"}
    for words in (("load", str(talk), "--yes"), ("load", "--undo")):
        told = host.type(*words, **shared).stdout
        assert "Each host that runs this bot needs the same" in told
        assert f"copy {host.data_dir / 'packs'} to its DATA_DIR" in told
    assert "Each host" not in host.type("load", str(talk), "--yes").stdout


def test_doctor_looks_at_loaded_interviews_too(host: Host, tmp_path: Path) -> None:
    talk = tmp_path / "talk.txt"
    talk.write_text("POST: Why?\n\nADA EXAMPLE: Because it floats.\n\nPOST: How?\n\nADA: Slowly.")
    assert host.type("load", str(talk), "--yes").returncode == 0
    (folder,) = (host.data_dir / "packs").iterdir()
    told = host.type("doctor").stdout
    assert "ok       interviews: tiny-pretty-things (36 quotes)" in told
    assert f"ok       loaded: {folder.name} (2 quotes), from {folder}/transcript.txt, on 2" in told
    path = folder / "interview.toml"
    path.write_text(path.read_text("utf-8").replace("Why?", "Why? " * 200), "utf-8")
    found = host.type("doctor")
    assert found.returncode == 78
    assert f"PROBLEM  loaded: 2 mistakes in {folder}, so members don't see it." in found.stdout
    assert f"load it again: encore load {folder}/transcript.txt" in found.stdout


@pytest.mark.parametrize("name", ["/proc/foo", "/dev/null/var", str(ROOT / "README.md")])
def test_doctor_believes_no_folder_that_it_could_not_write(host: Host, name: str) -> None:
    found = host.type("doctor", DATA_DIR=name)
    assert found.returncode == 78
    assert f"PROBLEM  data folder: {name} can't be written (" in found.stdout
    assert "or set DATA_DIR to another folder." in found.stdout


def test_doctor_tells_a_program_the_same_as_one_document(host: Host) -> None:
    told = host.type("doctor", "--json", LOG_LEVEL="LOUD")
    document = json.loads(told.stdout)
    assert (told.returncode, document["exit_code"], told.stderr) == (78, 78, "")
    states = {finding["what"]: finding["state"] for finding in document["findings"]}
    assert states["settings"] == states["Discord"] == "problem"
    assert states["data folder"] == "ok"
    assert document["summary"].startswith("2 problems. First, settings: LOG_LEVEL is")


@POSIX
def test_doctor_shows_signs_on_a_terminal_and_none_in_a_pipe(host: Host) -> None:
    terminal, theirs = os.openpty()
    env = host.env | {"TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "bot", "doctor"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=env, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    told = b""
    # Linux says that the other end is closed, others say nothing more.
    with suppress(OSError):
        while part := os.read(terminal, 4096):
            told += part
    os.close(terminal)
    assert process.wait() == 75
    assert "\x1b[32m✓" in told.decode()
    assert "✗" in told.decode()
    assert "\x1b" not in host.type("doctor").stdout


def test_doctor_leaves_nothing_behind(host: Host) -> None:
    host.data_dir.mkdir()
    assert host.type("doctor").returncode == 75
    assert list(host.data_dir.iterdir()) == []


async def test_doctor_names_who_decrypts_on_the_way(host: Host) -> None:
    async with (
        LoopbackDiscord() as discord,
        decrypting(discord.port) as port,
        Proxy(port).listening() as proxy,
    ):
        way = {
            "DISCORD_API_URL": "",
            "DISCORD_TOKEN": discord.token,
            "HTTPS_PROXY": f"http://ada:sesame@127.0.0.1:{proxy.port}",
        }
        refused = await asyncio.to_thread(host.type, "doctor", **way)
        trusted = await asyncio.to_thread(host.type, "doctor", SSL_CERT_FILE=str(AUTHORITY), **way)
        absent = await asyncio.to_thread(host.type, "doctor", SSL_CERT_FILE="/gone", **way)
    assert refused.returncode == 78
    assert f"PROBLEM  certificate: {READS_ALONG}. Set SSL_CERT_FILE to" in refused.stdout
    assert trusted.returncode == 0, trusted.stdout
    assert f"note     certificate: {READS_ALONG}, which this machine trusts." in trusted.stdout
    assert "Everything is fine." in trusted.stdout
    assert f"with the CA certificates of {AUTHORITY}" in trusted.stdout
    assert f"@127.0.0.1:{proxy.port}" in trusted.stdout
    assert "sesame" not in refused.stdout + trusted.stdout
    assert "PROBLEM  certificates: /gone can't be used" in absent.stdout


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda path: path.write_bytes(b"x" * 8192), "file is not a database"),
        (lambda path: path.write_bytes(path.read_bytes()[:5000]), "database"),
        (lambda path: _pragma(path, "application_id = 1"), "is another program's"),
        (lambda path: _pragma(path, "user_version = 999"), "written by a newer version"),
        (lambda path: path.chmod(0o644), "others can read"),
    ],
)
async def test_doctor_looks_into_the_database(
    host: Host, lived_in: Path, spoil: object, told: str
) -> None:
    shutil.copytree(lived_in, host.data_dir)
    async with LoopbackDiscord() as discord:
        host.env |= {"DISCORD_API_URL": discord.url, "DISCORD_TOKEN": discord.token}
        assert callable(spoil)
        spoil(host.data_dir / "state.sqlite3")
        outcome = await asyncio.to_thread(host.type, "doctor")
    (problem,) = [line for line in outcome.stdout.splitlines() if line.startswith("PROBLEM")]
    assert told in problem


def _pragma(path: Path, pragma: str) -> None:
    with closing(sqlite3.connect(path)) as state:
        state.execute(f"PRAGMA {pragma}")


async def test_nobody_is_forgotten_without_somebody_who_agrees(host: Host, lived_in: Path) -> None:
    shutil.copytree(lived_in, host.data_dir)
    with closing(sqlite3.connect(host.data_dir / "state.sqlite3")) as state:
        ((user_id,),) = state.execute("SELECT user_id FROM saved")
    refused = host.type("forget", str(user_id))
    assert refused.returncode == 1
    assert "pass --yes" in refused.stderr
    assert refused.stdout.strip() == "Nothing was changed."
    assert "1 saved quote" in host.type("forget", "--yes", str(user_id)).stdout
    again = host.type("forget", "--yes", str(user_id))
    assert again.stdout.strip() == f"Nothing is stored about {user_id}."


def test_a_backup_where_nothing_is_stored_makes_no_folder(host: Host) -> None:
    told = host.type("backup")
    assert told.returncode == 78
    assert "There's nothing to back up" in told.stderr
    assert not host.data_dir.exists()


def test_forgetting_where_nothing_is_stored_makes_no_file(host: Host) -> None:
    told = host.type("forget", "4711")
    assert (told.returncode, told.stdout.strip()) == (0, "Nothing is stored about anybody yet.")
    assert not host.data_dir.exists()


def test_health_without_a_bot(host: Host) -> None:
    unset = host.type("health")
    assert unset.returncode == 78
    assert "HEALTH_PORT isn't set. Set it" in unset.stderr
    asked = host.type("health", HEALTH_PORT="9")
    assert asked.returncode == 1
    assert asked.stdout == (
        "No bot answers on port 9. Start one with HEALTH_PORT=9, or set HEALTH_PORT to the port of"
        " the one that runs.\n"
    )
    for_a_program = host.type("health", "--json", HEALTH_PORT="9")
    assert for_a_program.returncode == 1
    assert json.loads(for_a_program.stdout) == {"lives": False, "why": asked.stdout.strip()}


async def test_health_and_metrics_of_a_running_bot(tmp_path: Path) -> None:
    port = unused_port()
    async with LoopbackDiscord() as discord:
        bot = BotProcess(discord, tmp_path, extra={"HEALTH_PORT": str(port)})
        await bot.start()
        mika, general = discord.world.mika, discord.world.general
        quote = await discord.members.use_command(mika, general, "quote")
        assert quote.message is not None
        await discord.members.press(mika, quote.message, "Context")
        await discord.members.use_command(mika, general, "quote", {"find": "#999"})
        forge(quote.message, "forged:by:me")
        await discord.members.press(mika, quote.message, "forged:by:me")
        page = await asyncio.to_thread(
            lambda: urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics").read().decode()
        )
        assert 'encore_answers_total{asked="quote",outcome="ok"} 2.0' in page
        assert 'encore_answers_total{asked="quote",outcome="refused"} 1.0' in page
        assert "encore_answer_seconds_count 4.0" in page
        assert 'encore_answers_total{asked="unknown",outcome="refused"} 1.0' in page
        assert "forged" not in page
        assert "encore_guilds 1.0" in page
        assert str(mika.id) not in page
        other = BotProcess(discord, tmp_path / "b", extra={"HEALTH_PORT": str(port)})
        await other.launch()
        assert await other.ended() == 75
        assert any("is taken" in line for line in other.log)
        discord.faults.break_connections()
        proxy = {"http_proxy": "http://127.0.0.1:9", "HEALTH_PORT": str(port)}
        asked = await asyncio.to_thread(lambda: Host(tmp_path).type("health", **proxy))
        assert asked.returncode == 0, "a Discord that is away is no reason to start again"
        assert asked.stdout.rstrip().endswith(", 1 server")
        await bot.stop()


@pytest.mark.parametrize(
    "words",
    [
        ("new-pack", "{circle}", "--from", "README.md"),
        ("playground", "--no-open", "--port", "65536"),
        ("playground", "--no-open", "--port", "-1"),
        ("stats", "--days", "0"),
        ("stats", "--days", "367"),
        ("stats", "--days", "000000001999999"),
        ("stats", "--days", "a"),
        ("restore", "{circle}"),
        ("check", "{circle}"),
        ("load", "{circle}", "--dry-run"),
    ],
)
def test_what_cannot_be_a_name_a_port_or_days_is_a_sentence(
    host: Host, tmp_path: Path, words: tuple[str, ...]
) -> None:
    circle = tmp_path / "circle"
    circle.symlink_to(circle)
    told = host.type(*(word.format(circle=circle) for word in words))
    assert told.returncode in (2, 78)
    assert told.stderr
    assert "Traceback" not in told.stderr
    assert "range" not in told.stderr, "a word of the library's"


@pytest.mark.parametrize("command", ["reports", "forget 7", "backup", "run", "check"])
def test_a_data_folder_that_cannot_be_is_a_sentence(host: Host, command: str) -> None:
    told = host.type(*command.split(), DATA_DIR="a" * 300)
    assert "Traceback" not in told.stderr
    assert told.returncode in (0, 78)


@pytest.mark.parametrize("command", ["reports", "stats", "forget 7 --yes"])
def test_a_state_that_is_damaged_within_is_a_sentence(
    host: Host, lived_in: Path, command: str
) -> None:
    shutil.copytree(lived_in, host.data_dir)
    path = host.data_dir / "state.sqlite3"
    with closing(sqlite3.connect(path)) as state:
        ((size,),) = state.execute("PRAGMA page_size")
        ((page,),) = state.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'report'")
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    told = host.type(*command.split())
    assert "The database can't be used right now: " in told.stderr
    assert "Traceback" not in told.stderr
    assert told.returncode == 75


@POSIX
@pytest.mark.parametrize(("keys", "code"), [(b"\x03", 130), (b"\x04", 1), (b"\xff\n", 1)])
def test_a_question_can_be_left_with_any_key(
    host: Host, lived_in: Path, keys: bytes, code: int
) -> None:
    shutil.copytree(lived_in, host.data_dir)
    with closing(sqlite3.connect(host.data_dir / "state.sqlite3")) as state:
        ((member,),) = state.execute("SELECT user_id FROM saved").fetchall()
    terminal, theirs = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", _ON_A_TERMINAL, "-m", "bot", "forget", str(member)],
        cwd=ROOT,
        env=host.env,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    told = b""
    while b"[y/N]" not in told:
        told += os.read(terminal, 1000)
    for _n in range(60):
        # A signal that comes just before Python begins to read is seen with the next one.
        os.write(terminal, keys)
        with suppress(subprocess.TimeoutExpired):
            process.wait(1)
            break
    assert process.wait(0) == code
    os.close(terminal)


@POSIX
@pytest.mark.parametrize("command", ["check --count", "reports", "forget 7", "run"])
def test_a_command_does_without_streams_that_are_closed(host: Host, command: str) -> None:
    shell = f"exec {sys.executable} -m bot {command} <&- >&- 2>&-"
    env = host.env | {"DISCORD_TOKEN": ""}
    done = subprocess.run(["/bin/sh", "-c", shell], cwd=ROOT, env=env, check=False)
    assert done.returncode == (78 if command == "run" else 0)


@POSIX
def test_who_reads_only_the_first_line_sees_no_traceback(host: Host) -> None:
    shell = f"{sys.executable} -m bot doctor | head -n 1"
    read = subprocess.run(
        ["/bin/sh", "-c", shell],
        cwd=ROOT,
        env=host.env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert read.stdout.startswith("ok       Encore")
    assert read.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="it is Linux's; cannot be avoided")
@pytest.mark.parametrize(
    "command",
    [
        "check",
        "check --count",
        "reports",
        "doctor",
        "forget 7",
        "health",
        "load --dry-run {transcript}",
        "load --dry-run --json {transcript}",
        "new-pack {folder} --from {transcript}",
        "playground --no-open --port 0",
        "--help",
        "load --help",
    ],
)
def test_an_output_that_cannot_be_written_is_a_sentence(
    host: Host, tmp_path: Path, command: str
) -> None:
    (tmp_path / "transcript.txt").write_text(TALK, "utf-8")
    paths = {"transcript": tmp_path / "transcript.txt", "folder": tmp_path / "mine"}
    with Path("/dev/full").open("w") as full:
        told = subprocess.run(
            [sys.executable, "-m", "bot", *command.format(**paths).split()],
            cwd=ROOT,
            env=host.env | {"HEALTH_PORT": "9"},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert told.returncode == 75
    (sentence,) = told.stderr.splitlines()
    assert sentence.startswith("The output can't be written: ")


@POSIX
@pytest.mark.parametrize("command", ["run", "doctor", "check"])
def test_authorities_in_a_pipe_are_not_waited_for(host: Host, tmp_path: Path, command: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    told = host.type(command, SSL_CERT_FILE=str(tmp_path / "pipe"))
    assert told.returncode == 78
    assert "which isn't a file" in told.stdout + told.stderr


def test_a_pack_out_of_a_loaded_file_is_read_as_it_was(host: Host, tmp_path: Path) -> None:
    talk, folder = tmp_path / "oars.txt", tmp_path / "oars"
    talk.write_text(
        "EDDA: Who rows this boat?\n\nOLE: I row it, on every day of the year.\n\n"
        "EDDA: How far?\n\nOLE: To the other side, and mostly back again.\n",
        "utf-8",
    )
    loaded = host.type("load", str(talk), "--yes", "--speaker", "OLE=Ole Muster")
    assert loaded.returncode == 0
    begun = host.type("new-pack", str(folder), "--from", str(talk))
    assert (begun.returncode, begun.stderr) == (
        0,
        "oars.txt is loaded already and is read as it was then; so that members don't have the"
        " interview twice, take that one away:"
        " encore load --undo --pack an-interview-with-ole-muster\n",
    )
    assert 'name = "Ole Muster"' in (folder / "interview.toml").read_text("utf-8")
    undone = host.type("load", "--undo", "--pack", "an-interview-with-ole-muster")
    assert undone.returncode == 0
    assert host.type("new-pack", f"{folder}-2", "--from", str(talk)).stderr == ""
