"""Private jobs of communes over the years."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext_noop

from economy.models import RawCommuneJobs
from sources.readers import LayoutError, parquet_rows
from sources.registry import Rejected, ingestor

COMMUNE_CODE = re.compile(r"[0-9][0-9AB][0-9]{3}")


class CommuneYears(NamedTuple):
    insee_code: str
    years: list[int]
    jobs: list[int]


@ingestor(
    slug="urssaf-commune-series",
    title="Effectifs salariés privés par commune, série longue",
    producer="Urssaf",
    vintage="2014-2024",
    licence="ODbL 1.0",
    page="https://open.urssaf.fr/",
    patterns=("urssaf_serie_indice100*.parquet", "urssaf-commune-series*.parquet"),
    record=CommuneYears,
    model=RawCommuneJobs,
    note=gettext_noop(
        "Effectifs au 31 décembre, toutes activités. Une commune sans ligne une année n'y déclare aucun salarié : la "
        "somme des communes est exactement le total de la France. Ni agriculture, ni agents publics, ni Mayotte. "
        "Licence à partage à l'identique : les effectifs dérivés la gardent."
    ),
)
def parse_commune_series(path: Path) -> Iterator[CommuneYears | Rejected]:
    """Yield one record a commune, years in order; other levels of the same file are sums of these."""
    series: dict[str, dict[int, int]] = {}
    for line, row in parquet_rows(path, ("echelon", "code", "year", "eff_total")):
        if row["echelon"] != "communes":
            continue
        code, year, jobs = str(row["code"]), row["year"], row["eff_total"]
        if COMMUNE_CODE.fullmatch(code) is None:
            yield Rejected(line, "code", code, "un code de commune a cinq caractères")
        elif not isinstance(year, int) or not 1990 <= year <= 2100:
            yield Rejected(line, "year", str(year), "une année est attendue")
        elif not isinstance(jobs, int | float) or jobs < 0 or jobs != int(jobs):
            yield Rejected(line, "eff_total", str(jobs), "un nombre entier d'emplois est attendu")
        elif year in series.setdefault(code, {}):
            yield Rejected(line, "year", str(year), f"la commune {code} a déjà une ligne pour cette année")
        else:
            series[code][year] = int(jobs)
    if not series:
        raise LayoutError(f"{path.name} : aucune ligne dont l'échelon soit « communes ».")
    for code in sorted(series):
        years = sorted(series[code])
        if years:
            yield CommuneYears(code, years, [series[code][year] for year in years])
