"""The themes of a comparison, in order, with what is not an indicator: branches, trades, programmes."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from basins.models import Perimeter
from explorer.citations import cited
from explorer.presenters.basin_skills import STOCK_SOURCES
from explorer.presenters.compare_rows import CompareCell, CompareRow, CompareSection, indicator_rows
from explorer.tables import Signed
from explorer.wording import apart, number
from scoring.capabilities import zone_capabilities
from scoring.cells import known
from scoring.facts import Facts
from scoring.peer_traits import peer_rules
from scoring.peers import distance_table
from scoring.references import nation
from scoring.sheet_tables import composition

# Trades shown: the most concentrated of each basin, where they are more than a handful.
TRADES_OF_EACH, LEAST_JOBS = 5, 100.0


def section_titles() -> dict[str, str]:
    """Return the themes in the order of the page."""
    return {
        "identity": _("Qui ils sont"),
        "likeness": _("À quel point ils se ressemblent"),
        "composition": _("Ce que l'on y fabrique"),
        "fabric": _("Tissu productif"),
        "trades": _("Métiers les plus présents"),
        "skills": _("Main-d'œuvre et recrutement"),
        "land": _("Foncier"),
        "access": _("Accès"),
        "living": _("Conditions de vie"),
        "dynamics": _("Évolution"),
        "programmes": _("Programmes"),
    }


def sections(facts: Facts, codes: Sequence[str]) -> list[CompareSection]:
    """Return the themes of a comparison that have a row."""
    rows = indicator_rows(facts, codes)
    rows["identity"] = [*identity_rows(facts, codes), *rows.get("identity", [])]
    rows["likeness"] = likeness_rows(facts, codes)
    rows["composition"] = branch_rows(facts, codes)
    rows["trades"] = trade_rows(facts, codes)
    rows["programmes"] = [territory_row(facts, codes), *rows.get("programmes", [])]
    notes = {
        "likeness": _("Écart au premier bassin : 0 s'ils sont identiques, 1 comme entre deux bassins pris au hasard."),
        "composition": _("Part de chaque branche dans l'emploi salarié privé ; dessous, les emplois."),
        "trades": _(
            "Combien de fois la part nationale ; dessous, les emplois estimés. Les cinq métiers les plus concentrés "
            "de chaque bassin, à partir de 100 emplois."
        ),
        "access": _("Distances à vol d'oiseau, moyenne des communes pondérée par leurs habitants."),
        "land": _("L'inventaire des friches dépend des observatoires locaux : il n'est pas exhaustif."),
    }
    return [
        CompareSection(name, title, tuple(rows[name]), notes.get(name, ""))
        for name, title in section_titles().items()
        if rows.get(name)
    ]


def identity_rows(facts: Facts, codes: Sequence[str]) -> list[CompareRow]:
    """Return the regions and the people of basins."""
    zones = [facts.zones[facts.zone(code)] for code in codes]
    source = cited(facts, "commune-zones")
    everybody = float(sum(zone.population for zone in facts.zones))
    return [
        CompareRow(
            label=_("Régions"),
            unit="",
            decimals=0,
            better="none",
            cells=tuple(
                CompareCell(None, text=apart([facts.regions[code] for code in zone.region_codes])) for zone in zones
            ),
            source=source,
        ),
        CompareRow(
            label=_("Habitants"),
            unit="",
            decimals=0,
            better="none",
            cells=tuple(CompareCell(float(zone.population)) for zone in zones),
            national=Signed(everybody, "", 0),
            source=source,
        ),
    ]


def likeness_rows(facts: Facts, codes: Sequence[str]) -> list[CompareRow]:
    """Return how unlike the first basin each other one is, by purpose."""
    rows = []
    here = [facts.zone(code) for code in codes]
    for purpose in peer_rules().purposes.values():
        row = distance_table(facts, purpose.id)[here[0]]
        others = [known(row[one]) for one in here[1:]]
        cells = [CompareCell(value, "estimated" if value is not None else "missing") for value in others]
        rows.append(
            CompareRow(
                label=str(purpose.label),
                unit="",
                decimals=2,
                better="none",
                cells=(CompareCell(None, text="—"), *cells),
                source=_("calcul du site, traits revus en %(year)s") % {"year": peer_rules().reviewed.year},
                has_differences=False,
                has_signs=False,
            )
        )
    return rows if len(codes) > 1 else []


def branch_rows(facts: Facts, codes: Sequence[str]) -> list[CompareRow]:
    """Return the branches of industry as shares of private jobs, the largest anywhere first."""
    columns = [{one.code: one for one in composition(facts, facts.zone(code), (nation(facts),))} for code in codes]
    rows = []
    for code, first in columns[0].items():
        cells = tuple(
            CompareCell(
                one[code].share_pct,
                one[code].status if one[code].share_pct is not None else "missing",
                _jobs(one[code].jobs, ""),
            )
            for one in columns
        )
        rows.append(
            CompareRow(
                label=first.label,
                unit=_("% de l'emploi privé"),
                decimals=1,
                better="none",
                cells=cells,
                national=Signed(first.references_pct[0], "", 1),
                source=cited(facts, "urssaf-zone-a38"),
                is_french=True,
            )
        )
    return sorted(rows, key=lambda row: -max((one.value or 0 for one in row.cells), default=0))


def trade_rows(facts: Facts, codes: Sequence[str]) -> list[CompareRow]:
    """Return the trades most concentrated in each basin as quotients, the highest anywhere first."""
    columns = [{one.code: one for one in zone_capabilities(facts, code)} for code in codes]
    kept: dict[str, str] = {}
    for one in columns:
        strong = [trade for trade in one.values() if trade.jobs >= LEAST_JOBS][:TRADES_OF_EACH]
        kept |= {trade.code: trade.label for trade in strong}
    rows = [
        CompareRow(
            label=label,
            unit=_("fois la part nationale"),
            decimals=1,
            better="none",
            cells=tuple(
                CompareCell(one[code].quotient, "estimated", _jobs(one[code].jobs, "≈"))
                if code in one
                else CompareCell(None, "missing")
                for one in columns
            ),
            national=Signed(1.0, "", 0),
            source=cited(facts, *STOCK_SOURCES),
            is_french=True,
        )
        for code, label in kept.items()
    ]
    return sorted(rows, key=lambda row: -max((one.value or 0 for one in row.cells), default=0))


def _jobs(jobs: float | None, sign: str) -> str:
    if jobs is None:
        return ""
    count = round(jobs, -1) if sign and jobs >= LEAST_JOBS else round(jobs)
    told = ngettext("%(count)s emploi", "%(count)s emplois", max(1, int(count)))
    text = told % {"count": number(count, 0)}
    return f"{sign} {text}" if sign else text


def territory_row(facts: Facts, codes: Sequence[str]) -> CompareRow:
    """Return the Territoires d'industrie that touch each basin."""
    touching = Perimeter.objects.filter(
        edition__content_hash=facts.edition.content_hash,
        kind=Perimeter.Kind.INDUSTRY_TERRITORY,
        memberships__commune__zone__code__in=codes,
    )
    pairs = touching.values_list("memberships__commune__zone__code", "name").distinct().order_by("name")
    names: dict[str, list[str]] = {code: [] for code in codes}
    for code, name in pairs:
        names[code].append(name)
    return CompareRow(
        label=_("Territoires d'industrie"),
        unit="",
        decimals=0,
        better="none",
        cells=tuple(CompareCell(None, text=apart(names[code]) or _("aucun")) for code in codes),
        source=cited(facts, "anct-industry-territories"),
    )
