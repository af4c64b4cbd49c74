"""A ranking as a layer: the basins of the filter with rank, score, bounds, and every criterion."""

from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from explorer.citations import cited
from explorer.maps import score_legend
from explorer.wording import listed, status_label
from reports.drawings.colours import class_fill, colour
from reports.gis.layer import BOOLEAN, INTEGER, POLYGON, REAL, Cell, Class, Field, Layer, Style
from scoring.definitions import Criterion
from scoring.facts import Facts
from scoring.ranked_basin import RankedBasin
from scoring.ranking import MAP_BREAKS, Ranking

NAME = "classement"
# Decimals kept of every number, as in the CSV files.
DECIMALS = 6
STATUSES = ("observed", "estimated", "suppressed", "missing", "absent")


def ranking_layer(ranking: Ranking, outlines: dict[str, bytes]) -> Layer:
    """Return the basins in the order of the page, vetoed ones last; `outlines` are those of the zones, by code."""
    basins = ranking.rows(0, ranking.count)
    return Layer(
        name=NAME,
        title=_("Classement : %(label)s (%(code)s)") % {"label": ranking.sector.label, "code": ranking.sector.code},
        description=_("Bassins d'emploi classés pour une activité, Bassins, édition %(name)s.")
        % {"name": ranking.edition.name},
        geometry_type=POLYGON,
        fields=[*basin_fields(), *(field for one in ranking.used for field in criterion_fields(ranking.facts, one))],
        rows=[[*basin_cells(ranking, one), *criterion_cells(ranking, one.index)] for one in basins],
        geometries=[outlines[one.zone.code] for one in basins],
    )


def basin_fields() -> list[Field]:
    """Return the columns of every ranking."""
    draws = _("Neuf tirages sur dix donnent un rang entre rang_p05 et rang_p95 (erreurs des données et poids).")
    return [
        Field("code", _("Code du bassin"), _("Code de la zone d'emploi 2020, INSEE.")),
        Field("nom", _("Bassin"), _("Nom de la zone d'emploi.")),
        Field("regions", _("Régions"), _("Régions que touche le bassin, la plus peuplée de ses habitants d'abord.")),
        Field("rang", _("Rang national"), _("Vide pour un bassin écarté par un critère éliminatoire."), INTEGER),
        Field("rang_filtre", _("Rang dans le filtre"), _("Rang parmi les bassins de la région demandée."), INTEGER),
        Field("score", _("Score"), _("Milieu de l'intervalle du score, sur 100."), REAL, _("points")),
        Field(
            "score_bas", _("Score, borne basse"), _("Si ce qui n'est pas connu était au plus bas."), REAL, _("points")
        ),
        Field(
            "score_haut",
            _("Score, borne haute"),
            _("Si ce qui n'est pas connu était au plus haut."),
            REAL,
            _("points"),
        ),
        Field("rang_median", _("Rang médian des tirages"), draws, INTEGER),
        Field("rang_p05", _("Rang, bas de l'intervalle"), draws, INTEGER),
        Field("rang_p95", _("Rang, haut de l'intervalle"), draws, INTEGER),
        Field("top10", _("Part des tirages parmi les 10 premiers"), _("De 0 à 1."), REAL),
        Field("top20", _("Part des tirages parmi les 20 premiers"), _("De 0 à 1."), REAL),
        Field(
            "couverture", _("Part du poids qui est connue"), _("De 0 à 1 : ce que pèsent les critères connus."), REAL
        ),
        Field("ecarte", _("Écarté"), _("Vrai pour un bassin écarté par un critère éliminatoire."), BOOLEAN),
    ]


def basin_cells(ranking: Ranking, basin: RankedBasin) -> list[Cell]:
    """Return the cells of a basin under `basin_fields`."""
    interval, regions = basin.interval, ranking.facts.regions
    drawn: list[Cell] = [None] * 5
    if interval is not None:
        drawn = [interval.median, interval.p05, interval.p95, interval.top10, interval.top20]
    return [
        basin.zone.code,
        basin.zone.name,
        ", ".join(regions[one] for one in basin.zone.region_codes if one in regions),
        basin.rank,
        basin.rank_in_filter,
        *(rounded(one) for one in (basin.score, basin.score_low, basin.score_high)),
        *drawn,
        rounded(basin.coverage),
        basin.rank is None,
    ]


def rounded(value: float) -> float | None:
    """Return a number as files hold it, None where it is not known."""
    return None if np.isnan(value) else round(float(value), DECIMALS) + 0.0


def column_name(identifier: str, part: str = "") -> str:
    """Return the name of a column: that of the criterion or indicator without dots, then what of it."""
    return identifier.replace(".", "_") + (f"_{part}" if part else "")


def criterion_fields(facts: Facts, one: Criterion) -> list[Field]:
    """Return the three columns of a criterion: its value, what is known of it, its points."""
    label, source = str(one.label), cited(facts, *one.sources)
    known = listed([f"{status} ({status_label(status)})" for status in STATUSES])
    words = {"label": label}
    return [
        Field(
            column_name(one.id, "val"), _("%(label)s : valeur") % words, str(one.formula), REAL, str(one.unit), source
        ),
        Field(column_name(one.id, "statut"), _("%(label)s : statut") % words, known + "."),
        Field(
            column_name(one.id, "pts"),
            _("%(label)s : points") % words,
            _("Ce que le critère apporte au score ; en moyenne géométrique, ce qu'il fait perdre."),
            REAL,
            _("points"),
        ),
    ]


def criterion_cells(ranking: Ranking, index: int) -> list[Cell]:
    """Return the cells of a basin under the columns of the criteria."""
    cells: list[Cell] = []
    for column, one in enumerate(ranking.cells):
        cells += [
            rounded(one.measured.value[index]),
            str(one.measured.status[index]),
            rounded(ranking.points[index, column]),
        ]
    return cells


def score_style() -> Style:
    """Return the seven fixed classes of the map of scores, and the hatch of what has none."""
    ends: list[Any] = [None, *MAP_BREAKS, None]
    classes = [
        Class(entry["label"], class_fill(entry["css_class"]), low, high)
        for entry, low, high in zip(score_legend(), ends[:-1], ends[1:], strict=True)
    ]
    hatched = Class(_("sans score"), colour("map-land"), is_hatched=True)
    return Style(NAME, _("Score, en points"), "score", [*classes, hatched], colour("line-strong"))
