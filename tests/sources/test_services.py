from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

import basins.ingest  # noqa: F401  registers the data set used here
from basins.raw import RawRegion
from sources.editions import Build, releases_in_use
from sources.models import RejectedRow, Release, Source
from sources.readers import LayoutError
from sources.registry import DATASETS
from sources.services import ingest_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_database")]

HEADER = "REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE\n"
GOOD = HEADER + "11,75056,1,A,A,Île-de-France\n24,45234,2,A,A,Centre\n"
WITH_BAD_ROWS = GOOD + ",1,1,A,A,Sans code\n24,45234,2,A,A,Encore\n"


@pytest.fixture
def dataset():
    return DATASETS["insee-regions"]


def written(folder, text, name="cog_regions.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def everything():
    return (
        sorted(RawRegion.objects.values_list("code", "name")),
        sorted(Release.objects.values_list("id", "key", "row_count", "rejected_count", "has_rows")),
        sorted(RejectedRow.objects.values_list("line", "column", "value", "reason")),
    )


def test_a_file_becomes_one_release_with_its_source(dataset, tmp_path):
    report = ingest_file(dataset, written(tmp_path, GOOD))
    release = Release.objects.get()
    assert (report.is_new, report.row_count, report.rejected) == (True, 2, ())
    assert release.key == report.release_key == f"insee-regions@2026+{release.checksum[:8]}"
    assert (release.source.producer, release.source.licence) == ("Insee", dataset.licence)
    assert sorted(RawRegion.objects.values_list("code", "release_id")) == [("11", release.id), ("24", release.id)]


def test_refused_rows_are_counted_and_kept_with_their_reason(dataset, tmp_path):
    report = ingest_file(dataset, written(tmp_path, WITH_BAD_ROWS))
    release = Release.objects.get()
    assert (release.row_count, release.rejected_count, len(report.rejected)) == (2, 2, 2)
    kept = release.rejected_rows.order_by("line").values_list("line", "column", "value")
    assert list(kept) == [(4, "REG", ""), (5, "code", "24")]
    assert all(release.rejected_rows.values_list("reason", flat=True))


def test_the_same_file_twice_changes_nothing(dataset, tmp_path):
    path = written(tmp_path, WITH_BAD_ROWS)
    ingest_file(dataset, path)
    before = everything()
    report = ingest_file(dataset, path)
    assert (report.is_new, report.row_count) == (False, 2)
    assert everything() == before


def test_a_newer_file_replaces_the_rows_and_the_older_release_stays_on_record(dataset, tmp_path):
    ingest_file(dataset, written(tmp_path, WITH_BAD_ROWS))
    ingest_file(dataset, written(tmp_path, GOOD.replace("Centre", "Centre-Val de Loire")), vintage="2027")
    older, newer = Release.objects.order_by("id")
    assert (older.has_rows, newer.has_rows, newer.vintage) == (False, True, "2027")
    assert RawRegion.objects.filter(release=older).count() == RejectedRow.objects.count() == 0
    assert RawRegion.objects.get(code="24").name == "Centre-Val de Loire"


def test_going_back_to_an_older_file_takes_its_rows_again(dataset, tmp_path):
    first = written(tmp_path, GOOD)
    ingest_file(dataset, first)
    ingest_file(dataset, written(tmp_path, GOOD.replace("Centre", "Autre"), name="b.csv"))
    assert ingest_file(dataset, first).is_new
    assert Release.objects.count() == 2
    assert RawRegion.objects.get(code="24").name == "Centre"


def test_a_rehearsal_reports_and_writes_nothing(dataset, tmp_path):
    report = ingest_file(dataset, written(tmp_path, WITH_BAD_ROWS), dry_run=True)
    assert (report.row_count, len(report.rejected)) == (2, 2)
    assert everything() == ([], [], [])
    assert not Source.objects.exists()


def test_an_unknown_layout_leaves_the_older_rows_in_place(dataset, tmp_path):
    ingest_file(dataset, written(tmp_path, GOOD))
    before = everything()
    with pytest.raises(LayoutError, match="absentes : REG"):
        ingest_file(dataset, written(tmp_path, GOOD.replace("REG", "REGION", 1), name="b.csv"))
    assert everything() == before


def test_a_file_broken_in_the_middle_leaves_the_older_rows_in_place(dataset, tmp_path):
    ingest_file(dataset, written(tmp_path, GOOD))
    before = everything()
    with pytest.raises(LayoutError, match="nombre de champs"):
        ingest_file(dataset, written(tmp_path, GOOD + "27,1\n", name="b.csv"))
    assert everything() == before


def test_the_command_finds_files_and_says_what_it_refused(tmp_path, capsys):
    (tmp_path / "below").mkdir()
    written(tmp_path / "below", WITH_BAD_ROWS)
    call_command("ingest", "insee-regions", data=tmp_path, dry_run=True, skip_checks=True)
    call_command("ingest", "insee-regions", data=tmp_path, skip_checks=True)
    output = capsys.readouterr().out
    assert "essai, 2 lignes, 2 rejetées" in output
    assert "chargée, 2 lignes, 2 rejetées" in output
    assert "ligne 4, REG = ''" in output
    assert RawRegion.objects.count() == 2


def test_the_command_stops_by_name(tmp_path):
    with pytest.raises(CommandError, match="rien-de-tel"):
        call_command("ingest", "rien-de-tel", data=tmp_path, skip_checks=True)
    with pytest.raises(CommandError, match=r"cog_regions\.csv"):
        call_command("ingest", "insee-regions", data=tmp_path, skip_checks=True)
    written(tmp_path, "a,b\n")
    with pytest.raises(CommandError, match=r"insee-regions .*Rien n'a été chargé"):
        call_command("ingest", "insee-regions", data=tmp_path, skip_checks=True)


def test_parts_stand_side_by_side_and_each_is_renewed_alone(dataset, tmp_path):
    in_parts = replace(dataset, is_in_parts=True)
    north = ingest_file(in_parts, written(tmp_path, GOOD, "n.csv"), part="nord")
    south = ingest_file(in_parts, written(tmp_path, HEADER + "93,13055,0,P,P,Provence\n", "s.csv"), part="sud")
    assert (north.release_key.split("+")[0], south.is_new) == ("insee-regions@2026/nord", True)
    assert RawRegion.objects.count() == 3
    ingest_file(in_parts, written(tmp_path, HEADER + "93,13055,0,P,P,PACA\n", "s2.csv"), part="sud")
    assert sorted(RawRegion.objects.values_list("name", flat=True)) == ["Centre", "PACA", "Île-de-France"]
    assert sorted(Release.objects.filter(has_rows=True).values_list("part", flat=True)) == ["nord", "sud"]


def test_a_build_reads_every_part_and_names_the_release_of_each_row(dataset, tmp_path, monkeypatch):
    in_parts = replace(dataset, is_in_parts=True)
    monkeypatch.setitem(DATASETS, "insee-regions", in_parts)
    keys = [
        ingest_file(in_parts, written(tmp_path, HEADER + f"{code},1,0,A,A,{part}\n", f"{part}.csv"), part=part)
        for code, part in (("11", "nord"), ("93", "sud"))
    ]
    build = Build(releases_in_use())
    rows = build.rows("insee-regions")
    assert rows["code"].tolist() == ["11", "93"]
    assert rows["release"].tolist() == [report.release_key for report in keys]
    assert build.has("insee-regions") and not build.has("insee-departments")


def test_the_command_refuses_a_part_of_what_is_published_whole(tmp_path):
    written(tmp_path, GOOD)
    with pytest.raises(CommandError, match="insee-regions se publie en un seul fichier"):
        call_command("ingest", "insee-regions", data=tmp_path, part="nord", skip_checks=True)


def test_all_goes_on_without_the_data_that_a_region_brings(dataset, tmp_path, monkeypatch, capsys):
    own = replace(dataset, slug="own-regions", is_optional=True, patterns=("own.csv",))
    monkeypatch.setattr("sources.management.commands.ingest.DATASETS", {"insee-regions": dataset, "own-regions": own})
    written(tmp_path, GOOD)
    call_command("ingest", "all", data=tmp_path, skip_checks=True)
    assert RawRegion.objects.count() == 2
    assert "own-regions" not in capsys.readouterr().out
