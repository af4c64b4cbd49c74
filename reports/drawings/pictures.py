"""Pictures of a report: the drawings of the pages with their titles, sources and what they say in words."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from explorer.choropleth import ZoneFigure
from explorer.citations import cited
from explorer.perimeter_queries import PerimeterInside
from explorer.tables import Figure
from explorer.value_classes import Scale
from explorer.wording import apart, listed, number
from reports.document import Picture
from reports.drawings.charts import chart_alt, chart_svg
from reports.drawings.locator import (
    interval_alt,
    interval_svg,
    locator_alt,
    locator_svg,
    perimeter_locator_alt,
    perimeter_locator_svg,
)
from reports.drawings.maps import attribution, figures_map_svg, ranking_map_svg
from reports.drawings.perimeter import perimeter_map_alt, perimeter_map_svg
from reports.drawings.svg import PAGE_WIDTH
from scoring.facts import Facts
from scoring.numbers import ordinal
from scoring.ranked_basin import RankCertainty
from scoring.ranking import Ranking

FIRST_NAMED = 5


def figure_picture(facts: Facts, figure: Figure, *, width: float = PAGE_WIDTH, table_id: str = "") -> Picture | None:
    """Return a figure of a page as it is drawn there; None for one that is a table only."""
    spec = figure.chart() if figure.chart else None
    if not spec:
        return None
    table = figure.table
    return Picture(
        id=f"picture-{table.id}",
        title=table.title,
        svg=chart_svg(spec, width),
        alt=chart_alt(spec),
        subtitle=figure.subtitle,
        source=cited(facts, *table.sources) or figure.source,
        table_id=table_id,
    )


def ranking_map_picture(ranking: Ranking, title: str, here: str | None = None, *, source: str = "") -> Picture:
    """Return the map of the scores of a ranking, a basin outlined."""
    svg, alt = ranking_map_svg(ranking, here), ranking_map_alt(ranking, here)
    return Picture(id="picture-ranking-map", title=title, svg=svg, alt=alt, source=source)


def ranking_map_alt(ranking: Ranking, here: str | None = None) -> str:
    """Return the first basins of a ranking, its last one and the one outlined, with their scores."""
    zones = ranking.facts.zones
    order = sorted((rank, index) for index, rank in enumerate(ranking.rank.tolist()) if rank)
    if not order:
        return _("Carte des scores : aucun bassin n'est classé.")

    def told(index: int) -> str:
        values = {"name": zones[index].name, "score": number(float(ranking.score[index]), 1)}
        return _("%(name)s, %(score)s points") % values

    first, last = apart([told(index) for _rank, index in order[:FIRST_NAMED]]), told(order[-1][1])
    words = _("Carte des scores. En tête : %(first)s. En dernier : %(last)s.") % {"first": first, "last": last}
    if here is not None:
        basin = ranking.basin(here)
        rank = _("%(rank)s sur %(count)s") % {"rank": ordinal(basin.rank), "count": len(zones)} if basin.rank else ""
        where = ", ".join(filter(None, [told(basin.index), rank]))
        words += " " + _("Bassin entouré : %(where)s.") % {"where": where}
    return words


def figures_map_picture(
    facts: Facts, figures: Sequence[ZoneFigure | None], scale: Scale, *, title: str, unit: str, picture_id: str
) -> Picture:
    """Return the map of a figure per zone."""
    svg = figures_map_svg(facts, figures, scale, unit=unit, map_id=picture_id)
    return Picture(id=picture_id, title=title, svg=svg, alt=figures_map_alt(facts, figures, scale, unit))


def figures_map_alt(facts: Facts, figures: Sequence[ZoneFigure | None], scale: Scale, unit: str) -> str:
    """Return the highest and lowest zones of a map, and how many have no value."""
    pairs = list(zip(facts.zones, figures, strict=True))
    known = sorted((one.value, zone.name) for zone, one in pairs if one and one.value is not None)
    unknown = sum(one is not None and one.value is None for one in figures)
    if not known:
        return _("Aucune valeur n'est connue.")
    ends = {"unit": unit, "low": known[0][1], "lowest": number(known[0][0], scale.decimals)}
    ends |= {"high": known[-1][1], "highest": number(known[-1][0], scale.decimals)}
    words = _("Carte, %(unit)s. Au plus : %(high)s, %(highest)s ; au moins : %(low)s, %(lowest)s.") % ends
    return words + (" " + _("Bassins sans valeur : %(count)s.") % {"count": unknown} if unknown else "")


def locator_picture(facts: Facts, *zone_codes: str, title: str = "") -> Picture:
    """Return where some basins are in the country."""
    names = listed([facts.zones[facts.zone(code)].name for code in zone_codes])
    title = title or _("Où se trouve %(names)s") % {"names": names}
    svg = locator_svg(facts, *zone_codes)
    return Picture("picture-locator", title, svg, locator_alt(facts, *zone_codes), source=attribution())


def perimeter_locator_picture(facts: Facts, inside: PerimeterInside, name: str) -> Picture:
    """Return where the basins of a perimeter are in the country."""
    title = _("Où se trouve %(names)s") % {"names": name}
    svg, alt = perimeter_locator_svg(facts, inside), perimeter_locator_alt(facts, inside)
    return Picture("picture-locator", title, svg, alt, source=attribution())


def interval_picture(name: str, certainty: RankCertainty, count: int) -> Picture:
    """Return where nine draws in ten place the rank of a basin."""
    title = _("Rang parmi %(count)s bassins : la médiane et neuf tirages sur dix") % {"count": count}
    return Picture("picture-interval", title, interval_svg(certainty, count), interval_alt(name, certainty))


def perimeter_picture(inside: PerimeterInside, name: str, title: str, ranking: Ranking | None = None) -> Picture:
    """Return the map of a perimeter over the zones it touches."""
    svg, alt = perimeter_map_svg(inside, ranking), perimeter_map_alt(inside, name, ranking)
    return Picture("picture-perimeter-map", title, svg, alt)
