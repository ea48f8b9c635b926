"""What doctor tells of the machine: which Encore runs here, and who has its port."""

import errno
import os
import socket
import subprocess
from asyncio import to_thread
from contextlib import closing
from pathlib import Path

import pytest

from bot.hosting.machine_findings import (
    env_file_findings,
    folder_findings,
    port_finding,
    program_findings,
)
from bot.process.version import version
from playground import LoopbackDiscord
from tests.end_to_end.stage import BotProcess, unused_port


def test_a_checkout_is_told_by_what_is_checked_out(tmp_path: Path) -> None:
    def git(*words: str) -> None:
        names = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
        subprocess.run(("git", "-C", str(tmp_path), *names, *words), check=True, timeout=60)

    git("init", "--quiet")
    git("commit", "--quiet", "--allow-empty", "--message=Begin")
    git("tag", "v9")
    encore, *_others = program_findings(tmp_path)
    assert encore.how == f"{version()}, a git checkout in {tmp_path} at v9"


def test_what_was_unpacked_is_no_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.hosting.machine_findings._CONTAINERS", ())
    monkeypatch.delenv("KUBERNETES_SERVICE_HOST", raising=False)
    encore, *_others = program_findings(tmp_path)
    assert encore.how == f"{version()}, unpacked in {tmp_path}"
    monkeypatch.setattr("bot.hosting.machine_findings._CONTAINERS", (tmp_path,))
    encore, *_others = program_findings(tmp_path)
    assert encore.how == f"{version()}, in a container"


def test_a_port_that_nobody_has_is_free() -> None:
    port = unused_port()
    assert port_finding(port).how == f"{port} is free"
    assert port_finding(None).exit_code == 0


async def test_a_port_with_a_bot_tells_how_it_is(tmp_path: Path) -> None:
    port = unused_port()
    async with LoopbackDiscord() as discord:
        bot = BotProcess(discord, tmp_path, extra={"HEALTH_PORT": str(port)})
        await bot.start()
        assert await bot.logged("ready as")
        finding = await to_thread(port_finding, port)
        await bot.stop()
    assert finding.how == f"a bot answers on {port}. Healthy: connected, 1 server"


def test_a_port_that_another_program_has_is_a_problem() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        other.settimeout(0)
        finding = port_finding(other.getsockname()[1])
    assert finding.exit_code == 75
    assert "set HEALTH_PORT to a free one" in finding.remedy


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes; cannot be avoided")
def test_a_token_that_others_can_read_is_noted(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    assert list(env_file_findings(file)) == []
    file.write_text("DISCORD_TOKEN=\n")
    file.chmod(0o644)
    (finding,) = env_file_findings(file)
    assert finding.exit_code == 0
    assert finding.remedy == f"Run: chmod 600 {file}"
    file.chmod(0o600)
    assert list(env_file_findings(file)) == []


def test_a_folder_on_a_full_disk_wants_room_not_rights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryDirectory", refuse)
    folder, *_others = folder_findings(tmp_path)
    assert folder.remedy == "Make room: at least 200 MB, or set DATA_DIR to another folder."


@pytest.mark.skipif(
    not Path("/proc/self").exists(), reason="only Linux has such a folder; cannot be avoided"
)
def test_where_there_is_no_disk_none_is_full() -> None:
    states = {finding.what: finding.state for finding in folder_findings(Path("/proc/foo"))}
    assert (states["data folder"], states["disk"]) == ("problem", "ok")
