"""Where an activity is: its branch over the basins, and the firms and plants known for it."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from economy.models import Plant
from explorer import choropleth
from explorer.choropleth import ZoneFigure
from explorer.citations import cited
from explorer.presenters.ranking import all_why_urls, why_url
from explorer.tables import Column, Table
from explorer.value_classes import QUOTIENT_BREAKS, Scale
from explorer.wording import listed, number, status_label
from scoring.activity_sheet import Branches, TracePlant, ZoneTrace, branches, trace_plants, zone_traces
from scoring.facts import Facts
from scoring.nomenclature import MERGED_A38
from scoring.ranking import Ranking
from scoring.sentences.grain import grain_note

ZONES_SHOWN = 15
# More branches than this would fill a paragraph.
NAMED_AT_MOST = 3
QUOTIENT_DECIMALS = 2


def where_it_is(ranking: Ranking) -> dict[str, Any]:
    """Return the map, the first basins by jobs, the known firms and plants, and the grain of it all."""
    facts = ranking.facts
    traces, branch = zone_traces(ranking), branches(facts, ranking.profile.node)
    plants, plant_count = trace_plants(ranking)
    exact = {one.zone.code: one.exact_count for one in traces if one.exact_count}
    figures = [ZoneFigure(one.quotient, one.status, trace_words(one)) for one in traces]
    known = sorted((one for one in traces if one.jobs is not None), key=lambda one: -(one.jobs or 0.0))
    scale = Scale(QUOTIENT_BREAKS, "diverging", QUOTIENT_DECIMALS)
    drawn = choropleth.figure_map(facts, figures, scale, all_why_urls(ranking))
    covered = sum(one.is_fine for one in traces)
    listed_zones = [one for one in known[:ZONES_SHOWN] if one.jobs]
    return {
        "fine_note": grain_note(facts, ranking.profile, covered) if covered else "",
        "map": drawn | {"dots": choropleth.dots(facts, exact) if exact else ""},
        "sentence": where_sentence(known, exact),
        "grain": grain(facts, branch),
        "rows": [trace_row(ranking, one) for one in listed_zones],
        # A list that names hardly anybody says nothing of the basins that it leaves out: no column of zeros.
        "any_exact": any(one.exact_count for one in listed_zones),
        "hidden": max(0, sum(bool(one.jobs) for one in known) - ZONES_SHOWN),
        "unknown": len(traces) - len(known),
        "plants": [plant_row(ranking, one) for one in plants],
        "plants_hidden": plant_count - len(plants),
        "plants_title": plants_title(exact, plant_count),
        "source": cited(facts, "urssaf-zone-a38"),
        "plants_source": cited(facts, "epv-firms", "irep-large-plants"),
    }


def where_table(ranking: Ranking) -> Table:
    """Return the trace of the activity in every basin as a file holds it, most jobs first, the unknown last."""
    traces = sorted(zone_traces(ranking), key=lambda one: (one.jobs is None, -(one.jobs or 0.0), one.zone.code))
    branch = branches(ranking.facts, ranking.profile.node)
    names = listed([f"{one.label} ({one.code})" for one in branch.cards])
    return Table(
        id="where",
        title=_("La branche %(names)s par bassin") % {"names": names},
        columns=[
            Column(_("Bassin"), is_french=True),
            Column(_("Code")),
            Column(_("Emplois comptés pour")),
            Column(_("Emplois"), decimals=0),
            Column(_("Emplois attendus"), decimals=0),
            Column(_("Fois la part nationale"), decimals=2),
            Column(_("Établissements de l'activité"), decimals=0),
            Column(_("Établissements d'activités proches"), decimals=0),
            Column(_("Statut"), is_status=True),
        ],
        rows=[
            [
                one.zone.name,
                one.zone.code,
                ranking.profile.node.code if one.is_fine else ", ".join(card.code for card in branch.cards),
                one.jobs,
                one.expected,
                one.quotient,
                one.exact_count,
                one.near_count,
                one.status,
            ]
            for one in traces
        ],
        sources=("urssaf-zone-a38", "epv-firms", "irep-large-plants"),
    )


def where_sentence(known: Sequence[ZoneTrace], exact: dict[str, int]) -> str:
    """Return where the activity's branch is most present for the size of the basin, among those that count."""
    marked = sorted(
        (one for one in known if one.quotient and (one.jobs or 0) >= 100), key=lambda one: -(one.quotient or 0)
    )[:3]
    if not marked:
        return _("Aucun bassin ne se distingue par cette branche.")
    names = listed(
        [
            _("%(name)s (%(times)s fois)") % {"name": one.zone.name, "times": number(one.quotient or 0, 1)}
            for one in marked
        ]
    )
    return _("La branche pèse le plus, par rapport à sa part nationale, à %(names)s.") % {"names": names}


def grain(facts: Facts, branch: Branches) -> dict[str, Any]:
    """Return what the local jobs really count: the activity, or a branch that holds others too."""
    names = branch_names(branch)
    code = branch.cards[0].code if len(branch.cards) == 1 else ""
    divisions = [
        one.label
        for one in facts.nomenclature.nodes.values()
        if one.level == "division" and one.parent == f"a38:{code}"
    ]
    if not branch.cards:
        text = _("Aucune branche A38 ne porte cette activité.")
    elif not branch.is_wider:
        text = _("L'emploi local est publié pour cette activité même : %(names)s.") % {"names": names}
    else:
        text = _("L'emploi local n'est publié que pour la branche A38 entière : %(names)s.") % {"names": names}
    return {
        "text": text,
        "is_wider": branch.is_wider,
        "divisions": divisions if branch.is_wider and code in MERGED_A38 else [],
    }


def branch_names(branch: Branches) -> str:
    """Return the branches by name and code, or only how many they are beyond a few."""
    if len(branch.cards) > NAMED_AT_MOST:
        return _("%(count)s branches A38") % {"count": len(branch.cards)}
    return listed([f"{one.label} ({one.code})" for one in branch.cards])


def trace_words(one: ZoneTrace) -> str:
    """Return what a zone's shape says."""
    if one.quotient is None:
        return status_label(one.status)
    said = _("%(jobs)s emplois, %(times)s fois la part nationale") % {
        "jobs": number(one.jobs or 0.0, 0),
        "times": number(one.quotient, 1),
    }
    if one.exact_count:
        said += ngettext(
            ", %(count)s établissement de l'activité", ", %(count)s établissements de l'activité", one.exact_count
        ) % {"count": one.exact_count}
    return said


def trace_row(ranking: Ranking, one: ZoneTrace) -> dict[str, Any]:
    """Return a basin of the list: its jobs, those it would have as France in small, the quotient, the known plants."""
    return {
        "name": one.zone.name,
        "url": why_url(one.zone.code, ranking.question),
        "jobs": number(one.jobs or 0.0, 0),
        "expected": "—" if one.expected is None else number(one.expected, 0),
        "quotient": "—" if one.quotient is None else number(one.quotient, 1),
        "is_fine": one.is_fine,
        "status": status_label(one.status),
        "exact": number(one.exact_count, 0) if one.exact_count else "—",
        "near": number(one.near_count, 0),
    }


def plants_title(exact: dict[str, int], plant_count: int) -> str:
    """Return how many firms and plants are known, those of the activity itself first."""
    of_it = sum(exact.values())
    return ngettext(
        "%(exact)s établissement de l'activité même, %(near)s d'activités proches",
        "%(exact)s établissements de l'activité même, %(near)s d'activités proches",
        of_it,
    ) % {"exact": number(of_it, 0), "near": number(plant_count - of_it, 0)}


def plant_row(ranking: Ranking, one: TracePlant) -> dict[str, Any]:
    return {
        "name": one.name,
        "kind": str(Plant.Kind(one.kind).label),
        "naf_code": one.naf_code,
        "label": one.label,
        "zone": one.zone.name,
        "url": why_url(one.zone.code, ranking.question),
        "is_exact": one.weight == 1.0,
    }
