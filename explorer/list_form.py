"""What the form of an own list sends: a text or a file, corrections by number, what is asked of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from basins.commune_text import MAX_BYTES, MAX_LINES, ListRefused, Refusal, checked, decoded
from explorer.own_lists import list_name
from explorer.wording import number
from scoring.errors import BadQuestion

# The text, what corrects it, and the frame of a form in parts.
LARGEST_BODY = 2 * MAX_BYTES
TEXT, FILE, ACTION = "communes", "fichier", "action"
CHECK, OPEN, AS_CSV = "verifier", "ouvrir", "csv"
CHOICE, OTHER = "choix.", "autre."
LONGEST_CORRECTION = 100


@dataclass(frozen=True)
class ListAsked:
    """A list as sent: its text, the name given, corrections by number of value, what to do with it."""

    text: str = ""
    name: str = ""
    action: str = CHECK
    corrections: Mapping[int, str] = field(default_factory=dict)


class NotRead(Exception):
    """A list that cannot be read: a status, a sentence, the text kept where it can be shown again."""

    def __init__(self, status: int, sentence: str, text: str = "") -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.text = text


def list_asked(request: HttpRequest) -> ListAsked | None:
    """Return the list of a form, or of the address; None where none is given. Raises `NotRead`, `BadQuestion`."""
    params = request.POST if request.method == "POST" else request.GET
    if request.method != "POST" and not params.get(TEXT, "").strip():
        return None
    action = params.get(ACTION, CHECK)
    if action not in (CHECK, OPEN, AS_CSV):
        raise BadQuestion(ACTION, _("Ce bouton n'existe pas : vérifiez la liste, ouvrez-la ou téléchargez-la."))
    return ListAsked(text_of(request, params), list_name(params), action, corrections_of(params))


def text_of(request: HttpRequest, params: QueryDict) -> str:
    """Return the text pasted or that of the file; raises `NotRead`."""
    pasted, file = params.get(TEXT, ""), request.FILES.get(FILE)
    if file and pasted.strip():
        raise NotRead(400, _("Une liste collée et un fichier à la fois : gardez l'un des deux."), pasted)
    try:
        return decoded(file.read(MAX_BYTES + 1)) if file else checked(pasted)
    except ListRefused as refused:
        raise not_read(refused, "" if "\0" in pasted else pasted[:MAX_BYTES]) from None


def not_read(refused: ListRefused, text: str = "") -> NotRead:
    """Return what is wrong with a list, how to mend it, and under which status to say so."""
    too_large = (Refusal.TOO_BIG, Refusal.TOO_MANY_LINES)
    return NotRead(413 if refused.refusal in too_large else 400, refusal_sentence(refused), text)


def refusal_sentence(refused: ListRefused) -> str:
    """Return why a list is not read, where, and what to do."""
    values = {"lines": number(MAX_LINES, 0), "size": number(MAX_BYTES / 1e6, 0), "line": refused.line}
    return {
        Refusal.EMPTY: _(
            "La liste est vide : collez des codes de communes, ou choisissez un fichier qui en contient."
        ),
        Refusal.TOO_BIG: _("La liste dépasse %(size)s Mo : gardez la seule colonne des codes."),
        Refusal.TOO_MANY_LINES: _(
            "La liste dépasse %(lines)s lignes, plus que la France n'a de communes : ôtez celles de trop."
        ),
        Refusal.WORKBOOK: _(
            "Ce fichier est un classeur (Excel, LibreOffice) ou une archive : enregistrez la feuille en CSV, ou "
            "copiez la colonne des codes et collez-la."
        ),
        Refusal.BINARY: _("Ce fichier n'est pas un texte : choisissez un fichier CSV ou texte."),
        Refusal.NUL: _("La ligne %(line)s contient un octet nul : enregistrez de nouveau le fichier en CSV UTF-8."),
        Refusal.CONTROL: _(
            "La ligne %(line)s contient un caractère de contrôle invisible : ôtez-le, ou collez la seule colonne des "
            "codes."
        ),
    }[refused.refusal] % values


def corrections_of(params: QueryDict) -> dict[int, str]:
    """Return what is written instead of values, by their number: what is typed goes before what is chosen."""
    found: dict[int, str] = {}
    for prefix in (CHOICE, OTHER):
        for name, value in params.items():
            place = re.fullmatch(re.escape(prefix) + "([0-9]{1,6})", name)
            if place and (prefix == CHOICE or value.strip()):
                found[int(place[1])] = value.strip()[:LONGEST_CORRECTION]
    return found
