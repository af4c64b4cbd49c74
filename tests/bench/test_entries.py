"""The bench of entries on a file, from the command line: what it prints, what it refuses."""

from functools import partial

import pytest

from basins.models import Commune
from bench import entries
from bench.generated import entry_file
from scoring.service import current_facts
from scoring.validation import fine

pytestmark = pytest.mark.django_db
YEARS = tuple(range(2008, 2015))


def communes():
    rows = Commune.objects.filter(zone__isnull=False).order_by("zone__code", "insee_code")
    return sorted({zone: code for code, zone in rows.values_list("insee_code", "zone__code")}.values())


def test_a_file_is_judged_window_by_window(tmp_path, monkeypatch, capsys):
    made = current_facts().nomenclature.nodes["section:C"].subclasses[:12]
    path = entry_file(tmp_path / "urssaf.csv", communes=communes(), subclasses=made, years=YEARS, link=0.9)
    monkeypatch.setattr(entries, "judge_window", partial(fine.judge_window, draws=10))
    assert entries.main([str(path)]) == 0
    told = capsys.readouterr().out
    assert "Fenêtre 2009-2014 : at_risk" in told and "co_location" in told and "p@1000" in told


def test_a_file_without_a_whole_window_is_refused(tmp_path, capsys):
    path = entry_file(tmp_path / "short.csv", communes=["01001"], subclasses=["10.11Z"], years=[2020, 2021], link=0)
    assert entries.main([str(path)]) == 1
    assert "aucune fenêtre entière" in capsys.readouterr().err


def test_another_layout_and_a_missing_file_are_refused(tmp_path, capsys):
    other = tmp_path / "other.csv"
    other.write_text("a;b\n1;2\n", encoding="utf-8")
    assert entries.main([str(other)]) == 1
    assert "other.csv" in capsys.readouterr().err
    assert entries.main([str(tmp_path / "none.csv")]) == 1
    assert "python -m bench.entries" in capsys.readouterr().err
