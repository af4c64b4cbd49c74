"""Tiny editions written to disk: one region, one zone, values of one indicator."""

from pathlib import Path

import pandas as pd
import shapely

from sources.edition_files import Manifest, write_edition
from sources.models import Release, Source
from sources.readers import ewkb


def release(slug: str = "essai") -> Release:
    """An unsaved release."""
    source = Source(slug=slug, title="Essai", producer="Insee", licence="Licence Ouverte 2.0", page="", note="")
    facts = {"vintage": "2026", "row_count": 2, "rejected_count": 1}
    return Release(source=source, key=f"{slug}@2026+abc", checksum=f"checksum-{slug}", **facts)


def zones(codes: list[str], population: int) -> pd.DataFrame:
    outline, point = ewkb(shapely.MultiPolygon([shapely.box(2, 48, 3, 49)])), ewkb(shapely.Point(2.5, 48.5))
    return pd.DataFrame(
        {
            "code": codes,
            "name": [f"Zone « {code} », d'essai" for code in codes],
            "region_codes": [["11", "24"]] * len(codes),
            "land_mass": "mainland",
            "population": population,
            "population_year": 2023,
            "commune_count": 1,
            "area_km2": 12.5,
            "point": point,
            "centre": point,
            "geom": outline,
        }
    )


def values(codes: list[str], value: float) -> pd.DataFrame:
    """One observed value, and a suppressed one for the last zone."""
    known = [value] * (len(codes) - 1)
    return pd.DataFrame(
        {
            "indicator": "living.x",
            "zone": codes,
            "value": [*known, None],
            "status": ["observed"] * len(known) + ["suppressed"],
            "release": release().key,
        }
    )


def tables(value: float, codes: list[str] | None = None) -> list[tuple[str, pd.DataFrame]]:
    codes = codes or ["1101", "1102"]
    return [
        ("basins.Region", pd.DataFrame({"code": ["11"], "name": [f"Région {value:g}"]})),
        ("basins.EmploymentZone", zones(codes, int(value))),
        ("basins.ZoneValue", values(codes, value)),
    ]


def written_edition(folder: Path, value: float, name: str = "essai", codes: list[str] | None = None) -> Manifest:
    """Write an edition whose population, value and region name all tell `value`."""
    return write_edition(folder, name=name, tables=tables(value, codes), releases=[release()])
