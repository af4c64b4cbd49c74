"""What is missing is named, and nothing is asked of apt when nothing is."""

import shutil
from pathlib import Path

import pytest

from config.setup import system
from config.setup.steps import Failure, Shell
from config.setup.system import Need

HERE = Need(("here",), lambda: True)
MISSING = Need(("postgresql", "postgresql-postgis"), lambda: False)


def test_nothing_is_run_when_nothing_is_missing(tmp_path: Path) -> None:
    shell = Shell(tmp_path / "log", tmp_path)
    assert system.install_missing([HERE, HERE], shell) == "déjà installés"
    assert not shell.log.exists()


def test_without_any_right_the_sentence_for_the_administrator_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.getuid", lambda: 1000)
    monkeypatch.setattr("shutil.which", lambda name: None if name == "sudo" else f"/usr/bin/{name}")
    with pytest.raises(Failure) as refused:
        system.privileges(MISSING.packages)
    assert refused.value.remedy == "demander à l'administrateur : apt-get install postgresql postgresql-postgis"


def test_a_system_without_apt_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(Failure, match="installer des paquets système") as refused:
        system.privileges(["gettext"])
    assert "apt-get" in refused.value.why


def test_what_apt_brought_too_old_is_a_failure() -> None:
    with pytest.raises(Failure) as refused:
        system.refuse_still_missing([HERE, MISSING])
    assert "postgresql postgresql-postgis" in refused.value.why


def test_clusters_that_our_installation_started_are_stopped_and_no_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = "15 main 5432 online postgres /d /l\n"
    listings = iter([before, before + "16 main 5433 online postgres /d /l\n"])
    commands: list[list[str]] = []
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr("os.getuid", lambda: 0)
    monkeypatch.setattr(system, "refuse_still_missing", lambda needs: None)
    monkeypatch.setattr(system.subprocess, "run", lambda *a, **k: type("Done", (), {"stdout": next(listings)}))
    monkeypatch.setattr(Shell, "run", lambda self, command, **words: commands.append(list(command)))
    system.install_missing([MISSING], Shell(tmp_path / "log", tmp_path))
    programs = [command[0] for command in commands]
    assert programs == ["install", "env", "env", "rm", "pg_ctlcluster"]
    assert commands[-1] == ["pg_ctlcluster", "16", "main", "stop"]
    assert commands[3] == ["rm", "-f", str(system.NO_DEFAULT_CLUSTER)]


def test_the_browser_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BASSINS_CHROMIUM", "/opt/chromium")
    assert system.browser() == "/opt/chromium"
    monkeypatch.delenv("BASSINS_CHROMIUM")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert system.browser() == ""
