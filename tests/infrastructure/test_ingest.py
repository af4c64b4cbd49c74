"""Each parser on a short file written by hand in the producer's layout, with its bad rows."""

import gzip
import json
from pathlib import Path

import pytest

from infrastructure.ingest.airports import parse_airports
from infrastructure.ingest.brownfields import parse_brownfields
from infrastructure.ingest.ports import parse_inland_ports, parse_seaports
from infrastructure.ingest.rail import parse_marshalling_yards, parse_sidings, parse_stations
from infrastructure.ingest.roads import parse_road_sections, parse_toll_stations
from infrastructure.ingest.terminals import parse_terminals
from sources.readers import LayoutError
from sources.registry import Rejected

TOLLS = "dateReferentiel;route;pr;depPr;concessionPr;abs;cumul;x;y;z;cote;nomGare;typeGare;typeGare_lib;nbVoies"
SECTIONS = (
    "dateReferentiel;route;longueur;prD;depPrD;concessionPrD;absD;cumulD;xD;yD;zD;prF;depPrF;concessionPrF;absF;cumulF;"
    "xF;yF;zF;anneeMesureTrafic;typeComptageTrafic;typeComptageTrafic_lib;TMJA;ratio_PL"
)
STATIONS = (
    "CODE_UIC;LIBELLE;FRET;VOYAGEURS;CODE_LIGNE;RG_TRONCON;PK;COMMUNE;DEPARTEMEN;IDRESEAU;IDGAIA;X_L93;Y_L93;X_WGS84;"
    "Y_WGS84;C_GEO;Geo Point;Geo Shape"
)
SIDINGS = "GARE;CODE_LIGNE;RG_TRONCON;PK;IDGAIA;X_L93;Y_L93;X_WGS84;Y_WGS84;C_GEO;Geo Point;Geo Shape"
YARDS = "IDRESEAU;LIBELLE;CODE_LIGNE;RG_TRONCON;PK;IDGAIA;X_L93;Y_L93;X_WGS84;Y_WGS84;C_GEO;Geo Point;Geo Shape"
AIRPORTS = (
    "id,ident,type,name,latitude_deg,longitude_deg,elevation_ft,continent,country_name,iso_country,region_name,"
    "iso_region,local_region,municipality,scheduled_service,gps_code,iata_code,local_code,home_link,wikipedia_link,"
    "keywords,score,last_updated"
)
BROWNFIELDS = (
    "site_id,site_nom,site_type,site_statut,site_occupation,site_adresse,site_identif_date,site_actu_date,site_url,"
    "site_surface,unite_fonciere_surface,unite_fonciere_refcad,site_reconv_type,site_numero_basias,activite_libelle,"
    "activite_fin_annee,comm_insee,comm_nom,dep,bati_nombre,bati_pollution,bati_vacance,bati_patrimoine,bati_etat,"
    "sol_pollution_existe,proprio_personne,proprio_categorie,urba_zone_type,urba_zone_lib,urba_zone_formdomi,"
    "urba_zone_formdomi_txt,urba_doc_type,desserte_distance_ferroviaire,date_mutation,source_nom,source_producteur,"
    "source_url,nature,checked,is_observatoire,is_user,is_mte_pv,is_aap,is_ademe,is_mte,is_mte_non_expertise,lon,lat"
)


def written(folder: Path, header: str, *rows: str, bom: bool = False) -> Path:
    path = folder / "file.csv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8-sig" if bom else "utf-8")
    return path


def split(found: list) -> tuple[list, list[tuple[int, str]]]:
    """Return the records, and the line and column of the refusals."""
    refused = [(row.line, row.column) for row in found if isinstance(row, Rejected)]
    return [row for row in found if not isinstance(row, Rejected)], refused


def delimited(header: str, delimiter: str = ",", **cells: str) -> str:
    return delimiter.join(cells.get(name, "") for name in header.split(delimiter))


def test_toll_stations_are_projected_from_the_origin_of_lambert_93(tmp_path: Path) -> None:
    # EPSG:2154 sets its false origin, 700 km and 6,600 km, at 3 degrees east, 46.5 north.
    rows = (
        "01/01/2024;01A903905CD;1;1;C;570;570;700000,0;6600000,0;0;D;Origine;Ech;Echangeur;2",
        "01/01/2024;A0010;1;1;C;570;570;;6600000,0;0;D;Sans x;Pv;Pleine voie;2",
        "01/01/2024;A0010;1;1;C;570;570;3,0;46,5;0;D;En degrés;Pv;Pleine voie;2",
    )
    records, refused = split(list(parse_toll_stations(written(tmp_path, TOLLS, *rows))))
    assert refused == [(3, "x, y"), (4, "x, y")]
    assert records == [("01A903905CD", "Origine", "FR", "Echangeur", 3.0, 46.5)]


def test_road_sections_keep_both_ends_and_say_when_traffic_was_not_counted(tmp_path: Path) -> None:
    start, end = "700000,0;6600000,0;0", "700000,0;6600000,0;0"
    rows = (
        f"01/01/2019;A0010;785,2;1;45;C;0;0;{start};2;45;C;0;1;{end};2019;1;Permanent horaire;18500,4;12,5",
        f"01/01/2019;N0165;44;1;29;N;0;0;{start};2;29;N;0;1;{end};;;;;",
        f"01/01/2019;N0165;;1;29;N;0;0;{start};2;29;N;0;1;{end};;;;;",
        f"01/01/2019;N0165;44;1;29;N;0;0;{start};2;29;N;0;1;700000,0;ici;0;;;;;",
    )
    records, refused = split(list(parse_road_sections(written(tmp_path, SECTIONS, *rows))))
    assert refused == [(4, "longueur"), (5, "xF, yF")]
    assert [(one.route, one.department, one.length_m, one.daily_traffic) for one in records] == [
        ("A0010", "45", 785.2, 18500),
        ("N0165", "29", 44.0, None),
    ]
    assert records[0][4:] == (3.0, 46.5, 3.0, 46.5)


def test_stations_carry_their_freight_flag(tmp_path: Path) -> None:
    rows = (
        delimited(STATIONS, ";", CODE_UIC="87000001", LIBELLE="Ici", FRET="O", X_WGS84="2.5", Y_WGS84="48.5"),
        delimited(STATIONS, ";", CODE_UIC="87000002", LIBELLE="Là", FRET="?", X_WGS84="2.5", Y_WGS84="48.5"),
    )
    records, refused = split(list(parse_stations(written(tmp_path, STATIONS, *rows, bom=True))))
    assert records == [("87000001", "Ici", "FR", "O", 2.5, 48.5)]
    assert refused == [(3, "FRET")]


def test_sidings_without_coordinates_or_identifier_are_refused(tmp_path: Path) -> None:
    rows = (
        delimited(SIDINGS, ";", GARE="Ici", IDGAIA="a-1", X_WGS84="2.5", Y_WGS84="48.5"),
        delimited(SIDINGS, ";", GARE="Ici", IDGAIA="a-2"),
        delimited(SIDINGS, ";", GARE="Ici", X_WGS84="2.5", Y_WGS84="48.5"),
    )
    records, refused = split(list(parse_sidings(written(tmp_path, SIDINGS, *rows, bom=True))))
    assert [record.code for record in records] == ["a-1"]
    assert refused == [(3, "X_WGS84, Y_WGS84"), (4, "IDGAIA")]


def test_marshalling_yards_are_known_by_their_name(tmp_path: Path) -> None:
    row = delimited(YARDS, ";", IDRESEAU="1", LIBELLE="Triage d'Ici", X_WGS84="2.5", Y_WGS84="48.5")
    assert list(parse_marshalling_yards(written(tmp_path, YARDS, row))) == [
        ("Triage d'Ici", "Triage d'Ici", "FR", "", 2.5, 48.5)
    ]


def test_terminals_are_read_without_their_service_plan(tmp_path: Path) -> None:
    platform = {"site": "Ici ", "exploitant": "Opérateur", "pays": "Belgique", "lat": 50.5, "lon": 4.25}
    document = {
        "platforms": [platform, platform | {"pays": "Atlantide"}, platform | {"lat": 91}],
        "routes": "unread",
        "services": "unread",
    }
    path = tmp_path / "file.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    records, refused = split(list(parse_terminals(path)))
    assert records == [("Ici", "Ici", "BE", "Opérateur", 4.25, 50.5)]
    assert refused == [(2, "pays"), (3, "lon, lat")]


@pytest.mark.parametrize("document", [{}, [], {"platforms": [{"site": "Ici"}]}])
def test_a_terminal_file_of_another_shape_is_refused(tmp_path: Path, document: object) -> None:
    path = tmp_path / "file.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(LayoutError, match=r"file\.json"):
        list(parse_terminals(path))


def test_seaports_are_read_from_a_compressed_file_with_other_columns(tmp_path: Path) -> None:
    header = "World Port Index Number,Region Name,MAIN_PORT_NAME,Country Code,Harbor Size,LATITUDE,LONGITUDE"
    rows = ("35000,Somewhere,Ici ,France,Small,43.3,5.4", "35001,Somewhere,Nulle part,France,Small,95,5.4")
    path = tmp_path / "world_port_index.csv.gz"
    path.write_bytes(gzip.compress("\n".join((header, *rows)).encode()))
    records, refused = split(list(parse_seaports(path)))
    assert records == [("35000", "Ici", "France", "Small", 5.4, 43.3)]
    assert refused == [(3, "LONGITUDE, LATITUDE")]


def test_inland_ports_placed_by_hand_are_known_by_their_name(tmp_path: Path) -> None:
    def feature(identifier: int, name: str, shape: dict) -> dict:
        properties = {"name": name, "operator": "", "osmId": identifier}
        return {"type": "Feature", "geometry": shape, "properties": properties}

    point = {"type": "Point", "coordinates": [4.85, 45.73]}
    line = {"type": "LineString", "coordinates": [[4.85, 45.73], [4.86, 45.73]]}
    features = [feature(7, "Port A", point), feature(0, "Port B", point), feature(8, "Quai", line)]
    path = tmp_path / "file.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    records, refused = split(list(parse_inland_ports(path)))
    assert [(record.code, record.name) for record in records] == [("7", "Port A"), ("Port B", "Port B")]
    assert refused == [(3, "geometry")]


def test_airports_say_which_have_scheduled_flights(tmp_path: Path) -> None:
    def row(ident: str, scheduled: str, lat: str) -> str:
        cells = {"ident": ident, "type": "medium_airport", "name": "Ici Airport", "iso_country": "FR"}
        return delimited(AIRPORTS, **cells, latitude_deg=lat, longitude_deg="2.5", scheduled_service=scheduled)

    rows = (row("LF01", "1", "48.5"), row("LF02", "0", "48.5"), row("LF03", "1", ""))
    records, refused = split(list(parse_airports(written(tmp_path, AIRPORTS, *rows))))
    assert [record.category for record in records] == ["scheduled medium_airport", "medium_airport"]
    assert refused == [(4, "longitude_deg, latitude_deg")]


def test_brownfields_have_straight_apostrophes_and_may_lack_a_surface(tmp_path: Path) -> None:
    good = {"site_id": "s1", "site_type": "friche d\u2019habitat", "comm_insee": "01001", "checked": "True"}
    rows = (
        delimited(BROWNFIELDS, **good, unite_fonciere_surface="20000.5", lon="2.5", lat="48.5"),
        delimited(BROWNFIELDS, **good | {"checked": "oui"}, lon="2.5", lat="48.5"),
        delimited(BROWNFIELDS, **good, lon="200", lat="48.5"),
        delimited(BROWNFIELDS, **good | {"comm_insee": "1001"}, lon="2.5", lat="48.5"),
    )
    records, refused = split(list(parse_brownfields(written(tmp_path, BROWNFIELDS, *rows))))
    assert len(records) == 1
    assert records[0].site_type == "friche d'habitat"
    assert (records[0].site_surface_m2, records[0].unit_surface_m2) == (None, 20000.5)
    assert records[0].is_checked is True
    assert refused == [(3, "checked"), (4, "lon, lat"), (5, "comm_insee")]


@pytest.mark.parametrize(
    ("parse", "header"),
    [
        (parse_toll_stations, TOLLS),
        (parse_road_sections, SECTIONS),
        (parse_stations, STATIONS),
        (parse_sidings, SIDINGS),
        (parse_marshalling_yards, YARDS),
        (parse_airports, AIRPORTS),
        (parse_brownfields, BROWNFIELDS),
    ],
)
def test_an_unknown_header_or_encoding_stops_by_name(tmp_path: Path, parse: object, header: str) -> None:
    delimiter = ";" if ";" in header else ","
    path = written(tmp_path, header + f"{delimiter}nouvelle")
    with pytest.raises(LayoutError, match="nouvelle"):
        list(parse(path))
    lost = header.split(delimiter)[1]
    path.write_text(header.replace(f"{delimiter}{lost}{delimiter}", delimiter, 1), encoding="utf-8")
    with pytest.raises(LayoutError, match=lost):
        list(parse(path))
    path.write_bytes(f"{header}\nÉté{delimiter}".encode("latin-1"))
    with pytest.raises(LayoutError, match="utf-8"):
        list(parse(path))
