"""The chapters of a basin's report, section by section of its page."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from explorer.citations import cited, shown_vintage
from explorer.presenters.basin import compared_title
from explorer.presenters.basin_access import access_note, sources_of, thresholds_km
from explorer.presenters.basin_comparison import all_indicators
from explorer.presenters.basin_figures import FIGURES
from explorer.presenters.basin_knowhow import SOURCES as PLANT_SOURCES
from explorer.presenters.basin_knowhow import knowhow_sentence
from explorer.presenters.basin_land import SOURCES as LAND_SOURCES
from explorer.presenters.basin_land import land_caution, land_sentence
from explorer.presenters.basin_perimeters import perimeter_groups, perimeters_note, territories_sentence
from explorer.presenters.basin_resources import no_site
from explorer.presenters.basin_skills import STOCK_SOURCES, rare_sentence
from explorer.tables import Column, Figure, Table
from explorer.wording import apart, number, status_label, with_unit
from reports.contents.blocks import WORKBOOK_ONLY, figure_blocks, points, said, sheet
from reports.document import Block, Chapter
from scoring.facts import Facts
from scoring.sheet import BasinSheet

# Rows that paper holds.
BRANCHES, PEOPLE, RECRUITING, PLANTS, SITES, LIVING, PERIMETERS = 5, 7, 8, 5, 5, 11, 4


def figure(
    facts: Facts,
    basin: BasinSheet,
    name: str,
    *,
    rows: int | None = None,
    columns: Sequence[str] | None = None,
    is_drawn: bool = True,
) -> list[Block]:
    """Return a figure of the page, nothing where the data of the basin allow none."""
    return figure_blocks(facts, FIGURES[name](facts, basin), rows=rows, columns=columns, is_drawn=is_drawn)


def indicators(facts: Facts, basin: BasinSheet, name: str, *, rows: int | None = None) -> list[Block]:
    """Return a figure of indicators as a table, with the columns that paper holds: the ranks say the places."""
    places = [one.name for one in basin.territories]
    columns = [_("Indicateur"), basin.zone.name, *places, _("Unité"), _("Rang"), _("Bassins classés")]
    return figure(facts, basin, name, rows=rows, columns=columns, is_drawn=False)


def made(facts: Facts, basin: BasinSheet) -> Chapter:
    """What is made there, and the course of jobs."""
    shares = [_("Part, %(name)s") % {"name": one.name} for one in basin.territories]
    columns = [_("Branche"), _("Emplois"), _("Part, %(name)s") % {"name": basin.zone.name}, *shares, _("France = 1")]
    blocks = figure(facts, basin, "composition", rows=BRANCHES, columns=columns)
    if not blocks:
        blocks = [said(_("L'emploi salarié par branche n'est pas disponible pour ce bassin."))]
    blocks += figure(facts, basin, "jobs", rows=WORKBOOK_ONLY)
    return Chapter("made", _("Ce que l'on y fait"), blocks, starts_page=True)


def compared(facts: Facts, basin: BasinSheet) -> Chapter:
    """The basin beside its regions and France."""
    blocks = [*indicators(facts, basin, "comparison"), *indicators(facts, basin, "population", rows=PEOPLE)]
    return Chapter("compared", compared_title(basin), blocks)


def skills(facts: Facts, basin: BasinSheet) -> Chapter:
    """Who works there: levels, occupations, how hard hiring is, who is trained."""
    occupations = [
        _("Famille de métiers"),
        _("Niveau"),
        _("Métier rare"),
        _("Emplois estimés"),
        _("Marge (±)"),
        _("France = 1"),
        _("Rang"),
    ]
    recruiting = [
        _("Famille de métiers"),
        _("Niveau de tension (1 à 5)"),
        _("Projets de recrutement 2025, au moins"),
        _("Projets de recrutement 2025, au plus"),
        _("Jugés difficiles"),
        _("Personnes formées par an à moins de 40 km"),
    ]
    blocks = [
        said(rare_sentence(basin), cited(facts, *STOCK_SOURCES)),
        *figure(facts, basin, "levels", is_drawn=False),
        *figure(facts, basin, "recruiting", rows=RECRUITING, columns=recruiting),
        *figure(facts, basin, "occupations", rows=WORKBOOK_ONLY, columns=occupations),
        *indicators(facts, basin, "skills"),
    ]
    return Chapter("skills", _("Qui y travaille"), blocks)


def known(facts: Facts, basin: BasinSheet) -> Chapter:
    """The know-how that lists and labels tell of."""
    blocks: list[Block] = [said(knowhow_sentence(facts, basin), cited(facts, *PLANT_SOURCES))]
    blocks += figure(facts, basin, "plants", rows=PLANTS)
    source = cited(facts, "inpi-industrial-indications")
    told = [
        said(", ".join(filter(None, (one.name, one.place, str(one.registered_in or "")))), source)
        for one in basin.indications
    ]
    blocks += points(told, _("Indications géographiques industrielles dont l'aire touche ce bassin :"))
    return Chapter("known", _("Savoir-faire connus"), blocks)


def land(facts: Facts, basin: BasinSheet) -> Chapter:
    """The land that could be taken back."""
    columns = [_("Site"), _("Commune"), _("Surface"), _("Nature"), _("État"), _("Zonage"), _("Utilisable")]
    blocks = [
        said(f"{land_sentence(basin.sites)} {land_caution()}", cited(facts, *LAND_SOURCES)),
        *figure(facts, basin, "sites", rows=SITES, columns=columns),
        *indicators(facts, basin, "land"),
        *([said(note, is_note=True)] if (note := land_note(facts, basin)) else []),
    ]
    return Chapter("land", _("Foncier"), blocks)


def land_note(facts: Facts, basin: BasinSheet) -> str:
    """Return what may surprise in the figures of land: no usable count, fewer sites listed than verified."""
    found = {one.id: one for one in basin.indicators}
    verified, listed = found["land.verified_sites"], found["land.listed_sites"]
    told = [no_site(facts, basin.zone)] if found["land.usable_sites"].value is None else []
    if (verified.value or 0) > (listed.value or 0):
        told.append(
            _(
                "Deux fichiers, deux dates : les friches vérifiées sont de %(verified)s, celles que l'on recense de "
                "%(listed)s ; le second nombre peut donc être plus petit que le premier."
            )
            % {"verified": shown_vintage(verified.vintage), "listed": shown_vintage(listed.vintage)}
        )
    return " ".join(told)


def access(facts: Facts, basin: BasinSheet) -> Chapter:
    """How far each network is: those that the score counts are drawn, the others told."""
    places = [one.name for one in basin.territories]
    columns = [_("Nœud"), basin.zone.name, *places, _("Le plus proche du centre"), _("Statut")]
    blocks = [said(access_note()), *figure(facts, basin, "access", rows=WORKBOOK_ONLY, columns=columns)]
    others = [one for one in basin.access if one.kind not in thresholds_km() or one.km is None]
    told = [
        _("%(label)s : %(km)s%(nearest)s")
        % {
            "label": one.label,
            "km": with_unit(number(one.km, 1), "km") if one.km is not None else status_label(one.status),
            "nearest": f" ({one.nearest})" if one.nearest else "",
        }
        for one in others
    ]
    if told:
        source = cited(facts, *sources_of(one.kind for one in others))
        blocks.append(said(_("Autres réseaux : %(others)s.") % {"others": apart(told)}, source))
    return Chapter("access", _("Accès par mode"), blocks)


def living(facts: Facts, basin: BasinSheet) -> Chapter:
    """Living conditions, unemployment and dwellings over time."""
    blocks = [
        *indicators(facts, basin, "living", rows=LIVING),
        *figure(facts, basin, "unemployment", rows=WORKBOOK_ONLY),
        *figure(facts, basin, "permits", rows=WORKBOOK_ONLY, is_drawn=False),
    ]
    return Chapter("living", _("Conditions de vie"), blocks)


def programmes(facts: Facts, basin: BasinSheet) -> Chapter:
    """Programmes, and the perimeters that share a commune with the basin."""
    source = cited(facts, "anct-industry-territories")
    told = territories_sentence(len(basin.industry_territories))
    touched = [said(one.name, source) for one in basin.industry_territories]
    blocks = points(touched, told) or [said(told, source)]
    blocks += indicators(facts, basin, "programmes")
    return Chapter("programmes", _("Programmes"), [*blocks, *perimeters(facts, basin)])


def perimeters(facts: Facts, basin: BasinSheet) -> list[Block]:
    """Return the groupings, departments and regions that share at least one commune with the basin."""
    rows = [
        [group["title"], one["name"]] for group in perimeter_groups(facts, basin.zone.code) for one in group["rows"]
    ]
    columns = [Column(_("Nature")), Column(_("Périmètre"), is_french=True)]
    table = Table("perimeters", _("Périmètres"), columns, rows, sources=("commune-zones",), status="observed")
    return [sheet(facts, Figure(table, note=perimeters_note()), rows=PERIMETERS)] if rows else []


def every_indicator(facts: Facts, basin: BasinSheet) -> Chapter:
    """Every indicator in one table, which the workbook alone holds whole."""
    table = all_indicators(facts, basin)
    source = _("Producteur et millésime de chaque indicateur : deux colonnes du tableau.")
    return Chapter("indicators", _("Tous les indicateurs"), [sheet(facts, table, rows=WORKBOOK_ONLY, source=source)])
