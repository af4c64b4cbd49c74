"""An own list of communes in words: what each line was taken for and why, what can be chosen instead."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from basins.commune_lists import ReadList
from basins.commune_sets import CommuneSet
from basins.commune_text import MAX_BYTES, MAX_LINES
from basins.commune_values import Directory, Entry, Outcome
from basins.own_perimeters import directory
from basins.perimeters import AnyPerimeter, commune_codes
from explorer import perimeter_queries
from explorer.former_words import became
from explorer.list_form import ListAsked
from explorer.own_lists import LONGEST_NAME
from explorer.perimeter_kinds import kind_label, perimeter_url
from explorer.tables import Column, Table
from explorer.wording import apart, number
from scoring.facts import Facts

# Each has two fields: the server reads a thousand of them at most.
LINES_SHOWN = 200
CHOICES_SHOWN = 30
TOLD_AT_MOST = 12
PROPOSALS_TOLD, PAST_TOLD = 5, 3


def own_list_page(
    facts: Facts, asked: ListAsked, found: ReadList | None = None, *, sentence: str = ""
) -> dict[str, Any]:
    """Return the context of the page: the form as filled, what is understood of the list, what is wrong with it."""
    return {
        "edition": facts.edition,
        "text": asked.text,
        "name": asked.name,
        "sentence": sentence,
        "limits": {"lines": number(MAX_LINES, 0), "size": number(MAX_BYTES / 1e6, 0), "name": LONGEST_NAME},
        "check": check_card(facts, found) if found else None,
    }


def check_card(facts: Facts, found: ReadList) -> dict[str, Any]:
    """Return what is understood of a list: counts, the lines that ask for a look, the way it was laid out."""
    known = directory(facts.edition.content_hash)
    to_see = [one for one in found.entries if not one.is_plain]
    shown = to_see[:LINES_SHOWN]
    hidden_left = sum(not one.code for one in to_see[LINES_SHOWN:])
    return {
        "summary": summary(found),
        "layout": layout_sentence(found),
        "is_empty": not found.codes and not any(one.suggestions for one in shown),
        "rows": [entry_row(one, known) for one in shown],
        "hidden": hidden_sentence(len(to_see) - len(shown), hidden_left),
        "former": ""
        if known.former
        else _("Cette édition ne contient pas les codes des communes disparues : un ancien code y est dit inconnu."),
    }


def summary(found: ReadList) -> str:
    """Return how many values were read, how many communes they are, how many ask for a look."""
    values = len(found.entries)
    told = ngettext("%(count)s valeur lue", "%(count)s valeurs lues", values) % {"count": number(values, 0)}
    communes = ngettext("%(count)s commune", "%(count)s communes", len(found.codes))
    parts = [told, communes % {"count": number(len(found.codes), 0)}]
    repeated = sum(bool(one.repeats) for one in found.entries)
    if repeated:
        parts.append(
            ngettext("%(count)s déjà nommée", "%(count)s déjà nommées", repeated) % {"count": number(repeated, 0)}
        )
    guessed = sum(bool(one.code) and one.outcome is not Outcome.EXACT for one in found.entries)
    if guessed:
        parts.append(
            ngettext("%(count)s interprétée", "%(count)s interprétées", guessed) % {"count": number(guessed, 0)}
        )
    left = sum(not one.code for one in found.entries)
    if left:
        parts.append(ngettext("%(count)s sans commune", "%(count)s sans commune", left) % {"count": number(left, 0)})
    return f"{apart(parts)}."


def layout_sentence(found: ReadList) -> str:
    """Return which column was read, and that the others were not; empty where every cell was."""
    layout = found.layout
    if layout.column is None:
        return ""
    parts = [_("Colonne lue : la %(place)s.") % {"place": place_of(layout.column)}]
    if layout.heading_line:
        parts.append(_("La ligne %(line)s est l'intitulé des colonnes.") % {"line": layout.heading_line})
    if layout.name_column is not None:
        parts.append(
            _("Les noms de la %(place)s servent à vérifier les codes.") % {"place": place_of(layout.name_column)}
        )
    return " ".join(parts)


def place_of(column: int) -> str:
    """Return the place of a column, from 0, in words."""
    return _("première") if column == 0 else _("%(place)sᵉ") % {"place": column + 1}


def hidden_sentence(hidden: int, left: int) -> str:
    """Return what the lines past those shown become; empty where there is none."""
    if not hidden:
        return ""
    told = ngettext("Et %(count)s autre ligne à voir", "Et %(count)s autres lignes à voir", hidden)
    return (told + _(", dont %(left)s sans commune : le fichier de vérification les tient toutes.")) % {
        "count": number(hidden, 0),
        "left": number(left, 0),
    }


def entry_row(one: Entry, known: Directory) -> dict[str, Any]:
    """Return a line that asks for a look: what was taken, why, what can be chosen."""
    choices = [choice(code, known) for code in dict.fromkeys((*filter(None, (one.code,)), *one.suggestions))]
    others = [each["label"] for each in choices if each["code"] != one.code]
    return {
        "number": one.number,
        "line": number(one.line, 0),
        "value": one.value,
        "beside": one.beside,
        "taken": choice(one.code, known)["label"] if one.code else "",
        "reason": reason(one),
        "proposals": proposals(others),
        "choices": choices[:CHOICES_SHOWN],
        "chosen": chosen(one),
        "is_left": not one.code,
    }


def choice(code: str, known: Directory) -> dict[str, str]:
    """Return a commune that can be chosen."""
    return {"code": code, "label": f"{code} {known.names[code]}"}


def proposals(labels: Sequence[str]) -> str:
    """Return in words the communes that can be chosen, the first ones where there are many; empty without any."""
    if not labels:
        return ""
    told = ngettext("Proposition : %(names)s", "Propositions : %(names)s", len(labels))
    return told % {"names": apart(labels[:PROPOSALS_TOLD]) + ("…" if len(labels) > PROPOSALS_TOLD else ".")}


def chosen(one: Entry) -> str:
    """Return the commune marked at first: the one taken, else the only one that the name beside a lost code gives."""
    if one.code or one.outcome is Outcome.SET_ASIDE or any(map(str.isalpha, one.value)) and not one.beside:
        return one.code
    return one.suggestions[0] if len(one.suggestions) == 1 else ""


def reason(one: Entry) -> str:
    """Return why a value was understood so, or was not."""
    is_unknown = one.outcome is Outcome.UNKNOWN
    told = [unknown_reason(one.value) if is_unknown else outcome_sentence(one)]
    if one.differs:
        told.append(_("Le nom à côté, « %(name)s », n'est pas celui de cette commune.") % {"name": one.beside})
    if not one.code and one.suggestions and one.beside:
        told.append(_("Le nom à côté, « %(name)s », donne une proposition.") % {"name": one.beside})
    told += [became(former) for former in one.past[:PAST_TOLD]]
    if one.repeats:
        told.append(
            _("Commune déjà nommée à la ligne %(line)s : comptée une fois.") % {"line": number(one.repeats, 0)}
        )
    return " ".join(filter(None, told))


def outcome_sentence(one: Entry) -> str:
    """Return what was done with a value, empty where nothing was."""
    if one.past and one.outcome is Outcome.NAME:
        return _("Nom reconnu, le seul de cette orthographe aujourd'hui. Il a aussi été celui d'une autre commune.")
    if one.past and one.outcome is Outcome.AMBIGUOUS:
        return _("Plusieurs communes portent ce nom, ou l'ont porté : choisissez.")
    return outcome_sentences()[one.outcome]


def outcome_sentences() -> dict[Outcome, str]:
    """Return what was done with a value, by outcome."""
    return {
        Outcome.EXACT: "",
        Outcome.ZERO_LOST: _("Le zéro de tête manquait : un tableur l'ôte d'un nombre."),
        Outcome.SPACED: _("L'espace a été ôté : un tableur le met entre les milliers."),
        Outcome.DECIMAL: _("La décimale a été ôtée : le code avait été pris pour un nombre."),
        Outcome.ARRONDISSEMENT: _("Arrondissement municipal : les données sont celles de la commune entière."),
        Outcome.FORMER: _("Ancien code : la commune qui tient aujourd'hui ce territoire."),
        Outcome.NAME: _("Nom reconnu, le seul de cette orthographe."),
        Outcome.FORMER_NAME: _("Ancien nom : la commune qui tient aujourd'hui ce territoire."),
        Outcome.CORRECTED: _("Choisi par vous."),
        Outcome.AMBIGUOUS: _("Plusieurs communes portent ce nom : choisissez."),
        Outcome.SCIENTIFIC: _(
            "Nombre en puissances de dix : un tableur a perdu le code. Reprenez-le en format texte."
        ),
        Outcome.DATE: _("Date : un tableur a remplacé le code. Reprenez-le en format texte."),
        Outcome.SET_ASIDE: _("Laissé de côté par vous."),
    }


def unknown_reason(value: str) -> str:
    """Return why a value names nothing, by what it looks like."""
    digits = value.replace(" ", "")
    if digits.isdigit() and len(digits) == 9:
        return _("Neuf chiffres : un SIREN n'est pas un code de commune. Cherchez-le parmi les périmètres.")
    if digits.isdigit() and len(digits) == 14:
        return _("Quatorze chiffres : un SIRET n'est pas un code de commune.")
    if digits.isdigit() and len(digits) == 5:
        return _("Code Insee inconnu. Est-ce un code postal, ou celui d'une commune disparue ?")
    if digits.isdigit():
        return _("Un code Insee de commune compte cinq caractères.")
    return _("Ni code Insee ni nom de commune, d'aujourd'hui ou d'hier.")


def check_table(facts: Facts, found: ReadList) -> Table:
    """Return every value of a list with what was understood, as a file holds it."""
    known = directory(facts.edition.content_hash)
    return Table(
        "check",
        _("Vérification de la liste"),
        [
            Column(_("Ligne"), decimals=0),
            Column(_("Valeur"), is_french=True),
            Column(_("Nom à côté"), is_french=True),
            Column(_("Code Insee compris")),
            Column(_("Commune"), is_french=True),
            Column(_("Raison")),
            Column(_("Propositions"), is_french=True),
        ],
        [
            [
                one.line,
                one.value,
                one.beside,
                one.code,
                known.names.get(one.code, ""),
                reason(one) or _("Code Insee en vigueur."),
                apart(choice(code, known)["label"] for code in one.suggestions if code != one.code),
            ]
            for one in found.entries
        ],
        ("insee-communes", "commune-zones"),
    )


def own_list_card(facts: Facts, perimeter: AnyPerimeter) -> dict[str, Any] | None:
    """Return what the page of an own list says of the list itself; None for another perimeter."""
    if not isinstance(perimeter, CommuneSet):
        return None
    same = same_perimeters(facts, perimeter)
    return {
        "changed": told(len(perimeter.changed), [f"{old} → {now}" for old, now in perimeter.changed]),
        "missing": told(len(perimeter.missing), perimeter.missing),
        "same": [
            {"kind": kind_label(one.kind), "name": one.name, "url": perimeter_url(one.kind, one.code)} for one in same
        ],
    }


def told(count: int, words: Sequence[str]) -> dict[str, str] | None:
    """Return codes to name, the first ones and how many in all; None where there is none."""
    more = "…" if len(words) > TOLD_AT_MOST else ""
    return {"count": number(count, 0), "codes": ", ".join(words[:TOLD_AT_MOST]) + more} if words else None


def same_perimeters(facts: Facts, own: CommuneSet) -> list[Any]:
    """Return the perimeters that hold exactly the communes of a list."""
    alike = [
        one
        for one in perimeter_queries.all_perimeters(facts.edition)
        if (one.commune_count, one.population) == (own.commune_count, own.population)
    ]
    return [one for one in alike if tuple(commune_codes(one)) == own.insee_codes]
