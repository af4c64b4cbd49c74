"""The layers of an edition hold every row of its tables, whole and valid, with their words."""

import re
from pathlib import Path

import numpy as np
import pytest
import shapely
from django.test import Client
from pyogrio import raw

from basins.models import Commune, EmploymentZone, Perimeter
from infrastructure.models import BrownfieldSite, LogisticsNode
from reports.gis.edition_layers import LAYERS
from reports.gis.layer import POINT
from scoring.service import current_facts
from sources.models import Edition
from tests.explorer.html_tree import parse
from tests.reports.test_gis import ogr

pytestmark = pytest.mark.django_db

ROWS = {
    "bassins": EmploymentZone.objects,
    "communes": Commune.objects,
    "friches": BrownfieldSite.objects,
    "noeuds-logistiques": LogisticsNode.objects,
    "territoires-industrie": Perimeter.objects.filter(kind=Perimeter.Kind.INDUSTRY_TERRITORY),
}
LEGAL = re.compile(r"[a-z][a-z0-9_]{0,62}")


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_holds_every_row_and_gdal_reads_it(client: Client, tmp_path: Path, name: str) -> None:
    response = client.get(f"/donnees/telechargements/{name}.gpkg", headers={"accept-language": "fr"})
    assert response.status_code == 200 and f'filename="{name}.gpkg"' in response.headers["Content-Disposition"]
    path = tmp_path / f"{name}.gpkg"
    path.write_bytes(response.content)
    told = ogr("ogrinfo", "-so", "-al", str(path))
    count = ROWS[name].filter(edition__is_current=True).count()
    assert f"Feature Count: {count}\n" in told and "edition=2026.3" in told
    meta, _fids, geometries, columns = raw.read(path, layer=LAYERS[name].make(current_facts()).name)
    assert len(geometries) == count and all(LEGAL.fullmatch(one) for one in meta["fields"])
    shapes = shapely.from_wkb(geometries)
    known = shapes[~shapely.is_missing(shapes)]
    assert shapely.is_valid(known).all() and set(shapely.get_type_id(known)) == {0 if LAYERS[name].is_point else 6}
    # The few communes recreated since 2018 have no outline.
    assert count - len(known) == (
        Commune.objects.filter(edition__is_current=True, geom=None).count() if name == "communes" else 0
    )
    codes = [str(one) for one in columns[0]]
    assert len(set(codes)) == count


def test_the_basins_have_the_values_of_the_facts_and_what_is_not_known_is_empty() -> None:
    facts = current_facts()
    layer = LAYERS["bassins"].make(facts)
    for key, (values, statuses) in facts.values.items():
        name = key.replace(".", "_")
        if name not in [one.name for one in layer.fields]:
            continue
        told = [np.nan if one is None else one for one in layer.column(name)]
        assert told == pytest.approx(list(values), abs=1e-6, nan_ok=True)
        assert layer.column(f"{name}_statut") == [str(one) for one in statuses]
    assert len(layer.fields) > 60 and len({one.label for one in layer.fields}) == len(layer.fields)


def test_points_stand_where_the_database_has_them_and_words_are_those_of_the_reader() -> None:
    edition = Edition.objects.current()
    layer = LAYERS["friches"].make(current_facts())
    assert layer.geometry_type == POINT
    site = BrownfieldSite.objects.of(edition).order_by("code").first()
    point = shapely.from_wkb(layer.geometries[0])
    assert (point.x, point.y) == (site.point.x, site.point.y)
    row = dict(zip([one.name for one in layer.fields], layer.rows[0], strict=True))
    assert (row["code"], row["nature"], row["utilisable"]) == (site.code, site.get_site_type_display(), site.is_usable)
    assert row["surface_ha"] == site.surface_ha
    assert sum(layer.column("utilisable")) == BrownfieldSite.objects.of(edition).filter(is_usable=True).count()


def test_the_page_of_data_leads_to_every_layer(client: Client) -> None:
    links = {one.attributes.get("href", "") for one in parse(client.get("/donnees/").content).all("a")}
    assert {f"/donnees/telechargements/{name}.gpkg" for name in LAYERS} <= links


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/donnees/telechargements/volcans.gpkg", 404, "bassins, communes"),
        ("/donnees/telechargements/bassins.gpkg?x=1", 400, "x"),
    ],
)
def test_a_layer_that_does_not_exist_is_refused_in_words(
    client: Client, address: str, status: int, words: str
) -> None:
    response = client.get(address, headers={"accept-language": "fr"})
    assert response.status_code == status and words in response.content.decode()
