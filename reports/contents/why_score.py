"""Where the points come from: each criterion with its value, mark, weight, points and sentence; the weights."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from economy.models import Plant
from explorer import queries
from explorer.presenters.basin_land import site_name
from explorer.presenters.counted import plant_list, site_list
from explorer.presenters.why import pillars, quoted
from explorer.tables import Cell, Column, Figure, Signed, Table, signed_by
from explorer.templatetags.french import number as written
from explorer.wording import apart, with_unit
from reports.contents.blocks import WORKBOOK_ONLY, points, said, sheet
from reports.document import Block, Chapter
from scoring.contribution import Contribution
from scoring.evidence import counted_plants, counted_sites
from scoring.facts import Facts
from scoring.ranked_basin import RankedBasin
from scoring.ranking import Ranking

PLACES = 8


def score(ranking: Ranking, basin: RankedBasin) -> Chapter:
    """The points by criterion, the reasons by pillar, the places that two criteria counted."""
    total = sum(one.contribution for one in basin.contributions)
    is_geometric = ranking.question.aggregation == "geometric"
    title = _("Où se perdent %(total)s points sur 100") if is_geometric else _("D'où viennent les %(total)s points")
    blocks = [
        said(points_note(ranking)),
        points_sheet(ranking, basin),
        *reasons(ranking, basin),
        *counted(ranking, basin),
    ]
    return Chapter("score", title % {"total": written(abs(total), 1)}, blocks, starts_page=True)


def points_note(ranking: Ranking) -> str:
    """Return how the lines of the table make the score."""
    if ranking.question.aggregation == "geometric":
        return _("En moyenne géométrique, chaque ligne donne les points perdus par rapport à 100.")
    return _(
        "Chaque critère rapporte son poids × sa note, entre 0 et 1 : les points s'ajoutent et donnent le score. Ils "
        "sont écrits au centième ; le classeur les porte entiers."
    )


def points_sheet(ranking: Ranking, basin: RankedBasin) -> Block:
    """Return the criteria that weigh, by pillar, then their sum."""
    columns = [
        Column(_("Pilier")),
        Column(_("Critère")),
        Column(_("Valeur"), decimals=0),
        Column(_("Unité")),
        Column(_("Statut"), is_status=True),
        Column(_("Note"), decimals=2),
        Column(_("Note, au moins"), decimals=2),
        Column(_("Note, au plus"), decimals=2),
        Column(_("Poids"), unit="%", decimals=1),
        Column(_("Points"), decimals=2),
        Column(_("Écart au bassin médian"), unit=_("points"), decimals=2),
        Column(_("Raison")),
        Column(_("Source"), is_french=True),
    ]
    labels = {one.id: one.label for one in ranking.pillars}
    weighing = [one for one in basin.contributions if one.weight > 0]
    rows = [_row(labels[one.pillar], one) for one in weighing]
    rows.append(_total(ranking, basin, len(columns)))
    slugs = dict.fromkeys(slug for one in ranking.used for slug in one.sources if slug in ranking.facts.vintages)
    shown = [_("Critère"), _("Valeur"), _("Unité"), _("Statut"), _("Note"), _("Poids"), _("Points")]
    table = Table("points", _("Valeur, note, poids et points de chaque critère"), columns, rows)
    return sheet(ranking.facts, Figure(table), columns=shown, sources=slugs)


def _row(pillar: str, one: Contribution) -> list[Cell]:
    told = quoted(one)
    return [
        pillar,
        one.label,
        signed_by(one.status, one.value, one.decimals),
        one.unit,
        one.status,
        one.normalised,
        one.low,
        one.high,
        100 * one.weight,
        one.contribution,
        one.above_median,
        told["text"],
        told["source"],
    ]


def _total(ranking: Ranking, basin: RankedBasin, width: int) -> list[Cell]:
    """Return the last line: the score, which the points sum to."""
    is_geometric = ranking.question.aggregation == "geometric"
    label = _("100 plus la somme") if is_geometric else _("Score, somme des points")
    row: list[Cell] = [None] * width
    row[0], row[1], row[8], row[9] = label, label, 100.0, Signed(basin.score)
    return row


def reasons(ranking: Ranking, basin: RankedBasin) -> list[Block]:
    """Return the sentence of every criterion that weighs, a list a pillar."""
    blocks: list[Block] = []
    for pillar in pillars(ranking, basin):
        values = {
            "label": pillar["label"],
            "points": written(pillar["points"], 1),
            "maximum": written(pillar["maximum"], 1),
        }
        told = [said(one["sentence"]["text"], one["sentence"]["source"]) for one in pillar["criteria"]]
        blocks += points(told, _("%(label)s : %(points)s points, pour un poids de %(maximum)s") % values)
    return blocks


def counted(ranking: Ranking, basin: RankedBasin) -> list[Block]:
    """Return the brownfields and plants that criteria counted, nothing where they counted none."""
    facts, code = ranking.facts, basin.zone.code
    return [*_sites(facts, ranking, code), *_plants(facts, ranking, code)]


def _sites(facts: Facts, ranking: Ranking, zone_code: str) -> list[Block]:
    found = counted_sites(ranking, zone_code)
    names = queries.commune_names(facts.edition, [one.insee_code for one in found])
    columns = [
        Column(_("Site"), is_french=True),
        Column(_("Identifiant")),
        Column(_("Commune"), is_french=True),
        Column(_("Code INSEE")),
        Column(_("Surface"), unit="ha", decimals=1),
        Column(_("Distance au centre"), unit="km", decimals=1),
    ]
    rows: list[list[Cell]] = [
        [site_name(one), one.code, names.get(one.insee_code, ""), one.insee_code, one.surface_ha, one.km]
        for one in found
    ]
    title = site_list(facts, found, names)["title"]
    table = Table("counted-sites", title, columns, rows, sources=("cerema-cartofriches",), status="observed")
    shown = [_("Site"), _("Commune"), _("Surface"), _("Distance au centre")]
    return [sheet(facts, Figure(table), rows=PLACES, columns=shown)] if rows else []


def _plants(facts: Facts, ranking: Ranking, zone_code: str) -> list[Block]:
    found, kinds = counted_plants(ranking, zone_code), dict(Plant.Kind.choices)
    columns = [
        Column(_("Établissement"), is_french=True),
        Column(_("Nature")),
        Column(_("Code NAF")),
        Column(_("Activité"), is_french=True),
        Column(_("Poids compté"), decimals=2),
    ]
    rows: list[list[Cell]] = [[one.name, str(kinds[one.kind]), one.naf_code, one.label, one.weight] for one in found]
    title, sources = plant_list(facts, found)["title"], ("epv-firms", "irep-large-plants")
    table = Table("counted-plants", title, columns, rows, sources=sources, status="observed")
    return [sheet(facts, Figure(table), rows=PLACES)] if rows else []


def weights(ranking: Ranking) -> Chapter:
    """The weight of each criterion: asked, by default, and what it really settles."""
    columns = [
        Column(_("Pilier")),
        Column(_("Critère")),
        Column(_("Poids demandé"), unit="%", decimals=1),
        Column(_("Poids par défaut"), unit="%", decimals=1),
        Column(_("Poids employé"), unit="%", decimals=1),
        Column(_("Part réelle des écarts entre bassins"), unit="%", decimals=1),
        Column(_("Famille de preuves")),
    ]
    rows: list[list[Cell]] = [
        [pillar.label, one.label, one.chosen_pct, one.default_pct, one.used_pct, one.effective_pct, one.family_label]
        for pillar in ranking.pillars
        for one in pillar.criteria
    ]
    table = Table("weights", _("Les poids demandés, ceux par défaut et leur part réelle"), columns, rows)
    rows_shown = None if ranking.question.weights else WORKBOOK_ONLY
    judged = Figure(table, source=_("Jugement d'expert, dit à la page de la méthode"))
    blocks: list[Block] = [said(family_words(ranking.families)), sheet(ranking.facts, judged, rows=rows_shown)]
    return Chapter("weights", _("Les poids"), blocks)


def family_words(families: Sequence[tuple[str, float]]) -> str:
    """Return the weight that rests on each family of evidence."""
    told = apart(f"{label}, {with_unit(written(share, 1), '%')}" for label, share in families)
    return _("Sur quelles preuves reposent les poids : %(families)s.") % {"families": told}
