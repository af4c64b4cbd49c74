"""Counts of listed sites by commune, and polluted sites."""

import json
from pathlib import Path

import pandas as pd
import pytest

from infrastructure.derive import values
from infrastructure.ingest.brownfield_counts import parse_commune_counts, parse_polluted_sites
from sources.editions import BuildError
from sources.readers import LayoutError
from tests.infrastructure.test_brownfields import COMMUNES, MOVES
from tests.infrastructure.test_ingest import split
from tests.infrastructure.worlds import build_of, places


def commune(total: int, types: dict[str, int], statuses: dict[str, int]) -> dict:
    return {"label": "Ici", "n": total, "by_type": types, "by_status": statuses, "total_surface_m2": 9e9}


def test_counts_must_add_up(tmp_path: Path) -> None:
    document = {
        "meta": {},
        "communes": {
            "01001": commune(
                3, {"friche industrielle": 1, "inconnu": 2}, {"friche sans projet": 1, "friche potentielle": 2}
            ),
            "1002": commune(1, {"autre": 1}, {"friche sans projet": 1}),
            "01003": commune(2, {"autre": 1}, {"friche sans projet": 2}),
            "01004": commune(1, {"autre": 1}, {"friche rasée": 1}),
        },
    }
    path = tmp_path / "cartofriches_communes_2026-04.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    records, refused = split(list(parse_commune_counts(path)))
    assert records == [("01001", 3, 1, 2, 1, 0, 0, 2)]
    assert refused == [(2, "commune"), (3, "n"), (4, "by_status")]
    path.write_text('{"communes": {"01001": {"n": 1}}}', encoding="utf-8")
    with pytest.raises(LayoutError, match="by_status"):
        list(parse_commune_counts(path))
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(LayoutError, match="communes"):
        list(parse_commune_counts(path))


def test_polluted_sites_without_point_are_refused_and_codes_find_their_zero_back(tmp_path: Path) -> None:
    point = {"type": "Point", "coordinates": [4.8, 50.1]}
    features = [
        {"type": "Feature", "geometry": point, "properties": {"Nom_site": "Usine", "Code_INSEE": "8190"}},
        {"type": "Feature", "properties": {"Nom_site": "Ailleurs", "Code_INSEE": "1001"}},
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [50.1, 4.8]}, "properties": {}},
    ]
    path = tmp_path / "ademe_sites_pollues.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    records, refused = split(list(parse_polluted_sites(path)))
    assert records == [("1", "Usine", "FR", "08190", 4.8, 50.1)]
    assert refused == [(2, "geometry"), (3, "geometry")]


COUNTS = pd.DataFrame(
    [
        ("11001", 5, 2, 1, 2, 1, 0, 2),
        ("11003", 4, 1, 0, 4, 0, 0, 0),
        ("11999", 3, 1, 1, 1, 1, 1, 0),  # a part of 11003 today
        ("97801", 9, 9, 0, 9, 0, 0, 0),  # Saint-Martin, in no zone
    ],
    columns=["insee_code", *values.COUNT_COLUMNS],
)


def fed(counts: pd.DataFrame) -> object:
    polluted = places(("1", "Usine", "FR", "11001", 2.5, 48.1), ("2", "Quai", "FR", "97401", 55.4, -21.1))
    return build_of(
        cerema_cartofriches_counts=counts,
        ademe_polluted_sites=polluted,
        insee_communes=COMMUNES,
        insee_commune_moves=MOVES,
    )


def test_merged_communes_are_added_up_and_zones_are_sums_of_communes() -> None:
    build = fed(COUNTS)
    table = values.commune_brownfields(build)
    assert table.set_index("commune")["site_count"].to_dict() == {"11001": 5, "11003": 7}
    assert table.set_index("commune").loc["11003", "reconverted_count"] == 1
    build.tables["infrastructure.CommuneBrownfields"] = table
    made = values.listed_values(build).set_index(["indicator", "zone"])["value"]
    assert made["land.listed_sites"].to_dict() == {"1101": 5, "1102": 7, "9401": 0, "0401": 0}
    assert made["land.listed_industrial"].to_dict() == {"1101": 2, "1102": 2, "9401": 0, "0401": 0}
    assert made["land.listed_free"].to_dict() == {"1101": 2, "1102": 5, "9401": 0, "0401": 0}
    assert made["land.polluted_sites"].to_dict() == {"1101": 1, "1102": 0, "9401": 0, "0401": 1}


def test_a_code_that_leads_nowhere_stops_the_edition() -> None:
    with pytest.raises(BuildError, match="12345"):
        values.commune_brownfields(fed(COUNTS.assign(insee_code=["11001", "11003", "12345", "97801"])))
