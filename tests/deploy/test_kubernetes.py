"""deploy/kubernetes.yaml is what every Kubernetes takes, and confined as the other ways are."""

import tomllib
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

import pytest
import yaml

from bot.cli.checkout import ROOT
from bot.config import Settings
from tests.deploy.linters import faults
from tests.deploy.test_deploy import CLUSTER, health_check, instructions, services

FILE = ROOT / "deploy" / "kubernetes.yaml"
OLDEST, NEWEST = "1.25", "1.37"


def resource(kind: str) -> dict[str, Any]:
    (only,) = (one for one in yaml.safe_load_all(FILE.read_text("utf-8")) if one["kind"] == kind)
    return only["spec"]


def pod() -> dict[str, Any]:
    return resource("StatefulSet")["template"]["spec"]


def bot() -> dict[str, Any]:
    (only,) = pod()["containers"]
    return only


def environment() -> Mapping[str, str]:
    """Give what a pod gets; from the secret what a file holds, with the end of its line."""
    secret = {"database-url": "postgresql://name:password@host/encore\n"}
    return {
        one["name"]: one.get("value") or secret[one["valueFrom"]["secretKeyRef"]["key"]]
        for one in bot()["env"]
    }


def megabytes(amount: str) -> int:
    return int(amount.removesuffix("Mi").removesuffix("Gi")) << (10 if "Gi" in amount else 0)


@pytest.mark.parametrize("version", [OLDEST, "1.31", NEWEST])
def test_it_has_the_shape_that_kubernetes_wants(version: str) -> None:
    assert faults("kubernetes-validate", "--strict", "-k", version, FILE) == ""


def test_as_many_pods_begin_as_share_the_servers() -> None:
    assert environment()["PROCESSES"] == str(resource("StatefulSet")["replicas"])


@pytest.mark.parametrize("left_out", [set[str](), {"PROCESSES", "DATABASE_URL"}])
def test_the_bot_takes_what_it_is_given(left_out: set[str]) -> None:
    env = {name: value for name, value in environment().items() if name not in left_out}
    settings, mistakes = Settings.read({**env, "DISCORD_TOKEN_FILE": ""}, ROOT, needs_token=False)
    assert mistakes == []
    assert bool(settings.database_url) is bool(settings.processes) is not left_out
    assert settings.health_port


def test_the_token_is_a_file_that_is_mounted() -> None:
    path = PurePosixPath(environment()["DISCORD_TOKEN_FILE"])
    (folder,) = (m for m in bot()["volumeMounts"] if m["mountPath"] == str(path.parent))
    (volume,) = (v["secret"] for v in pod()["volumes"] if v["name"] == folder["name"])
    assert {"key": "token", "path": path.name} in volume["items"]
    assert volume["defaultMode"] & 0o007 == 0
    assert pod()["securityContext"]["fsGroup"] == pod()["securityContext"]["runAsGroup"]


def test_what_a_pod_writes_lies_in_its_own_volume() -> None:
    (claim,) = resource("StatefulSet")["volumeClaimTemplates"]
    (place,) = (
        m["mountPath"] for m in bot()["volumeMounts"] if m["name"] == claim["metadata"]["name"]
    )
    assert PurePosixPath(environment()["DATA_DIR"]).parent == PurePosixPath(place)


def test_a_pod_may_do_nothing_that_the_strictest_standard_forbids() -> None:
    whole, container = pod()["securityContext"], bot()["securityContext"]
    assert f"{whole['runAsUser']}:{whole['runAsGroup']}" == instructions("USER")[-1]
    assert whole["runAsNonRoot"] is container["readOnlyRootFilesystem"] is True
    assert whole["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container["allowPrivilegeEscalation"] is False
    assert container["capabilities"] == {"drop": ["ALL"]}
    assert pod()["automountServiceAccountToken"] is pod()["enableServiceLinks"] is False
    assert not {"hostNetwork", "hostPID", "hostIPC", "initContainers"} & set(pod())


def test_a_pod_is_asked_as_a_container_is() -> None:
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert bot()[probe]["exec"]["command"] == health_check()
        # The command itself gives up after five seconds.
        assert 5 < bot()[probe]["timeoutSeconds"] <= bot()[probe]["periodSeconds"]
    assert pod()["terminationGracePeriodSeconds"] == 30


def test_a_pod_has_the_room_that_a_process_was_measured_to_need() -> None:
    room = bot()["resources"]
    assert megabytes(room["requests"]["memory"]) >= 361
    assert room["limits"] == {"memory": "1Gi"}
    assert services(CLUSTER)["bot"]["mem_limit"] == "1g"


def test_an_update_or_a_node_that_goes_takes_one_pod_at_a_time() -> None:
    budget, whole = resource("PodDisruptionBudget"), resource("StatefulSet")
    assert budget["maxUnavailable"] == 1
    labels = whole["template"]["metadata"]["labels"]
    assert budget["selector"] == whole["selector"] == {"matchLabels": labels}
    assert pod()["topologySpreadConstraints"][0]["labelSelector"] == whole["selector"]
    assert whole.get("updateStrategy", {}).get("type", "RollingUpdate") == "RollingUpdate"


def test_its_image_is_the_release_that_the_checkout_is_of() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert bot()["image"] == f"ghcr.io/OWNER/encore:{version}"
