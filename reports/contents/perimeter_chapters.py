"""The chapters of a perimeter's report, section by section of its page."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from basins.indicators import indicators
from basins.perimeters import AnyPerimeter
from explorer.citations import cited
from explorer.perimeter_kinds import kind_label
from explorer.perimeter_queries import PerimeterInside
from explorer.presenters.basin_knowhow import SOURCES as PLANT_SOURCES
from explorer.presenters.basin_knowhow import knowhow_sentence, plants_table
from explorer.presenters.basin_land import SOURCES as LAND_SOURCES
from explorer.presenters.basin_land import land_caution, sites_table
from explorer.presenters.basin_skills import STOCK_SOURCES, rare_sentence
from explorer.presenters.perimeter import outline_sources, sites, zones_table
from explorer.presenters.perimeter_communes import communes_table
from explorer.presenters.perimeter_counts import counts_figure, region_sentence
from explorer.presenters.perimeter_indicators import indicators_table, theme_figure
from explorer.presenters.perimeter_jobs import jobs_figure, no_course_sentence
from explorer.presenters.perimeter_map import off_the_map
from explorer.presenters.perimeter_people import people_sentence
from explorer.tables import Column, Figure, Table
from explorer.wording import number, titled
from reports.contents.blocks import WORKBOOK_ONLY, figure_blocks, points, said, sheet
from reports.contents.reading import paper_note
from reports.document import Block, Chapter, Picture, Sheet
from reports.drawings.perimeter import perimeter_map_alt, perimeter_map_svg
from reports.provenance_words import sourced
from scoring.facts import Facts
from scoring.sheet import basin_sheet

# Rows that paper holds.
ZONES, SITES, PLANTS, COMMUNES = 8, 6, 6, 8
# Names told of each kind of perimeter that it holds or crosses.
NAMED = 8
# In CSS pixels: the table of the zones stands under it on the same page.
MAP_WIDTH = 440.0
# Zones whose rare occupations are told.
TOLD = 3


def composition(facts: Facts, perimeter: AnyPerimeter, inside: PerimeterInside) -> Chapter:
    """Which zones it lies over, both ways, and which perimeters it holds or crosses."""
    zones = zones_table(perimeter, inside.zones, inside.jobs)
    columns = [
        _("Bassin"),
        _("Habitants du périmètre dans le bassin"),
        _("Emplois privés du périmètre dans le bassin"),
        _("Part du périmètre"),
        _("Part du bassin"),
        _("Communes"),
    ]
    note = _(
        "Part du périmètre : de ses habitants, combien vivent dans ce bassin. Part du bassin : des habitants du "
        "bassin, combien vivent dans le périmètre."
    )
    blocks: list[Block] = [
        map_picture(facts, perimeter, inside),
        sheet(
            facts, Figure(zones, note=f"{note} {people_sentence(facts, inside.zones)}"), rows=ZONES, columns=columns
        ),
        *groups(facts, inside),
    ]
    return Chapter("composition", _("Ses bassins, dans les deux sens"), blocks, starts_page=True)


def map_picture(facts: Facts, perimeter: AnyPerimeter, inside: PerimeterInside) -> Picture:
    """Return the map of the perimeter over its zones."""
    return Picture(
        id="picture-map",
        title=_("Part des habitants de chaque bassin qui vivent dans le périmètre"),
        svg=perimeter_map_svg(inside, width=MAP_WIDTH),
        alt=perimeter_map_alt(inside, perimeter.name),
        source=cited(facts, *outline_sources(perimeter.kind)),
        table_id="zones",
        note=off_the_map(inside),
    )


def groups(facts: Facts, inside: PerimeterInside) -> list[Block]:
    """Return the first members, and perimeters that this one holds, lies in or crosses; the workbook has them all."""
    rows = [[_("Membre"), one.kind_label, one.name, one.siren] for one in inside.members]
    rows += [[title, kind_label(one.kind), one.name, one.code] for title, held in inside.groups for one in held]
    columns = [Column(_("Lien")), Column(_("Nature")), Column(_("Périmètre"), is_french=True), Column(_("Code"))]
    title = _("Membres et périmètres liés, liste entière")
    table = Table("groups", title, columns, rows, sources=GROUP_SOURCES, status="observed")
    told = [named(_("Ses membres"), [one.name for one in inside.members])] if inside.members else []
    told += [named(title, [one.name for one in held]) for title, held in inside.groups if held]
    return (
        [*points(told, _("Qui le compose, qui le croise")), sheet(facts, Figure(table), rows=WORKBOOK_ONLY)]
        if rows
        else []
    )


def named(title: str, names: Sequence[str]) -> str:
    """Return names under what they are, the first ones, and how many others there are."""
    left = len(names) - NAMED
    more = (
        ngettext(" et %(count)s autre", " et %(count)s autres", left) % {"count": number(left, 0)} if left > 0 else ""
    )
    return titled(title, f"{', '.join(names[:NAMED])}{more}.")


GROUP_SOURCES = ("dgcl-epci", "insee-ept", "anct-industry-territories", "anct-industry-territory-members")


def added_up(facts: Facts, perimeter: AnyPerimeter, inside: PerimeterInside) -> Chapter:
    """What is added up from its communes: jobs over time, counts with what they cover."""
    jobs = jobs_figure(perimeter, inside.jobs, inside.national_jobs)
    counts = counts_figure(perimeter, inside.counts, inside.listed)
    blocks: list[Block] = [
        said(apart_sentence(perimeter, inside)),
        *(figure_blocks(facts, jobs, rows=WORKBOOK_ONLY) or [said(no_course_sentence(inside.jobs))]),
        *figure_blocks(facts, counts),
    ]
    return Chapter("added-up", _("Ce que ses communes additionnent"), blocks)


def apart_sentence(perimeter: AnyPerimeter, inside: PerimeterInside) -> str:
    """Return what the sums of the chapter cover, and why a region has other totals beside a basin."""
    told = _("Ces chiffres sont ceux du périmètre : des sommes de ses communes, et d'elles seules.")
    return f"{told} {region_sentence(perimeter, inside.zones)}".rstrip()


def theme(facts: Facts, inside: PerimeterInside, name: str, *, is_first: bool = True) -> list[Block]:
    """Return the indicators of a theme by zone; the first table of a chapter says how it is read."""
    figure = theme_figure(facts, inside.zones, name)
    if figure is None:
        return []
    # The sources under the table hold the vintages: without their column, names of indicators stand on one line.
    shown = [one.label for one in figure.table.columns[:-1]]
    return figure_blocks(facts, figure if is_first else replace(figure, note=""), columns=shown)


def by_zone(facts: Facts, inside: PerimeterInside, name: str, title: str) -> Chapter | None:
    """Return a chapter that holds what is known only by zone, None where nothing is."""
    blocks = theme(facts, inside, name)
    return Chapter(name, title, blocks) if blocks else None


def skills(facts: Facts, inside: PerimeterInside) -> Chapter:
    """Who works in its zones: rare occupations of the first ones, levels, hiring; the fabric they work in."""
    first = [basin_sheet(facts, one.code) for one in inside.zones[:TOLD]]
    source = cited(facts, *STOCK_SOURCES)
    told = [titled(one.zone.name, rare_sentence(one)) for one in first]
    blocks = [*points(told, _("Métiers rares des premiers bassins, entiers :")), said(sourced(source), is_note=True)]
    return Chapter(
        "skills",
        _("Compétences et tissu"),
        [*blocks, *theme(facts, inside, "skills"), *theme(facts, inside, "economy", is_first=False)],
    )


def land(facts: Facts, inside: PerimeterInside) -> Chapter:
    """The sites inside, then what is known of the land of its zones."""
    columns = [_("Site"), _("Commune"), _("Surface"), _("Nature"), _("État"), _("Zonage"), _("Utilisable")]
    table = sites_table(facts, inside)
    blocks: list[Block] = [said(f"{sites(inside)['sentence']} {land_caution()}", cited(facts, *LAND_SOURCES))]
    blocks += [sheet(facts, Figure(table), rows=SITES, columns=columns)] if table else []
    return Chapter("land", _("Foncier"), [*blocks, *theme(facts, inside, "land")])


def living(facts: Facts, inside: PerimeterInside) -> Chapter:
    """Living conditions of its zones; who lives there is in the workbook, and on the page of each zone."""
    blocks = theme(facts, inside, "living")
    return Chapter("living", _("Conditions de vie"), blocks)


def known(facts: Facts, inside: PerimeterInside) -> Chapter:
    """The establishments known inside."""
    table = plants_table(facts, inside)
    note = _("Placés par leurs coordonnées dans le contour simplifié.")
    blocks: list[Block] = [said(knowhow_sentence(facts, inside), cited(facts, *PLANT_SOURCES))]
    if table:
        listed = replace(table, title=_("Entreprises du patrimoine vivant et grands sites"))
        blocks.append(sheet(facts, Figure(listed, note=note), rows=PLANTS))
    return Chapter("known", _("Savoir-faire connus"), blocks)


def programmes(facts: Facts, inside: PerimeterInside) -> Chapter | None:
    """The programmes that touch its zones."""
    return by_zone(facts, inside, "programmes", _("Programmes"))


def communes(facts: Facts, perimeter: AnyPerimeter, inside: PerimeterInside) -> Chapter:
    """The communes, and every indicator of every zone: the workbook holds them whole."""
    table = communes_table(facts, perimeter)
    labels = [table.columns[place].label for place in SHOWN_OF_A_COMMUNE]
    blocks: list[Block] = [
        paper_note(),
        sheet(facts, Figure(table), rows=COMMUNES, columns=labels),
        every_indicator(facts, perimeter, inside),
    ]
    return Chapter("communes", _("Ses communes"), blocks)


def every_indicator(facts: Facts, perimeter: AnyPerimeter, inside: PerimeterInside) -> Sheet:
    """Return every indicator of every zone; its rows name their own producer and vintage."""
    slugs = dict.fromkeys(slug for one in indicators().values() if one.id in facts.values for slug in one.sources)
    source = _("Producteur et millésime de chaque indicateur : deux colonnes du tableau.")
    table = Figure(indicators_table(facts, perimeter, inside.zones))
    return sheet(facts, table, rows=WORKBOOK_ONLY, sources=slugs, source=source)


# Code, name, zone, people, private jobs, dwellings.
SHOWN_OF_A_COMMUNE: Sequence[int] = (0, 1, 3, 6, 7, 8)
