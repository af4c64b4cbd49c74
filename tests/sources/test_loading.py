import gzip
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import DataError, IntegrityError

from basins.models import EmploymentZone, Region, ZoneValue
from sources.edition_files import EditionFileError, file_name, write_edition
from sources.loading import load_edition, loading_order
from sources.models import Edition, Release
from tests.sources.worlds import release, tables, values, written_edition, zones

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_database")]


def shown():
    """What a reader sees: the edition on show, its zones and values, the region's name."""
    edition = Edition.objects.current()
    return (
        edition.content_hash,
        list(EmploymentZone.objects.of(edition).values_list("code", "population")),
        sorted(ZoneValue.objects.of(edition).values_list("zone__code", "value", "status")),
        Region.objects.get(code="11").name,
    )


def test_an_edition_is_loaded_whole_and_put_on_show(tmp_path):
    manifest = written_edition(tmp_path, 5)
    edition, is_new = load_edition(tmp_path)
    assert is_new
    assert shown() == (
        manifest.content_hash,
        [("1101", 5), ("1102", 5)],
        [("1101", 5.0, "observed"), ("1102", None, "suppressed")],
        "Région 5",
    )
    zone = EmploymentZone.objects.get(code="1101")
    assert (zone.name, zone.region_codes, zone.geom.extent) == ("Zone « 1101 », d'essai", ["11", "24"], (2, 48, 3, 49))
    known = Release.objects.get()
    assert (known.key, known.source.producer, known.has_rows) == (release().key, "Insee", False)
    assert list(edition.releases.all()) == [known]
    assert set(ZoneValue.objects.values_list("release", flat=True)) == {known.pk}


def test_the_same_content_again_is_a_no_op(tmp_path):
    written_edition(tmp_path, 5)
    first, _is_new = load_edition(tmp_path)
    ids = list(ZoneValue.objects.order_by("id").values_list("id", flat=True))
    again, is_new = load_edition(tmp_path)
    assert (again.pk, is_new) == (first.pk, False)
    assert list(ZoneValue.objects.order_by("id").values_list("id", flat=True)) == ids
    assert Release.objects.count() == 1


def test_a_new_edition_takes_the_place_of_the_old_which_stays_loaded(tmp_path):
    written_edition(tmp_path / "1", 5)
    written_edition(tmp_path / "2", 6, codes=["1101", "1103"])
    load_edition(tmp_path / "1")
    load_edition(tmp_path / "2")
    assert shown()[1:] == (
        [("1101", 6), ("1103", 6)],
        [("1101", 6.0, "observed"), ("1103", None, "suppressed")],
        "Région 6",
    )
    assert Edition.objects.filter(is_current=True).count() == 1
    assert EmploymentZone.objects.count() == 4


def test_an_edition_still_loaded_can_be_put_back_on_show(tmp_path):
    for value in (5, 6):
        written_edition(tmp_path / str(value), value)
        load_edition(tmp_path / str(value))
    _edition, is_new = load_edition(tmp_path / "5")
    assert not is_new
    assert shown()[1] == [("1101", 5), ("1102", 5)]


def test_only_two_editions_are_kept_and_the_rows_of_the_others_go(tmp_path):
    for value in (5, 6, 7):
        written_edition(tmp_path / str(value), value)
        load_edition(tmp_path / str(value))
    assert set(EmploymentZone.objects.values_list("population", flat=True)) == {6, 7}
    assert ZoneValue.objects.count() == 4
    assert Edition.objects.count() == 2


def test_a_rehearsal_changes_nothing(tmp_path):
    for value in (5, 6):
        written_edition(tmp_path / str(value), value)
    load_edition(tmp_path / "5")
    before = shown()
    load_edition(tmp_path / "6", dry_run=True)
    assert shown() == before
    assert Edition.objects.count() == 1
    assert EmploymentZone.objects.count() == 2


def test_an_altered_file_is_refused_and_the_old_edition_stays(tmp_path):
    for value in (5, 6):
        written_edition(tmp_path / str(value), value)
    load_edition(tmp_path / "5")
    before = shown()
    # The last table to load: the others have been copied when the alteration is met.
    path = tmp_path / "6" / file_name("basins.ZoneValue")
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b"observed", b"missing")))
    with pytest.raises(EditionFileError, match=r"basins_zonevalue\.csv\.gz a été modifié"):
        load_edition(tmp_path / "6")
    assert shown() == before
    assert EmploymentZone.objects.count() == 2


def test_the_command_says_that_the_edition_on_show_has_not_changed(tmp_path):
    with pytest.raises(CommandError, match="L'édition en service n'a pas changé"):
        call_command("load_edition", str(tmp_path), skip_checks=True)


@pytest.mark.parametrize(
    "values_of_second",
    [
        values(["1101", "9999"], 6),
        values(["1101", "1102"], 6).assign(release="unknown@1"),
        values(["1101", "1102"], 6).assign(status="observed"),
    ],
    ids=["value of a zone that is not there", "release that is not there", "status that belies the value"],
)
def test_rows_that_make_no_sense_are_refused_whole(tmp_path, values_of_second):
    written_edition(tmp_path / "5", 5)
    load_edition(tmp_path / "5")
    before = shown()
    write_edition(
        tmp_path / "6",
        name="essai",
        tables=[("basins.EmploymentZone", zones(["1101", "1102"], 6)), ("basins.ZoneValue", values_of_second)],
        releases=[release()],
    )
    with pytest.raises(IntegrityError):
        load_edition(tmp_path / "6")
    assert shown() == before
    assert EmploymentZone.objects.count() == 2


def test_a_table_is_loaded_after_those_it_points_at():
    labels = [label for label, _table in reversed(tables(1))]
    order = loading_order(["basins.Commune", "basins.Department", *labels])
    for before, after in (
        ("basins.Region", "basins.Department"),
        ("basins.EmploymentZone", "basins.ZoneValue"),
        ("basins.EmploymentZone", "basins.Commune"),
        ("basins.Department", "basins.Commune"),
    ):
        assert order.index(before) < order.index(after)


def test_a_geometry_in_twkb_is_announced_by_the_manifest(tmp_path, monkeypatch):
    monkeypatch.setattr(EmploymentZone, "compact_decimals", {"geom": 4, "point": 5})
    manifest = written_edition(tmp_path, 5)
    [entry] = [one for one in manifest.tables if one["table"] == "basins.EmploymentZone"]
    assert entry["twkb"] == ["geom", "point"]
    load_edition(tmp_path)
    zone = EmploymentZone.objects.get(code="1101")
    assert (zone.geom.extent, zone.geom.srid, zone.geom.geom_type) == ((2, 48, 3, 49), 4326, "MultiPolygon")
    assert (zone.point.x, zone.point.y) == (2.5, 48.5)


def test_a_geometry_announced_where_there_is_none_is_refused(tmp_path):
    written_edition(tmp_path, 5)
    path = tmp_path / "manifest.json"
    told = json.loads(path.read_text())
    next(one for one in told["tables"] if one["table"] == "basins.EmploymentZone")["twkb"] = ["name"]
    path.write_text(json.dumps(told))
    with pytest.raises(EditionFileError, match=r"basins\.EmploymentZone.*name"):
        load_edition(tmp_path)
    assert not Edition.objects.exists()


def test_a_surface_where_a_point_is_expected_is_refused_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(EmploymentZone, "compact_decimals", {"point": 5})
    table = zones(["1101"], 5)
    write_edition(
        tmp_path, name="essai", releases=[release()],
        tables=[("basins.EmploymentZone", table.assign(point=table["geom"]))],
    )  # fmt: skip
    with pytest.raises(DataError):
        load_edition(tmp_path)
    assert not EmploymentZone.objects.exists()
