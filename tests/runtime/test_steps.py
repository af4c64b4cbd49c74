"""Steps are named and timed; a failure says what, why and what to do."""

import sys
from pathlib import Path

import pytest

from config.setup.steps import Failure, Shell, Step, follow, seconds, tail


def test_durations_are_written_in_french() -> None:
    assert seconds(12.44) == "12,4 s"
    assert seconds(0) == "0,0 s"


def test_each_step_has_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    follow([Step("Un", lambda: ""), Step("Deux", lambda: "déjà fait")])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("[1/2] Un … ") and lines[0].endswith(" s")
    assert lines[1].startswith("[2/2] Deux … ") and lines[1].endswith(" s (déjà fait)")


def test_a_failure_stops_the_steps(capsys: pytest.CaptureFixture[str]) -> None:
    done: list[str] = []

    def fail() -> str:
        raise Failure("lire", "rien à lire", "écrire d'abord")

    with pytest.raises(Failure) as failure:
        follow([Step("Un", fail), Step("Deux", lambda: str(done.append("deux")))])
    assert done == []
    assert "[1/2] Un … échec après " in capsys.readouterr().out
    assert str(failure.value) == ("  Ce qui a échoué : lire\n  Pourquoi : rien à lire\n  Que faire : écrire d'abord")


def test_a_failing_command_shows_its_own_last_words(tmp_path: Path) -> None:
    shell = Shell(tmp_path / "logs" / "log", tmp_path)
    shell.run([sys.executable, "-c", "print('from before')"], what="avant", remedy="-")
    with pytest.raises(Failure) as failure:
        shell.run([sys.executable, "-c", "print('disk full'); raise SystemExit(3)"], what="copier", remedy="Trier.")
    assert failure.value.why == "disk full"
    assert failure.value.remedy == f"Trier. Journal complet : {shell.log}"
    assert "from before" in shell.log.read_text()


def test_tail_keeps_the_last_lines(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("".join(f"{number}\n" for number in range(50)))
    assert tail(log, lines=2) == "48\n49"
    assert tail(tmp_path / "none") == ""
