"""What is in deploy/ is sound, and its steps lead to a bot that answers."""

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.cli.checkout import ROOT
from bot.config import Settings
from bot.process.version import version
from playground import LoopbackDiscord
from tests.deploy.linters import faults
from tests.end_to_end.stage import unused_port

DEPLOY = ROOT / "deploy"
DOCKERFILE, UNIT = DEPLOY / "Dockerfile", DEPLOY / "encore.service"
CLUSTER = "compose.cluster.yaml"
EXPOSURE_LIMIT = 2.0


def run(*command: str, **kwargs: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, capture_output=True, text=True, check=False, **kwargs)  # type: ignore[call-overload,no-any-return]


def instructions(name: str) -> list[str]:
    """List what a kind of line in the Dockerfile says."""
    whole = DOCKERFILE.read_text("utf-8").replace("\\\n", " ")
    return re.findall(rf"^{name} (.+)$", whole, re.MULTILINE)


def services(name: str) -> dict[str, dict[str, Any]]:
    """Give what a compose file starts."""
    return yaml.safe_load((DEPLOY / name).read_text("utf-8"))["services"]


def health_check() -> list[str]:
    """Give the command with which the image is asked how it is."""
    return json.loads(instructions("HEALTHCHECK")[-1].partition("CMD ")[2])


def test_the_dockerfile_has_no_mistakes() -> None:
    assert faults("hadolint", DOCKERFILE) == ""


@pytest.mark.parametrize("name", ["compose.yaml", CLUSTER])
def test_compose_has_the_shape_that_docker_wants(name: str) -> None:
    assert (
        faults("check-jsonschema", "--builtin-schema", "vendor.compose-spec", DEPLOY / name) == ""
    )


@pytest.mark.parametrize("name", ["compose.yaml", CLUSTER])
def test_an_image_is_built_here_unless_a_published_one_is_named(name: str) -> None:
    bot = next(iter(services(name).values()))
    # A name that no registry has, so that nobody else's image is taken for it.
    assert bot["image"] == "${ENCORE_IMAGE:-localhost/encore}"
    assert (DEPLOY / bot["build"]["context"] / bot["build"]["dockerfile"]).samefile(DOCKERFILE)


def test_a_cluster_can_have_any_number_of_bots() -> None:
    bot = services(CLUSTER)["bot"]
    assert bot["scale"] == bot["environment"]["PROCESSES"]
    # Each of these is one container's alone.
    assert {"container_name", "hostname", "ports"} & set(bot) == set()


def test_a_cluster_waits_for_a_database_of_one_major_version() -> None:
    cluster = services(CLUSTER)
    assert re.fullmatch(r"postgres:\d+(@sha256:[0-9a-f]{64})?", cluster["database"]["image"])
    assert "healthcheck" in cluster["database"]
    assert cluster["bot"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert "--extra postgres" in " ".join(instructions("RUN"))


def test_the_password_of_a_cluster_has_no_default() -> None:
    text = (DEPLOY / CLUSTER).read_text("utf-8")
    asked_for = re.findall(r"\$\{POSTGRES_PASSWORD(.*?)\}", text)
    assert len(asked_for) == 2
    assert all(rest.startswith(":?") for rest in asked_for)


def test_a_cluster_is_confined_as_a_single_bot_is() -> None:
    single, bot = services("compose.yaml")["encore"], services(CLUSTER)["bot"]
    for name in ("cap_drop", "logging", "pids_limit", "read_only", "security_opt", "tmpfs"):
        assert bot[name] == single[name], name
    assert all("mem_limit" in service for service in services(CLUSTER).values())


def test_the_address_of_a_clusters_database_is_one_that_the_bot_takes() -> None:
    environment = dict(services(CLUSTER)["bot"]["environment"])
    environment["DATABASE_URL"] = re.sub(r"\$\{\w+:\?.*?\}", "secret", environment["DATABASE_URL"])
    environment["PROCESSES"] = re.sub(r"\$\{\w+:-(\d+)\}", r"\1", environment["PROCESSES"])
    environment["DISCORD_TOKEN_FILE"] = ""
    settings, mistakes = Settings.read(environment, ROOT, needs_token=False)
    assert mistakes == []
    assert settings.processes == 4
    assert "database" in settings.database_url


def test_the_image_runs_as_nobody_from_a_pinned_base() -> None:
    assert re.fullmatch(r"\d+:\d+", instructions("USER")[-1])
    bases = {line.split()[0] for line in instructions("FROM")}
    assert len(bases) == 1
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+(@sha256:[0-9a-f]{64})?", bases.pop())
    for form in ("ENTRYPOINT", "CMD"):
        assert isinstance(json.loads(instructions(form)[-1]), list)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_the_unit_is_confined() -> None:
    found = run("systemd-analyze", "security", "--offline=true", "--no-pager", str(UNIT))
    exposure = re.search(r"Overall exposure level for \S+: (\d+\.\d)", found.stdout)
    assert exposure is not None, found.stderr
    assert float(exposure[1]) <= EXPOSURE_LIMIT


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_the_unit_has_no_mistakes(tmp_path: Path) -> None:
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text("utf-8").replace("/opt/encore/.venv/bin/python", sys.executable))
    found = run("systemd-analyze", "verify", "--man=no", str(unit))
    about_ours = [line for line in found.stderr.splitlines() if UNIT.name in line]
    assert about_ours == []


def test_the_image_carries_no_playground_and_offers_none(tmp_path: Path) -> None:
    image = tmp_path / "encore"
    _copied(image)
    assert not (image / "playground").exists()
    assert "!playground" not in (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    commands = run(sys.executable, "-m", "bot", "--help", cwd=image)
    assert "new-pack" in commands.stdout
    assert "playground" not in commands.stdout


def test_a_backup_in_the_checkout_is_neither_committed_nor_in_the_image() -> None:
    files = ("encore.zip", "deploy/encore.zip", "data/encore-2026-11-27.zip")
    ignored = run("git", "check-ignore", "--no-index", *files, cwd=ROOT)
    assert ignored.stdout.splitlines() == [*files]
    *_others, last = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert last == "**/encore*.zip", "what comes last counts"


def test_the_image_has_the_command_that_the_bots_sentences_name(tmp_path: Path) -> None:
    image, command = tmp_path / "image", tmp_path / "encore"
    _copied(image)
    steps = next(line for line in instructions("RUN") if "/bin/encore" in line)
    write, allow, _data = steps.replace("/usr/local/bin/encore", str(command)).split("&&")
    assert run("sh", "-c", f"{write} && {allow}").returncode == 0
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    told = run(str(command), "--version", cwd=image, env={"PATH": path})
    assert told.stdout == f"Encore {version()}\n"


async def test_the_steps_of_the_image_lead_to_a_bot_that_answers(
    tmp_path: Path, is_thorough: bool
) -> None:
    image = tmp_path / "encore"
    _copied(image)
    python = _installed(image) if is_thorough else sys.executable
    before = _files(image)
    async with LoopbackDiscord(first_answer_seconds=15) as discord:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONDONTWRITEBYTECODE": "1",
            "DATA_DIR": str(tmp_path / "data"),
            "HEALTH_PORT": str(unused_port()),
            "DISCORD_TOKEN": discord.token,
            "DISCORD_API_URL": discord.url,
        }
        entry = json.loads(instructions("ENTRYPOINT")[-1]) + json.loads(instructions("CMD")[-1])
        bot = await asyncio.create_subprocess_exec(python, *entry[1:], cwd=image, env=environment)
        async with asyncio.timeout(60):
            await discord.wait_ready()
            await discord.wait_commands()
        asked = await asyncio.create_subprocess_exec(
            python, *health_check()[1:], cwd=image, env=environment, stdout=asyncio.subprocess.PIPE
        )
        told, _errors = await asked.communicate()
        answer = await discord.members.use_command(
            discord.world.mika, discord.world.general, "quote"
        )
        bot.terminate()
        assert await bot.wait() == 0
    assert (asked.returncode, told[:8]) == (0, b"Healthy:")
    assert answer.message is not None
    assert _files(image) == before, "nothing is written beside the data folder"


def _copied(image: Path) -> None:
    """Copy what the image copies."""
    image.mkdir()
    for line in instructions("COPY"):
        *sources, target = line.split()
        for source in [] if line.startswith("--from") else sources:
            for path in ROOT.glob(source):
                _copy(path, image / target)


def _files(image: Path) -> set[Path]:
    return {path for path in image.rglob("*") if ".venv" not in path.parts}


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(source, target, ignore=ignored, dirs_exist_ok=True)
    else:
        shutil.copy(source, target)


def _installed(image: Path) -> str:
    """Install as the image does, but for this machine's Python."""
    step = next(line for line in instructions("RUN") if line.startswith("uv sync"))
    command = re.sub(r" --python \S+", "", step).split()
    environment = {k: v for k, v in os.environ.items() if k != "VIRTUAL_ENV"}
    found = run(*command, cwd=image, env=environment)
    assert found.returncode == 0, found.stderr
    return str(image / ".venv" / "bin" / "python")
