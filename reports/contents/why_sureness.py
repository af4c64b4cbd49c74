"""What a rank is worth: its interval, what makes ranks move, the basins around it in the list."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from explorer.presenters.ranking import activity_card
from explorer.presenters.validation import activity_caution
from explorer.presenters.why import sureness
from explorer.tables import Cell, Column, Figure, Table
from explorer.wording import listed
from reports.contents.blocks import WORKBOOK_ONLY, points, sheet
from reports.document import Block, Chapter
from reports.drawings.pictures import interval_picture, ranking_map_picture
from scoring.ranked_basin import RankedBasin
from scoring.ranking import Ranking
from scoring.sentences.robustness import head_sentence, spread_sentence

# Of the list: the first basins, then those around the one of the report.
LEADERS, AROUND = 5, 2


def sureness_chapter(ranking: Ranking, basin: RankedBasin) -> Chapter:
    """How sure the rank is, then the head of the ranking and the basins around this one."""
    told = [sureness(basin), head_sentence(ranking), spread_sentence(ranking), *cautions(ranking), tested()]
    blocks: list[Block] = points([one for one in told if one])
    shown = [
        _("Rang"),
        _("Bassin"),
        _("Score"),
        _("Score, au moins"),
        _("Score, au plus"),
        first_label(),
        last_label(),
    ]
    everything = ranking_table(ranking)
    near = _near(ranking, basin, everything)
    blocks += pictures(ranking, basin)
    told_of: dict[str, Any] = {"columns": shown, "sources": _slugs(ranking), "source": computed(ranking)}
    blocks.append(sheet(ranking.facts, Figure(near), **told_of))
    blocks.append(sheet(ranking.facts, Figure(everything), rows=WORKBOOK_ONLY, **told_of))
    return Chapter("sureness", _("Ce que vaut ce rang"), blocks)


def pictures(ranking: Ranking, basin: RankedBasin) -> list[Block]:
    """Return the interval of the rank, which a veto takes away, and the map of the scores."""
    facts, zone = ranking.facts, basin.zone
    source = computed(ranking)
    title = _("Les scores pour %(label)s, %(name)s entouré") % {"label": ranking.sector.label, "name": zone.name}
    mapped = ranking_map_picture(ranking, title, zone.code, source=source)
    interval = basin.interval
    drawn = [interval_picture(zone.name, interval, len(facts.zones))] if interval else []
    return [replace(one, source=source, table_id="ranking") for one in (*drawn, mapped)]


def tested() -> str:
    """Return what the bench of the method says of the score, empty where it was not judged."""
    caution = activity_caution()
    return _("Ce que l'épreuve du score en dit. %(caution)s") % {"caution": caution} if caution else ""


def cautions(ranking: Ranking) -> list[str]:
    """Return what must be known of the profile of the activity and of the grain of its jobs."""
    card = activity_card(ranking)
    told = [card["grain_note"]]
    if card["basis"]:
        told.append(_("Profil de métiers estimé (≈) à partir du niveau « %(basis)s ».") % {"basis": card["basis"]})
    elif card["is_fragile"]:
        told.append(_("Moins de 100 embauches : profil fragile."))
    return [one for one in told if one]


def first_label() -> str:
    return _("Rang, au mieux (9 tirages sur 10)")


def last_label() -> str:
    return _("Rang, au pire (9 tirages sur 10)")


def ranking_table(ranking: Ranking) -> Table:
    """Return every basin of the list with its score, its bounds and the ranks of nine draws in ten."""
    columns = [
        Column(_("Rang"), decimals=0),
        Column(_("Code")),
        Column(_("Bassin"), is_french=True),
        Column(_("Régions"), is_french=True),
        Column(_("Score"), decimals=1),
        Column(_("Score, au moins"), decimals=1),
        Column(_("Score, au plus"), decimals=1),
        Column(_("Rang médian"), decimals=0),
        Column(first_label(), decimals=0),
        Column(last_label(), decimals=0),
        Column(_("Poids porté par des données"), unit="%", decimals=0),
    ]
    rows = [_row(ranking, one) for one in ranking.rows(0, ranking.count)]
    title = _("Le classement entier") if ranking.question.region is None else _("Le classement de la région demandée")
    return Table("ranking", title, columns, rows, status="estimated")


def _row(ranking: Ranking, one: RankedBasin) -> list[Cell]:
    spread, index = ranking.robustness.spread, one.index
    drawn = (spread.median[index], spread.p05[index], spread.p95[index])
    return [
        one.rank,
        one.zone.code,
        one.zone.name,
        listed([ranking.facts.regions.get(code, code) for code in one.zone.region_codes]),
        one.score,
        one.score_low,
        one.score_high,
        *(int(place) if one.rank else None for place in drawn),
        100 * one.coverage,
    ]


def _near(ranking: Ranking, basin: RankedBasin, everything: Table) -> Table:
    """Return the head of the list and the rows around a basin, itself added when the filter leaves it out."""
    codes = [row[1] for row in everything.rows]
    if basin.zone.code in codes:
        place = codes.index(basin.zone.code)
        kept = sorted({*range(LEADERS), *range(place - AROUND, place + AROUND + 1)} & set(range(len(codes))))
        rows = [everything.rows[one] for one in kept]
    else:
        rows = [*everything.rows[:LEADERS], _row(ranking, basin)]
    title = _("Les premiers, et les bassins autour de %(name)s") % {"name": basin.zone.name}
    return Table("ranking-near", title, everything.columns, rows, status="estimated")


def computed(ranking: Ranking) -> str:
    """Return whose figure a score is: ours, from the sources of its criteria."""
    told = _("Calcul de Bassins, édition %(edition)s, d'après les sources de chaque critère.")
    return told % {"edition": ranking.edition.name}


def _slugs(ranking: Ranking) -> list[str]:
    slugs = (slug for one in ranking.used for slug in one.sources if slug in ranking.facts.vintages)
    return list(dict.fromkeys(slugs))
