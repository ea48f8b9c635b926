"""What GitHub runs and Renovate updates is sound, and a release says what is new in it."""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.cli.checkout import ROOT
from tests.deploy.linters import faults

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
RENOVATE = GITHUB / "renovate.json"
EACH = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
VERSION = PROJECT["project"]["version"]


def jobs(workflow: Path) -> dict[str, dict[str, Any]]:
    return yaml.safe_load(workflow.read_text("utf-8"))["jobs"]


def steps(workflow: Path) -> Iterator[dict[str, Any]]:
    for job in jobs(workflow).values():
        yield from job.get("steps", [])


def release_notes(tag: str) -> "subprocess.CompletedProcess[str]":
    """Ask what the workflow asks."""
    script = ROOT / "scripts" / "release_notes.py"
    assert f'{script.relative_to(ROOT)} "$GITHUB_REF_NAME"' in scripts_of("release")
    github = {"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "OWNER/encore"}
    return subprocess.run(
        [sys.executable, script, tag], env=github, capture_output=True, text=True, check=False
    )


def scripts_of(name: str) -> str:
    return "\n".join(step.get("run", "") for step in steps(GITHUB / "workflows" / f"{name}.yml"))


def matched(name: str) -> list[str]:
    """Give what Renovate finds in a file of the checkout, as `NAME VALUE`."""
    managers = json.loads(RENOVATE.read_text("utf-8"))["customManagers"]
    (manager,) = (
        one for one in managers if re.search(one["managerFilePatterns"][0].strip("/"), name)
    )
    (pattern,) = manager["matchStrings"]
    found = re.finditer(pattern.replace("(?<", "(?P<"), (ROOT / name).read_text("utf-8"))
    return [f"{match['depName']} {match['currentValue']}" for match in found]


@EACH
def test_a_workflow_has_the_shape_that_github_wants(workflow: Path) -> None:
    assert faults("check-jsonschema", "--builtin-schema", "vendor.github-workflows", workflow) == ""


def test_no_workflow_is_open_to_whoever_names_a_branch() -> None:
    assert faults("zizmor", "--offline", "--no-config", "--quiet", GITHUB) == ""


@EACH
def test_what_a_workflow_takes_from_others_is_one_commit(workflow: Path) -> None:
    used = re.findall(r"uses: (\S+)(.*)", workflow.read_text("utf-8"))
    for action, comment in used:
        if not action.startswith("./"):
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", action)
            assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment)
    assert used


@EACH
def test_a_workflow_may_nothing_that_a_job_of_it_does_not_name(workflow: Path) -> None:
    assert yaml.safe_load(workflow.read_text("utf-8"))["permissions"] == {}
    for name, job in jobs(workflow).items():
        writes = {what for what, may in job["permissions"].items() if may == "write"}
        expected = {"image": {"packages", "id-token"}, "release": {"contents"}}
        assert writes == (expected.get(name, set()) if workflow.stem == "release" else set())


def test_ci_is_what_a_contributor_runs() -> None:
    assert ".ci/run" in scripts_of("check").splitlines()


def test_nothing_is_released_that_was_not_checked() -> None:
    release = jobs(GITHUB / "workflows" / "release.yml")
    assert release["check"]["uses"] == "./.github/workflows/check.yml"
    assert {"check", "notes"} <= set(release["image"]["needs"])
    assert release["release"]["needs"] == "image"


def test_an_image_is_built_for_both_kinds_of_machine_and_signed_by_its_digest() -> None:
    image = jobs(GITHUB / "workflows" / "release.yml")["image"]["steps"]
    (build,) = (step for step in image if step.get("id") == "build")
    assert build["with"]["platforms"] == "linux/amd64,linux/arm64"
    assert (build["with"]["sbom"], build["with"]["provenance"]) == (True, "mode=max")
    assert (ROOT / build["with"]["file"]).exists()
    sign = image[-1]
    assert sign["env"]["DIGEST"] == "${{ steps.build.outputs.digest }}"
    assert sign["run"].startswith("cosign sign ")
    assert sign["run"].endswith(' "$IMAGE@$DIGEST"')


def test_an_image_is_called_by_its_version_and_by_the_first_number_of_it(tmp_path: Path) -> None:
    image = jobs(GITHUB / "workflows" / "release.yml")["image"]["steps"]
    (names,) = (step for step in image if step.get("id") == "names")
    output = tmp_path / "output"
    github = {"GITHUB_REPOSITORY": "Owner/Encore", "GITHUB_REF_NAME": "v12.3.4"}
    subprocess.run(
        ["bash", "-euo", "pipefail", "-c", names["run"]],
        env={**github, "GITHUB_OUTPUT": str(output)},
        check=True,
    )
    assert output.read_text("utf-8").splitlines() == [
        "image=ghcr.io/owner/encore",
        "version=12.3.4",
        "tags=ghcr.io/owner/encore:12.3.4,ghcr.io/owner/encore:12",
    ]


def test_the_changelog_tells_of_the_version_that_this_is() -> None:
    told = release_notes(f"v{VERSION}")
    assert told.returncode == 0, told.stderr
    assert re.findall(r"^### (.+)", told.stdout, re.MULTILINE)[0] == "Read before updating"
    newest = re.search(r"^## \[(\d\S*)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest is not None
    assert newest[1] == VERSION


def test_what_is_told_of_a_release_is_a_page_of_its_own() -> None:
    told = release_notes(f"v{VERSION}").stdout
    files = f"https://github.com/OWNER/encore/blob/v{VERSION}/"
    links = re.findall(r"\]\((.+?)\)", told)
    assert f"{files}docs/hosting.md#updating" in links
    assert [link for link in links if not link.startswith(files)] == []
    # There a line ends where the text's does.
    assert [line for line in told.splitlines() if line and not re.match(r"\w|#|- ", line)] == []


@pytest.mark.parametrize("tag", ["v0.0.1", VERSION, f"v{VERSION}-rc.1"])
def test_a_tag_that_is_not_the_version_makes_no_release(tag: str) -> None:
    told = release_notes(tag)
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == (
        f"The tag is {tag}, but pyproject.toml says {VERSION}: tag v{VERSION} instead.\n"
    )


def test_renovate_understands_its_settings() -> None:
    assert faults("check-jsonschema", "--builtin-schema", "vendor.renovate", RENOVATE) == ""


def test_renovate_finds_every_pin() -> None:
    pins = [pin.replace("==", " ") for pin in PROJECT["tool"]["uv"]["constraint-dependencies"]]
    assert matched("pyproject.toml") == pins
    assert len(matched("deploy/Dockerfile")) == 1
