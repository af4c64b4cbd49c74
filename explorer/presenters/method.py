"""The method page: how a score is made, section by section, each with an example on one basin."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from basins.names import normalised_name
from explorer import maps
from explorer.formulas import mathml
from explorer.method.texts import changes, limits
from explorer.method.topics import TOPICS
from explorer.method.worked import Case, Checked, Topic
from explorer.presenters.data import STATUSES
from explorer.presenters.pages import EXAMPLES
from explorer.presenters.ranking import why_url
from explorer.tables import Table, body_html, head_html
from explorer.wording import number, status_label, with_unit
from scoring.definitions import FAMILIES, criteria
from scoring.facts import Facts
from scoring.question import Question, default_weights
from scoring.service import rank

CHANGES_SHOWN = 3
# Examples of a page, kept: half a second of arithmetic by hand for each activity and basin.
PAGES_KEPT = 64


def method_page(case: Case) -> dict[str, Any]:
    """Return the context of the page that says how a score is made."""
    return page_frame(case, "method") | {
        "topics": topic_cards(case),
        "families": family_rows(case.facts),
        "statuses": status_rows(),
        "breaks": maps.score_legend(),
        "limits": limits(),
        "changes": changes()[:CHANGES_SHOWN],
        "more_changes": len(changes()) - CHANGES_SHOWN,
    }


def page_frame(case: Case, name: str) -> dict[str, Any]:
    """Return what every page of the method shares: the example chosen, the form that changes it, the sub-pages."""
    facts, question, zone = case.facts, case.ranking.question, case.zone
    return {
        "edition": facts.edition,
        "example": {
            "code": question.activity,
            "level": question.level,
            "label": case.ranking.sector.label,
            "zone": zone,
            "why_url": why_url(zone.code, question),
            "options": options_html([(one.code, one.name, one.code == zone.code) for one in zones_by_name(facts)]),
            "action": reverse(f"explorer:{name}"),
            "others": [
                {"label": facts.nomenclature.find(code).label, "url": f"{reverse(f'explorer:{name}')}?activite={code}"}
                for code in EXAMPLES
                if code != question.activity
            ],
        },
        "pages": [
            {"label": label, "url": example_url(one, case), "is_current": one == name} for one, label in sub_pages()
        ],
        "csv_url": example_url("method-criteria-csv", case),
        "urls": {one.partition("-")[2] or one: example_url(one, case) for one, _label in sub_pages()},
    }


def zones_by_name(facts: Facts) -> list[Any]:
    return sorted(facts.zones, key=lambda zone: normalised_name(zone.name))


def sub_pages() -> list[tuple[str, str]]:
    """Return the pages of the method: the name of the address, and its label."""
    return [
        ("method", _("Le calcul, étape par étape")),
        ("method-criteria", _("Les critères, un par un")),
        ("method-validation", _("Ce que vaut le score")),
        ("method-judgements", _("Les jugements")),
        ("method-journal", _("Le journal de la méthode")),
    ]


def example_url(name: str, case: Case) -> str:
    """Return the address of a page of the method with the example of this one; short where it is the default."""
    question = case.ranking.question
    query = Question(question.activity, question.level).to_query("activite")
    return f"{reverse(f'explorer:{name}')}?{query}&bassin={case.zone.code}"


def topic_cards(case: Case) -> list[dict[str, Any]]:
    """Return the sections with their examples, worked once per activity, basin and language."""
    return _topic_cards(case.facts, case.ranking.question, case.index, get_language() or "")


@lru_cache(maxsize=PAGES_KEPT)
def _topic_cards(facts: Facts, question: Question, index: int, _language: str) -> list[dict[str, Any]]:
    case = Case(rank(facts, question), index)
    return [topic_card(topic, case) for topic in TOPICS]


def topic_card(topic: Topic, case: Case) -> dict[str, Any]:
    """Return a section: prose, formulas, letters, examples."""
    return {
        "id": topic.id,
        "title": topic.title(),
        "template": topic.template,
        "words": topic.words(),
        "formulas": [mathml(tex) for tex in topic.formulas],
        "symbols": symbol_rows(topic.symbols()),
        "examples": [worked_card(one) for one in topic.examples(case)],
    }


def symbol_rows(symbols: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the letters of a formula with their meaning."""
    return [{"sign": mathml(tex, is_block=False), "meaning": meaning} for tex, meaning in symbols.items()]


def worked_card(one: Checked) -> dict[str, Any]:
    """Return an example: each line of its arithmetic, what it gives, and the figure of the ranking beside it."""
    return {
        "label": one.label,
        "steps": [{"label": step.label, "formula": mathml(step.tex)} for step in one.example.steps],
        "table": shown_table(one.example.table) if one.example.table else None,
        "note": one.example.note,
        "result": with_unit(number(one.example.result, one.decimals), one.unit),
        "engine": with_unit(number(one.engine, one.decimals), one.unit),
    }


def shown_table(table: Table) -> dict[str, Any]:
    """Return a table as a fold shows it."""
    return {"title": table.title, "head": head_html(table), "body": body_html(table)}


def family_rows(facts: Facts) -> list[dict[str, Any]]:
    """Return the default weight that rests on each family of evidence, heaviest first."""
    weights = default_weights(facts.data_sets)
    rows = [
        {"label": str(label), "pct": sum(weights[one.id] for one in criteria() if one.family == family)}
        for family, label in FAMILIES.items()
    ]
    return sorted((row for row in rows if row["pct"]), key=lambda row: -float(str(row["pct"])))


def status_rows() -> list[dict[str, str]]:
    """Return what each status means and what it does to a score."""
    meanings = {
        "observed": _("Le producteur publie ce chiffre. Il compte pour sa valeur."),
        "estimated": _(
            "Calculé par une méthode nommée. Il compte pour sa valeur, avec une marge qui élargit les bornes."
        ),
        "suppressed": _(
            "Le chiffre existe mais la loi le protège. Il compte pour la moitié de son poids, entre zéro et tout."
        ),
        "missing": _(
            "Le chiffre existe, nous ne l'avons pas. Il compte pour la moitié de son poids, entre zéro et tout."
        ),
        "absent": _("On sait que la chose n'existe pas ici. Il compte pour zéro, sans incertitude."),
    }
    return [{"id": one, "label": status_label(one), "meaning": meanings[one]} for one in STATUSES]


def options_html(zones: list[tuple[str, str, bool]]) -> SafeString:
    """Return the options of the choice of a basin, joined in Python."""
    lines = [
        f'<option value="{escape(code)}"{" selected" if chosen else ""}>{escape(name)}</option>'
        for code, name, chosen in zones
    ]
    return mark_safe("".join(lines))  # noqa: S308 - every part is escaped
