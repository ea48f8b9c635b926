"""Grafana's dashboard asks for what the bot tells, and for nothing else."""

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from bot.config import Settings
from bot.process.metrics import Outcome, PrometheusMetrics

DASHBOARD = Path(__file__).parents[2] / "deploy" / "grafana-dashboard.json"
OF_EACH_TARGET = {"job", "instance"}
"""Labels that Prometheus itself adds."""


@pytest.fixture(scope="module")
def board() -> dict[str, Any]:
    return json.loads(DASHBOARD.read_text("utf-8"))


@pytest.fixture(scope="module")
def expressions(board: dict[str, Any]) -> list[str]:
    return [target["expr"] for panel in board["panels"] for target in panel["targets"]]


@pytest.fixture(scope="module")
def labels() -> dict[str, set[str]]:
    """Give the labels of every number that a bot tells, by its name."""
    numbers = PrometheusMetrics()
    numbers.answered("quote", Outcome.OK, 0.02)
    numbers.processes.labels("host", "1.0.0", "0", "1", "content").inc()
    page = generate_latest(numbers.registry).decode()
    samples = [one for family in text_string_to_metric_families(page) for one in family.samples]
    return {one.name: {*one.labels} for one in samples}


def test_the_example_for_prometheus_brings_a_token_that_the_bot_takes() -> None:
    guide = (DASHBOARD.parents[1] / "docs" / "hosting.md").read_text("utf-8")
    example = yaml.safe_load(re.findall(r"```yaml\n(scrape_configs.*?)```", guide, re.DOTALL)[0])
    (job,) = example["scrape_configs"]
    token = job["authorization"]["credentials"]
    env = {"HEALTH_PORT": "8080", "HEALTH_TOKEN": token}
    assert Settings.from_env(env, Path.cwd(), needs_token=False).health_token == token
    assert job["static_configs"] == [{"targets": ["localhost:8080"]}]


def names_in(expression: str) -> set[str]:
    return set(re.findall(r"\b(?:encore|process)_\w+", expression))


@pytest.mark.skipif(
    sys.platform != "linux", reason="only there a process tells its memory so; cannot be avoided"
)
def test_every_number_that_it_asks_for_is_told(
    expressions: list[str], labels: dict[str, set[str]]
) -> None:
    asked = {name for expression in expressions for name in names_in(expression)}
    assert asked - labels.keys() == set()
    assert len(asked) > 10


def test_every_number_of_the_bot_is_on_it(
    expressions: list[str], labels: dict[str, set[str]]
) -> None:
    asked = {re.sub("_bucket$", "", name) for text in expressions for name in names_in(text)}
    parts = re.compile("_(bucket|count|sum|created)$")
    told = {parts.sub("", name) for name in labels if name.startswith("encore_")}
    assert {name.removesuffix("_total") for name in told} == {
        name.removesuffix("_total") for name in asked if name.startswith("encore_")
    }


@pytest.mark.skipif(
    sys.platform != "linux", reason="only there a process tells its memory so; cannot be avoided"
)
def test_every_label_that_it_names_is_there(
    board: dict[str, Any], labels: dict[str, set[str]]
) -> None:
    for panel in board["panels"]:
        for target in panel["targets"]:
            text = target["expr"]
            wanted = set(re.findall(r"(\w+)\s*(?:=~|!=|=)", text))
            wanted |= set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"]))
            for group in re.findall(r"by \(([\w, ]+)\)", text):
                wanted |= set(group.split(", "))
            there = set().union(*(labels[name] for name in names_in(text)))
            assert wanted - there - OF_EACH_TARGET == set(), panel["title"]


def test_no_number_has_an_id_for_a_label(labels: dict[str, set[str]]) -> None:
    names = set().union(*labels.values())
    assert names == {"asked", "outcome", "le", "host", "version", "place", "shards", "content"}


def test_nothing_on_it_covers_anything_else(board: dict[str, Any]) -> None:
    places = [panel["gridPos"] for panel in board["panels"]]
    cells = [
        (x, y)
        for place in places
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]
    assert len(set(cells)) == len(cells)
    assert max(x for x, _y in cells) < 24
    assert len({panel["id"] for panel in board["panels"]}) == len(places)
