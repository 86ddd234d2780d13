"""What `serve` starts, and with which promises on the command line."""

from pathlib import Path

import pytest

from erekon.portal.management.commands.serve import (
    beat_command,
    empty_doorbell,
    prepare_worker,
    services,
    web_command,
    worker_command,
)


def value_after(command: tuple[str, ...], option: str) -> str:
    return command[command.index(option) + 1]


def test_serve_starts_web_worker_and_scheduler() -> None:
    assert [service.name for service in services(set())] == ["web", "worker", "beat"]


def test_without_leaves_the_named_services_out() -> None:
    assert [service.name for service in services({"web", "beat"})] == ["worker"]


def test_web_keeps_connections_open_far_longer_than_the_pages_poll() -> None:
    assert int(value_after(web_command(), "--keep-alive")) == 30
    assert value_after(web_command(), "--worker-class") == "gthread"


def test_worker_concurrency_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORKER_CONCURRENCY", raising=False)
    assert value_after(worker_command(), "--concurrency") == "2"
    monkeypatch.setenv("WORKER_CONCURRENCY", "5")
    assert value_after(worker_command(), "--concurrency") == "5"


def test_bind_narrows_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIND", "127.0.0.1")
    assert value_after(web_command(), "--bind").startswith("127.0.0.1:")


def test_scheduler_writes_no_pid_file_that_a_kill_could_leave_behind() -> None:
    assert value_after(beat_command(), "--pidfile") == ""


def test_only_the_worker_empties_the_doorbell_before_it_starts() -> None:
    prepared = {service.name for service in services(set()) if service.prepare is prepare_worker}
    assert prepared == {"worker"}


def test_doorbell_made_of_files_is_emptied(tmp_path: Path, settings: object) -> None:
    (tmp_path / "half-written").write_text("{")
    settings.BROKER_FOLDER = tmp_path  # type: ignore[attr-defined]
    empty_doorbell()
    assert list(tmp_path.iterdir()) == []


def test_doorbell_of_redis_is_left_alone(settings: object) -> None:
    settings.BROKER_FOLDER = None  # type: ignore[attr-defined]
    empty_doorbell()
    assert settings.BROKER_FOLDER is None  # type: ignore[attr-defined]
