"""Asking for an export, asking again, and clearing what has expired: what pages and upkeep write."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reports import queue
from reports.models import Export, ExportPiece, State
from scoring.facts import Facts
from scoring.numbers import number

# So that two requests never count the queue at the same time: "export" in a telephone's letters.
ASKING = 397678
# How long the page of a file that is gone still says so.
REMEMBERED = timedelta(days=30)


class QueueFull(RuntimeError):
    """Too many exports wait, of this reader or in all; said in a sentence. Answered by a 429."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Asked:
    """An export as asked: its kind, its accepted parameters, its language, and the address of the site it links to."""

    kind: str
    parameters: dict[str, str]
    language: str
    base_url: str

    @property
    def fingerprint(self) -> str:
        """What two equal requests share."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


@transaction.atomic
def ask(facts: Facts, asked: Asked, *, client: str) -> Export:
    """Return the export of a request: the one already waited for or still valid, else a new one put in the queue.

    Raises `QueueFull`.
    """
    _one_at_a_time()
    found = _same(asked, facts.edition.content_hash)
    if found is not None:
        return found
    _refuse_if_full(client)
    export = Export(
        **asdict(asked), fingerprint=asked.fingerprint, edition_hash=facts.edition.content_hash, client=client
    )
    export.job = queue.enqueue(str(export.id))
    export.save(force_insert=True)
    return export


@transaction.atomic
def ask_again(facts: Facts, export: Export, *, client: str) -> Export:
    """Return the export to wait for after one that failed or expired: itself anew where it failed.

    Raises `QueueFull`.
    """
    asked = Asked(export.kind, export.parameters, export.language, export.base_url)
    if export.state != State.FAILED:
        return ask(facts, asked, client=client)
    _one_at_a_time()
    found = _same(asked, facts.edition.content_hash)
    if found is not None:
        return found
    _refuse_if_full(client)
    anew = {"state": State.QUEUED, "reason": "", "step": "", "done": 0, "total": 0, "attempts": 0, "claim": None}
    Export.objects.filter(pk=export.pk).update(
        **anew, client=client, expires_at=None, finished_at=None, job=queue.enqueue(str(export.pk))
    )
    export.refresh_from_db()
    return export


def _one_at_a_time() -> None:
    """Hold the lock of asking until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ASKING])


def _same(asked: Asked, edition_hash: str) -> Export | None:
    """The export that answers the same request: waited for, or made on this edition and still valid."""
    same = Export.objects.filter(fingerprint=asked.fingerprint)
    made = same.at_hand(timezone.now()).filter(edition_hash=edition_hash)
    return same.waiting().first() or made.order_by("-finished_at").first()


def _refuse_if_full(client: str) -> None:
    waiting = Export.objects.waiting()
    if waiting.asked_by(client).count() >= settings.EXPORTS_WAITING_PER_CLIENT:
        sentence = _(
            "Vous avez déjà %(count)s exports en attente ou en cours, c'est la limite par adresse. "
            "Attendez que l'un soit prêt, puis demandez celui-ci."
        )
        raise QueueFull(sentence % {"count": number(settings.EXPORTS_WAITING_PER_CLIENT, 0)})
    if waiting.count() >= settings.EXPORTS_WAITING:
        sentence = _(
            "%(count)s exports attendent déjà d'être fabriqués, c'est la limite du site. "
            "Réessayez dans quelques minutes."
        )
        raise QueueFull(sentence % {"count": number(settings.EXPORTS_WAITING, 0)})


def remove_expired(now: datetime) -> int:
    """Remove the files whose date has passed, then, a month later, every trace of them; return how many files."""
    gone = ExportPiece.objects.filter(export__in=Export.objects.expired(now))
    files = gone.values("export").distinct().count()
    gone.delete()
    Export.objects.expired(now - REMEMBERED).delete()
    return files


def recover(stalled_after_s: float) -> int:
    """Put back in the queue what a dead worker had begun, and what no job would make; return how many."""
    count = 0
    for job in queue.stalled_jobs(stalled_after_s):
        with transaction.atomic():
            if queue.put_back(job):
                Export.objects.filter(job=job, state=State.RUNNING).update(state=State.QUEUED, claim=None)
                count += 1
    for export_id in queue.lost_exports():
        with transaction.atomic():
            export = Export.objects.select_for_update().waiting().filter(pk=export_id).first()
            if export is not None and str(export.pk) in queue.lost_exports():
                Export.objects.filter(pk=export.pk).update(
                    state=State.QUEUED, claim=None, job=queue.enqueue(str(export.pk))
                )
                count += 1
    return count
