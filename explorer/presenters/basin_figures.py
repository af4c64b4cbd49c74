"""The figures of the page of a basin: its branches, its jobs over the years, its occupations."""

from typing import Any

from django.utils.translation import gettext as _

from explorer import charts
from explorer.citations import cited
from explorer.wording import number, skill_level_label, status_label, with_unit
from scoring.facts import Facts
from scoring.sheet import BasinSheet, BranchJobs, OccupationJobs

MARKING_JOBS = 100


def figures(facts: Facts, sheet: BasinSheet) -> list[dict[str, Any]]:
    """Return the figures that the data of a basin allow, each with its table and source."""
    return [one for one in (composition(facts, sheet), jobs(facts, sheet), occupations(facts, sheet)) if one]


def marking_branch(sheet: BasinSheet) -> BranchJobs | None:
    """Return the branch that marks the basin most: the highest quotient among those of 100 jobs or more."""
    known = [one for one in sheet.composition if one.quotient and (one.jobs or 0) >= MARKING_JOBS]
    return max(known, key=lambda one: one.quotient or 0, default=None)


def composition(facts: Facts, sheet: BasinSheet) -> dict[str, Any] | None:
    """Return the figure of manufacturing branches against the nation."""
    branch = marking_branch(sheet)
    if branch is None:
        return None
    return {
        "id": "composition",
        "is_french": True,
        "spec_id": "chart-composition",
        "title": _("« %(branch)s » : %(times)s fois la part nationale")
        % {"branch": branch.label, "times": number(branch.quotient or 0, 1)},
        "subtitle": _("Part des branches industrielles dans l'emploi salarié privé ; trait vertical : France"),
        "spec": charts.composition_chart(sheet),
        "columns": [_("Branche"), _("Emplois"), _("Part (%)"), _("France = 1"), _("Statut")],
        "rows": [
            [
                f"{one.label} ({one.code})",
                "—" if one.jobs is None else number(one.jobs, 0),
                "—" if one.share_pct is None else number(one.share_pct, 2),
                "—" if one.quotient is None else number(one.quotient, 2),
                status_label(one.status),
            ]
            for one in sheet.composition
        ],
        "source": cited(facts, "urssaf-zone-a38"),
    }


def jobs(facts: Facts, sheet: BasinSheet) -> dict[str, Any] | None:
    """Return the figure of all jobs since the first year held."""
    series = charts.indexed(sheet)
    if len(series) < 2:
        return None
    first, last = series[0], series[-1]
    change = last["zone_index"] - 100
    national = last["national_index"] - 100
    return {
        "id": "jobs",
        "spec_id": "chart-jobs",
        "title": _("Emploi total : %(change)s %% depuis %(year)s, contre %(national)s %% en France")
        % {"change": signed(change), "national": signed(national), "year": first["year"]},
        "subtitle": _("Emploi salarié total, indice 100 en %(year)s") % {"year": first["year"]},
        "spec": charts.jobs_chart(sheet),
        "columns": [_("Année"), _("Emplois"), _("Indice du bassin"), _("Indice national")],
        "rows": [
            [str(one["year"]), number(one["jobs"], 0), number(one["zone_index"], 1), number(one["national_index"], 1)]
            for one in series
        ],
        "source": cited(facts, "insee-zone-jobs"),
    }


def signed(value: float) -> str:
    """Return a change in whole points, with its sign."""
    return f"{'+' if value > 0 else ''}{number(value, 0)}"


def occupations(facts: Facts, sheet: BasinSheet) -> dict[str, Any] | None:
    """Return the figure of the industrial occupations that the basin holds most above its size."""
    if not sheet.occupations:
        return None
    first = sheet.occupations[0]
    return {
        "id": "occupations",
        "spec_id": "chart-occupations",
        "title": _("≈ %(times)s fois la part nationale de « %(family)s »")
        % {"times": number(first.quotient, 1), "family": first.label},
        "subtitle": _(
            "Métiers industriels les plus présents pour la taille du bassin ; estimation à 30 % près au mieux, "
            "tirée des branches présentes : ce n'est pas une preuve indépendante d'elles"
        ),
        "spec": charts.occupations_chart(sheet),
        "columns": [_("Famille de métiers"), _("Niveau"), _("Emplois estimés"), _("Marge"), _("France = 1")],
        "rows": [occupation_row(one) for one in sheet.occupations],
        "source": cited(facts, "dares-fap-sectors", "dares-fap-regions", "insee-flores-zone-a38"),
    }


def occupation_row(one: OccupationJobs) -> list[str]:
    return [
        f"{one.label} ({one.code})",
        skill_level_label(one.level),
        f"≈\u202f{number(one.jobs, 0)}",
        f"±\u202f{with_unit(number(100 * one.error_share, 0), '%')}",
        number(one.quotient, 2),
    ]
