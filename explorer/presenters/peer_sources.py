"""What the distance between two basins is made of: its traits, their weights, how each is read, whose figures."""

from django.utils.translation import gettext as _

from basins.indicators import indicators
from explorer.citations import cited, shown_vintage
from explorer.presenters.basin_skills import LEVEL_SOURCES, STOCK_SOURCES
from explorer.tables import Cell, Column, Figure, Table
from explorer.wording import apart
from scoring.facts import Facts
from scoring.peer_traits import Purpose, TraitRule, peer_rules

SOURCES_OF_KIND = {"branches": ("urssaf-zone-a38",), "occupations": STOCK_SOURCES, "levels": LEVEL_SOURCES}


def trait_source(facts: Facts, rule: TraitRule) -> str:
    """Return the producer and vintage of a trait."""
    if rule.kind != "indicator":
        return cited(facts, *SOURCES_OF_KIND[rule.kind])
    one = indicators()[rule.indicator]
    producer = facts.vintages.get(one.sources[0], ("", "", ""))[0]
    return f"{producer}, {shown_vintage(one.vintage)}"


def peer_sources(facts: Facts, purpose: Purpose) -> str:
    """Return the sources of a purpose, each once."""
    rules = peer_rules().traits
    return apart(dict.fromkeys(trait_source(facts, rules[name]) for name in purpose.weights))


def purpose_slugs(purpose: Purpose) -> list[str]:
    """Return the data sets of a purpose, each once."""
    rules = [peer_rules().traits[name] for name in purpose.weights]
    slugs = [
        slug
        for rule in rules
        for slug in (
            indicators()[rule.indicator].sources[:1] if rule.kind == "indicator" else SOURCES_OF_KIND[rule.kind]
        )
    ]
    return list(dict.fromkeys(slugs))


def reading(rule: TraitRule) -> str:
    """Return how two values of a trait are held against each other."""
    if rule.kind != "indicator":
        return _("parts, distance de Hellinger")
    return _("différence") if rule.log_offset is None else _("rapport")


def weights_table(facts: Facts, purpose: Purpose) -> Figure:
    """Return the traits of a purpose, the heaviest first."""
    columns = [
        Column(_("Trait")),
        Column(_("Poids"), unit="%", decimals=0),
        Column(_("Comparé par")),
        Column(_("Source"), is_french=True),
    ]
    rules = peer_rules().traits
    ordered = sorted(purpose.weights.items(), key=lambda pair: -pair[1])
    rows: list[list[Cell]] = [
        [str(rules[name].label), weight, reading(rules[name]), trait_source(facts, rules[name])]
        for name, weight in ordered
    ]
    title = _("De quoi l'écart est fait, pour « %(purpose)s »") % {"purpose": str(purpose.label)}
    return Figure(Table("peer-weights", title, columns, rows))
