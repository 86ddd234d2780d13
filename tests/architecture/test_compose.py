"""docker-compose.yml is well formed, refers only to what exists, and passes the run contract on."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from tests.architecture.tree import ROOT

FILE = ROOT / "docker-compose.yml"
COMPOSE: dict[str, Any] = yaml.safe_load(FILE.read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = ("web", "worker", "scheduler")
RUN_CONTRACT = {
    *("DATABASE_URL", "MEDIA_ROOT", "SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS"),
    *("PUBLIC_BASE_URL", "BROKER_URL", "EMAIL_URL", "PORT"),
}


def dangling(services: dict[str, Any]) -> list[str]:
    """Services that somebody waits for and that are not there."""
    return [
        f"{name} -> {other}"
        for name, service in services.items()
        for other in service.get("depends_on", {})
        if other not in services
    ]


def unanswerable(services: dict[str, Any]) -> list[str]:
    """Waits for health at a service that never reports any."""
    return [
        f"{name} -> {other}"
        for name, service in services.items()
        for other, wait in service.get("depends_on", {}).items()
        if wait["condition"] == "service_healthy" and "healthcheck" not in services.get(other, {})
    ]


def check_schema(file: Path) -> subprocess.CompletedProcess[str]:
    command = Path(sys.executable).parent / "check-jsonschema"
    arguments = [command, "--builtin-schema", "vendor.compose-spec", file]
    return subprocess.run(arguments, capture_output=True, text=True, check=False)


def test_file_obeys_the_compose_schema() -> None:
    result = check_schema(FILE)
    assert result.returncode == 0, result.stdout


def test_schema_check_refuses_a_misspelt_key(tmp_path: Path) -> None:
    broken = tmp_path / "docker-compose.yml"
    broken.write_text(FILE.read_text().replace("healthcheck:", "healthchek:"))
    assert check_schema(broken).returncode == 1


def test_every_awaited_service_exists_and_can_answer() -> None:
    assert dangling(SERVICES) == []
    assert unanswerable(SERVICES) == []


def test_missing_awaited_service_is_seen() -> None:
    planted = {"web": {"depends_on": {"broker": {"condition": "service_healthy"}}}}
    assert dangling(planted) == ["web -> broker"]


def test_every_standing_service_is_started_again_after_a_death() -> None:
    assert {name for name, service in SERVICES.items() if "restart" not in service} == set()
    assert all(SERVICES[name]["restart"] == "unless-stopped" for name in OURS)


def test_portal_services_get_the_whole_run_contract() -> None:
    assert {name: RUN_CONTRACT - set(SERVICES[name]["environment"]) for name in OURS} == {
        name: set() for name in OURS
    }


def test_mounted_volumes_are_declared() -> None:
    mounted = {text.split(":")[0] for service in SERVICES.values() for text in service.get("volumes", [])}
    assert mounted == set(COMPOSE["volumes"])


def test_image_runs_as_an_unprivileged_user() -> None:
    users = re.findall(r"^USER (\w+)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert users == ["erekon"]
