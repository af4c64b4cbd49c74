"""The pages of exports: what can be asked, the form, and where an export is."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from explorer.wording import number
from reports.makers import Maker, Parameters, makers
from reports.models import Export, State
from reports.run import MOST_ATTEMPTS
from scoring.facts import Facts

# (least bytes, unit, bytes in one, decimals); decimal units, as a file manager shows them.
SIZES = ((1e6, "Mo", 1e6, 1), (1e3, "ko", 1e3, 0), (0.0, "octets", 1.0, 0))


def exports_page() -> dict[str, Any]:
    """Return the list of what can be asked for."""
    return {
        "makers": [
            {"id": one.id, "label": one.label(), "description": one.description(), "url": ask_url(one.id)}
            for one in makers().values()
        ],
        "days": settings.EXPORT_DAYS,
        "most": settings.EXPORTS_WAITING_PER_CLIENT,
    }


def ask_url(kind: str) -> str:
    return reverse("reports:export-ask", args=(kind,))


def form_page(facts: Facts, maker: Maker, typed: Parameters, *, wrong: str = "", sentence: str = "") -> dict[str, Any]:
    """Return the form of an export as typed; `sentence` says what is wrong, `wrong` in which field if any."""
    fields = []
    for one in maker.fields:
        choices = one.choices(facts)
        chosen = typed.get(one.name, "").strip()
        chosen = chosen if chosen in dict(choices) else choices[0][0]
        options = [{"value": value, "label": words, "is_chosen": value == chosen} for value, words in choices]
        error = sentence if one.name == wrong else ""
        fields.append({"name": one.name, "label": one.label(), "hint": one.hint(), "options": options, "error": error})
    return {
        "label": maker.label(),
        "description": maker.description(),
        "fields": fields,
        "url": ask_url(maker.id),
        "refusal": "" if any(one["error"] for one in fields) else sentence,
        "days": settings.EXPORT_DAYS,
    }


def export_page(facts: Facts, export: Export, now: datetime, *, ahead: int) -> dict[str, Any]:
    """Return where an export is; `ahead` exports are before it in the queue."""
    maker = makers().get(export.kind)
    is_expired = export.is_expired(now)
    return {
        "label": maker.label() if maker else export.kind,
        "told": maker.told(facts, export.parameters) if maker else "",
        "state": "expired" if is_expired else str(export.state),
        "state_label": _("expiré") if is_expired else State(export.state).label,
        "url": reverse("reports:export", args=(export.pk,)),
        "again_url": reverse("reports:export-again", args=(export.pk,)),
        "change_url": f"{ask_url(export.kind)}{query_of(export.parameters)}" if maker else reverse("reports:exports"),
        "asked_at": moment(export.created_at),
        "expires_at": moment(export.expires_at),
        "days": settings.EXPORT_DAYS,
        **waiting_words(export, ahead),
        "reason": export.reason,
        "file": file_of(export) if export.state == State.DONE and not is_expired else None,
        "is_older_edition": export.state == State.DONE and export.edition_hash != facts.edition.content_hash,
    }


def query_of(parameters: Parameters) -> str:
    return "?" + "&".join(f"{name}={value}" for name, value in parameters.items())


def waiting_words(export: Export, ahead: int) -> dict[str, Any]:
    """Return the place in the queue, or the step and how much of it is done."""
    if ahead:
        place = _("%(count)s avant vous dans la file.") % {"count": number(ahead, 0)}
    else:
        place = _("C'est le prochain de la file.")
    if export.attempts and export.state == State.QUEUED:
        place = f"{_('Un premier essai a été interrompu ; rien n’est à refaire de votre côté.')} {place}"
    counted = ""
    if export.total:
        counted = _("%(done)s sur %(total)s") % {"done": number(export.done, 0), "total": number(export.total, 0)}
    return {
        "place": place,
        "step": export.step or _("Mise en route"),
        "percentage": export.percentage,
        "counted": counted,
        "is_retried": export.attempts > 1,
        "attempt": _("Essai %(count)s sur %(most)s, après une interruption.")
        % {"count": export.attempts, "most": MOST_ATTEMPTS},
    }


def file_of(export: Export) -> dict[str, str]:
    """Return the link, the name and the size of a file."""
    return {
        "url": reverse("reports:export-file", args=(export.pk,)),
        "name": export.file_name,
        "size": size_words(export.size),
        "sha256": export.sha256,
    }


def size_words(size: int) -> str:
    """Return a number of bytes in the unit that suits it."""
    unit, one, decimals = next((unit, one, decimals) for least, unit, one, decimals in SIZES if size >= least)
    return f"{number(size / one, decimals)} {_(unit)}"


def moment(at: datetime | None) -> str:
    """Return a date and time in words, in the time of the site."""
    if at is None:
        return ""
    day, time = date_format(localtime(at), "DATE_FORMAT"), date_format(localtime(at), "H:i")
    return _("%(day)s à %(time)s") % {"day": day, "time": time}
