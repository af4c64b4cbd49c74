"""What an embed shows, and the code by which a site shows it."""

from html import escape
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from basins.indicators import Indicator
from explorer import choropleth, maps
from explorer.citations import cited, producers
from explorer.permalinks import permalink, stamped
from explorer.presenters import basin as basin_presenter
from explorer.presenters.indicator import headline as indicator_headline
from explorer.presenters.indicator import zone_figure
from explorer.presenters.ranking import all_why_urls, ranking_url
from explorer.presenters.ranking import headline as ranking_headline
from explorer.wording import listed
from scoring.facts import EditionCard, Facts
from scoring.question import Question
from scoring.ranking import Ranking
from scoring.sheet import BasinSheet

LEADERS = 3
# Room for the map at full width, its legend and three lines of words.
HEIGHTS = {"map": 760, "basin": 560}


def ranking_embed(ranking: Ranking) -> dict[str, Any]:
    """Return the context of the embed of a ranking."""
    slugs = sorted({slug for one in ranking.used for slug in one.sources})
    return {
        "kind": "ranking",
        "title": ranking.sector.label,
        "overline": ranking.sector.code,
        "sentence": ranking_headline(ranking, ranking.rows(0, LEADERS)),
        "map": outward(maps.score_map(ranking, all_why_urls(ranking))),
        "map_label": _("Carte des scores, bassin par bassin"),
        "unit": _("Score, en points"),
        "is_filtered": ranking.question.region is not None,
        "source": _("Calcul de Bassins d'après %(producers)s.")
        % {"producers": listed(producers(ranking.facts, slugs))},
        "page_url": stamped(ranking_url(ranking.question), ranking.edition),
        "edition": ranking.edition,
    }


def outward(drawn: dict[str, object]) -> dict[str, object]:
    """Return a map whose links open out of the frame: those of a drawing do not follow the target of the page."""
    # Texts and addresses are escaped in it: what is found is the beginning of a link.
    links = str(drawn["links"]).replace("<a href=", '<a target="_blank" rel="noopener" href=')
    return drawn | {"links": mark_safe(links)}  # noqa: S308 - escaped where it was made


def basin_embed(facts: Facts, sheet: BasinSheet) -> dict[str, Any]:
    """Return the context of the embed of a basin."""
    return {
        "kind": "basin",
        "title": sheet.zone.name,
        "overline": basin_presenter.regions(sheet),
        "sentence": basin_presenter.headline(sheet),
        "key_figures": basin_presenter.key_figures(facts, sheet),
        "locator": maps.locator(facts, sheet.zone.code),
        "map_label": _("%(name)s sur la carte de France") % {"name": sheet.zone.name},
        "source": "",
        "page_url": stamped(reverse("explorer:basin", args=(sheet.zone.code,)), facts.edition),
        "edition": facts.edition,
    }


def indicator_embed(facts: Facts, one: Indicator) -> dict[str, Any]:
    """Return the context of the embed of an indicator."""
    values, statuses = facts.values[one.id]
    rows = [(zone, float(v), str(s)) for zone, v, s in zip(facts.zones, values, statuses, strict=True)]
    urls = {zone.code: maps.basin_url(zone.code) for zone in facts.zones}
    scale = choropleth.scale_around_zero(values, one.decimals)
    return {
        "kind": "indicator",
        "title": str(one.label),
        "overline": "",
        "sentence": indicator_headline(one, rows),
        "map": outward(choropleth.figure_map(facts, [zone_figure(one, row) for row in rows], scale, urls)),
        "map_label": _("Carte des valeurs, bassin par bassin"),
        "unit": str(one.unit),
        "source": _("Source : %(source)s.") % {"source": cited(facts, *one.sources)},
        "page_url": stamped(reverse("explorer:indicator", args=(one.id,)), facts.edition),
        "edition": facts.edition,
    }


def ranking_sharing(request: HttpRequest, ranking: Ranking) -> dict[str, str]:
    """Return how to send a ranking and to show its map elsewhere."""
    address = embed_url(ranking.question)
    title = _("Bassins : carte des scores, %(label)s") % {"label": ranking.sector.label}
    return sharing(request, ranking.edition, ranking_url(ranking.question), address, title, HEIGHTS["map"])


def embed_url(question: Question) -> str:
    """Return the address of the embed of a ranking."""
    return f"{reverse('explorer:embed-ranking')}?{question.to_query('activite')}"


def basin_sharing(request: HttpRequest, facts: Facts, zone_code: str, name: str) -> dict[str, str]:
    """Return how to send the page of a basin and to show it elsewhere."""
    page, address = (reverse(f"explorer:{one}", args=(zone_code,)) for one in ("basin", "embed-basin"))
    title = _("Bassins : %(name)s") % {"name": name}
    return sharing(request, facts.edition, page, address, title, HEIGHTS["basin"])


def indicator_sharing(request: HttpRequest, facts: Facts, one: Indicator) -> dict[str, str]:
    """Return how to send the page of an indicator and to show its map elsewhere."""
    page, address = (reverse(f"explorer:{name}", args=(one.id,)) for name in ("indicator", "embed-indicator"))
    title = _("Bassins : carte, %(label)s") % {"label": one.label}
    return sharing(request, facts.edition, page, address, title, HEIGHTS["map"])


def sharing(
    request: HttpRequest, edition: EditionCard, page: str, address: str, title: str, height: int
) -> dict[str, str]:
    """Return the lasting link of a page, the address of its embed, and the code that shows it in a frame."""
    joint = "&" if "?" in address else "?"
    framed = permalink(request, f"{address}{joint}lang={(get_language() or 'fr')[:2]}", edition)
    # To be copied, hence shown as it is: escaped here for the page where it goes, once more by the template.
    code = (
        f'<iframe src="{escape(framed)}" title="{escape(title)}" width="100%" height="{height}" style="border:0" '
        'loading="lazy"></iframe>'
    )
    return {"permalink": permalink(request, page, edition), "embed_url": framed, "code": code}
