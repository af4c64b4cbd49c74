"""A ranking as a table: the basins in the order of the page, rank, score and bounds, then every criterion."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from explorer.tables import Cell, Column, Table
from explorer.wording import apart
from reports.gis.layer import BOOLEAN, INTEGER, TEXT, Field
from reports.gis.ranking_layer import basin_cells, basin_fields, criterion_cells, criterion_fields
from scoring.ranked_basin import RankedBasin
from scoring.ranking import Ranking

ID = "classement"
# Of scores, shares and points; values have those of their criterion.
DECIMALS = 2


def ranking_table(ranking: Ranking) -> Table:
    """Return every basin of the filter, those vetoed last; `key` of a column is its name in files for programs."""
    rows = [
        [*readable(basin_cells(ranking, one)), *certainty_cells(one), *criterion_cells(ranking, one.index)]
        for one in ranking.rows(0, ranking.count)
    ]
    words = {"label": ranking.sector.label, "code": ranking.sector.code}
    return Table(ID, _("Classement : %(label)s (%(code)s)") % words, ranking_columns(ranking), rows)


def ranking_columns(ranking: Ranking) -> list[Column]:
    """Return the columns of a ranking."""
    columns = [column(one, DECIMALS) for one in basin_fields()] + certainty_columns()
    for criterion in ranking.used:
        value, status, points = criterion_fields(ranking.facts, criterion)
        columns += [column(value, criterion.decimals), column(status, 0, is_status=True), column(points, DECIMALS)]
    return columns


def column(field: Field, decimals: int, *, is_status: bool = False) -> Column:
    """Return a column of a layer as one of a table."""
    is_text = field.kind in (TEXT, BOOLEAN)
    return Column(
        field.label,
        field.unit,
        None if is_text else 0 if field.kind == INTEGER else decimals,
        is_status=is_status,
        is_french=field.name in ("nom", "regions"),
        meaning=field.description,
        source=field.source,
        key=field.name,
    )


def certainty_columns() -> list[Column]:
    """Return the columns of what is not told of a map: ties, and the requirements that are not met."""
    tied = _("Oui : les tirages ne séparent pas ce bassin du suivant, devant lui dans moins de trois cas sur quatre.")
    return [
        Column(_("À égalité avec le suivant"), meaning=tied, key="egal_au_suivant"),
        Column(
            _("Critères éliminatoires non remplis"),
            meaning=_("Ceux que le lecteur applique et que le bassin ne remplit pas : il est écarté du classement."),
            key="eliminatoires",
        ),
    ]


def certainty_cells(basin: RankedBasin) -> list[Cell]:
    """Return the cells of a basin under `certainty_columns`."""
    interval = basin.interval
    return [None if interval is None else yes_or_no(interval.is_tied), apart(one.label for one in basin.vetoes)]


def readable(cells: Sequence[object]) -> list[Cell]:
    """Return cells with what is true or false in words."""
    return [yes_or_no(one) if isinstance(one, bool) else one for one in cells]  # type: ignore[misc]


def yes_or_no(value: bool) -> str:
    return _("oui") if value else _("non")
