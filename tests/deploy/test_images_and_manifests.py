"""What is deployed is what is here: the image holds what runs, the manifests start it, only public paths pass."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import metrics
from bot.app.settings import read_settings

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
CONTAINERFILE = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yml").read_text(encoding="utf-8"))
PROXY = (DEPLOY / "proxy/nginx.conf").read_text(encoding="utf-8")
OURS = ("actions", "assistant", "web", "worker")
MANIFESTS = [
    document
    for file in sorted((DEPLOY / "kubernetes").rglob("*.yaml"))
    if file.name != "kustomization.yaml"
    for document in yaml.safe_load_all(file.read_text(encoding="utf-8"))
]


def of_kind(kind: str) -> dict[str, Any]:
    return {document["metadata"]["name"]: document for document in MANIFESTS if document["kind"] == kind}


DEPLOYMENTS = of_kind("Deployment")


def container(name: str) -> dict[str, Any]:
    return DEPLOYMENTS[name]["spec"]["template"]["spec"]["containers"][0]


def copied() -> list[str]:
    lines = re.findall(r"^COPY (?!--from)(.+)$", CONTAINERFILE, re.MULTILINE)
    return [source for line in lines for source in line.split()[:-1]]


def test_the_image_is_made_of_what_exists_and_is_not_ignored() -> None:
    let_in = re.findall(r"^!(.+)$", (ROOT / ".containerignore").read_text(), re.MULTILINE)

    assert [source for source in copied() if not (ROOT / source).exists()] == []
    assert sorted(copied()) == sorted(let_in)


def test_the_image_runs_as_nobody_in_particular_and_checks_its_hashes() -> None:
    users = re.findall(r"^USER (.+)$", CONTAINERFILE, re.MULTILINE)

    assert users == ["10001:10001"]
    assert CONTAINERFILE.rindex("USER ") > CONTAINERFILE.rindex("COPY ")
    assert "--require-hashes" in CONTAINERFILE
    assert not re.search(r"(SECRET|KEY|PASSWORD)=", CONTAINERFILE)


def commands() -> list[tuple[str, list[str]]]:
    services = [(name, service.get("command")) for name, service in COMPOSE["services"].items()]
    pods = [(name, container(name)["command"]) for name in DEPLOYMENTS]
    jobs = [(name, job["spec"]["template"]["spec"]["containers"][0]["command"]) for name, job in of_kind("Job").items()]
    return [(name, command) for name, command in (*services, *pods, *jobs) if command]


@pytest.mark.parametrize(("name", "command"), commands(), ids=lambda each: each if isinstance(each, str) else "")
def test_every_command_starts_a_module_of_ours(name: str, command: list[str]) -> None:
    assert command[:2] == ["python", "-m"]
    assert importlib.util.find_spec(command[2]) is not None


@pytest.mark.parametrize("name", OURS)
def test_a_process_has_probes_limits_and_no_rights(name: str) -> None:
    pod = DEPLOYMENTS[name]["spec"]["template"]["spec"]

    assert {"startupProbe", "livenessProbe", "readinessProbe", "resources"} <= set(container(name))
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert container(name)["securityContext"]["readOnlyRootFilesystem"] is True
    assert container(name)["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    assert pod["automountServiceAccountToken"] is False
    port = int(DEPLOYMENTS[name]["spec"]["template"]["metadata"]["annotations"]["prometheus.io/port"])
    assert port == 9101 + metrics.PORTS[name]
    assert port in [each["containerPort"] for each in container(name)["ports"]]


@pytest.mark.parametrize("name", OURS)
def test_a_process_is_never_down_for_a_new_version_nor_a_machine_emptied(name: str) -> None:
    assert DEPLOYMENTS[name]["spec"]["replicas"] >= 2
    assert DEPLOYMENTS[name]["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    assert of_kind("PodDisruptionBudget")[name]["spec"]["minAvailable"] >= 1


def test_scaling_and_services_name_what_exists() -> None:
    for name, scaler in of_kind("HorizontalPodAutoscaler").items():
        assert scaler["spec"]["scaleTargetRef"]["name"] == name
        assert scaler["spec"]["minReplicas"] <= DEPLOYMENTS[name]["spec"]["replicas"]
        assert name in DEPLOYMENTS
    for name, service in of_kind("Service").items():
        assert service["spec"]["selector"] == {"app": name}
        assert [port["port"] for port in service["spec"]["ports"]] == [container(name)["ports"][0]["containerPort"]]


def test_nothing_talks_to_anything_that_is_not_said() -> None:
    policies = of_kind("NetworkPolicy")

    assert policies["nothing-by-default"]["spec"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    assert set(OURS) <= set(policies)
    into_actions = policies["actions"]["spec"]["ingress"]
    callers = [rule["from"][0] for rule in into_actions if rule["ports"][0]["port"] == 5055]
    assert callers == [{"podSelector": {"matchLabels": {"app": "assistant"}}}]


def test_the_entrance_lets_only_public_paths_through() -> None:
    paths = [
        (rule["host"], path["path"])
        for ingress in of_kind("Ingress").values()
        for rule in ingress["spec"]["rules"]
        for path in rule["http"]["paths"]
    ]

    assert [path for host, path in paths if host == "assistant.example"] == ["/webhooks/web", "/webhooks/telegram"]


def locations(server: str) -> list[str]:
    block = next(part for part in PROXY.split("server {") if f"server_name {server};" in part)
    return re.findall(r"location (?:[=~] )?\"?([^\s\"{]+(?:\{32,\}\$)?)\"? \{(?!\s*return)", block)


def test_the_proxy_lets_only_public_paths_through() -> None:
    to_the_assistant = locations("assistant.example")

    assert to_the_assistant
    assert all(path.lstrip("^").startswith(("/webhooks/web/", "/webhooks/telegram/")) for path in to_the_assistant)
    assert "location / { return 404; }" in PROXY
    assert "location /health { return 404; }" in PROXY
    for path in re.findall(
        r"`(?:GET|POST|DELETE) (/[a-z]+)", (ROOT / "docs/web-channel.md").read_text(encoding="utf-8")
    ):
        assert any(f"/webhooks/web{path}".startswith(each) for each in to_the_assistant)


def test_the_proxy_writes_no_path_and_believes_no_address() -> None:
    written = re.search(r"log_format plain '(.*)';", PROXY)

    assert written is not None
    assert not re.search(r"request_uri|\$request\b|\$uri|args|referer|remote_addr", written[1])
    assert "X-Forwarded-For $remote_addr" in PROXY
    assert "proxy_add_x_forwarded_for" not in PROXY
    assert "client_max_body_size 16k;" in PROXY


def test_only_the_proxy_has_a_public_port() -> None:
    assert [name for name, service in COMPOSE["services"].items() if "ports" in service] == ["proxy"]
    private = COMPOSE["networks"]["private"]
    assert private["internal"] is True
    assert (
        private["ipam"]["config"][0]["subnet"] == COMPOSE["services"]["assistant"]["environment"]["CEP_TRUSTED_PROXIES"]
    )


def test_visitors_are_told_apart_behind_the_entrance() -> None:
    example = yaml.safe_load((DEPLOY / "kubernetes/example/kustomization.yaml").read_text(encoding="utf-8"))

    settings = [line for each in example["configMapGenerator"] for line in each["literals"]]

    assert any(line.startswith("CEP_TRUSTED_PROXIES=") for line in settings)


@pytest.mark.parametrize("name", OURS)
def test_a_service_of_compose_starts_in_production_with_the_secrets_it_is_given(name: str) -> None:
    given = dict(COMPOSE["services"][name]["environment"])
    secrets = {key: "0123456789abcdef" * 2 for key, value in given.items() if ":?" in str(value) and "URL" not in key}
    addresses = {"CEP_PUBLIC_URL": "https://site.example", "CEP_ASSISTANT_PUBLIC_URL": "https://assistant.example"}
    environment = {key: re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", str(value)) for key, value in given.items()}

    settings = read_settings({**environment, **secrets, **addresses})

    assert settings.is_production
    assert COMPOSE["services"][name]["read_only"] is True
    assert COMPOSE["services"][name]["cap_drop"] == ["ALL"]
