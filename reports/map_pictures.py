"""Maps of a ranking and of an indicator as standalone pictures, SVG and PNG."""

from django.utils.translation import gettext as _

from basins.indicators import Indicator
from explorer import choropleth
from explorer.citations import cited, producers
from explorer.presenters.indicator import headline as indicator_headline
from explorer.presenters.indicator import zone_figure
from explorer.presenters.ranking import headline
from explorer.wording import listed
from reports.contents.asked import question_words
from reports.contents.provenance import provenance
from reports.drawings.map_sheet import INNER, map_sheet, provenance_notes
from reports.drawings.maps import figures_map_svg, ranking_map_svg
from reports.drawings.pictures import figures_map_alt, ranking_map_alt
from reports.drawings.raster import png
from reports.gis.ranking_package import quoted
from scoring.facts import Facts
from scoring.ranking import Ranking

LEADERS = 3


def ranking_svg(ranking: Ranking, permalink: str) -> str:
    """Return the map of the scores of a ranking; `permalink` is the whole address of its page."""
    told = provenance(ranking.facts, permalink, quoted=quoted(ranking), asked=question_words(ranking))
    title = headline(ranking, ranking.rows(0, LEADERS))
    return map_sheet(
        title=title,
        overline=f"{ranking.sector.code} {ranking.sector.label}",
        map_svg=ranking_map_svg(ranking, width=INNER),
        # The words of the national map name basins that a filter leaves out.
        alt=title if ranking.question.region else ranking_map_alt(ranking),
        notes=provenance_notes(told, producers_sentence(ranking), is_titled=True),
    )


def producers_sentence(ranking: Ranking) -> str:
    """Return who publishes the figures: the link leads to the titles and vintages of their data sets."""
    names = listed(producers(ranking.facts, quoted(ranking)))
    return _("Calcul de Bassins d'après %(producers)s.") % {"producers": names}


def ranking_png(ranking: Ranking, permalink: str, width: int | None = None) -> bytes:
    """Return the same as PNG."""
    return png(ranking_svg(ranking, permalink), width=width)


def indicator_svg(facts: Facts, one: Indicator, permalink: str) -> str:
    """Return the map of an indicator; `permalink` is the whole address of its page."""
    values, statuses = facts.values[one.id]
    rows = [(zone, float(v), str(s)) for zone, v, s in zip(facts.zones, values, statuses, strict=True)]
    figures = [zone_figure(one, row) for row in rows]
    scale, unit = choropleth.scale_around_zero(values, one.decimals), str(one.unit)
    told = provenance(facts, permalink, quoted=one.sources)
    return map_sheet(
        title=indicator_headline(one, rows),
        overline=str(one.label),
        map_svg=figures_map_svg(facts, figures, scale, unit=unit, width=INNER),
        alt=figures_map_alt(facts, figures, scale, unit),
        notes=provenance_notes(told, _("Source : %(source)s.") % {"source": cited(facts, *one.sources)}),
    )


def indicator_png(facts: Facts, one: Indicator, permalink: str, width: int | None = None) -> bytes:
    """Return the same as PNG."""
    return png(indicator_svg(facts, one, permalink), width=width)
