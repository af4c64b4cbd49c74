"""One run of an export in a worker: claimed, told as it goes, written whole, or failed with a reason."""

import hashlib
import logging
import tempfile
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from typing import IO

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from reports.makers import CannotMake, Made, Order, maker_of
from reports.models import Export, ExportPiece, State
from scoring import service
from scoring.errors import BadQuestion, NoEdition, NotFound

MOST_ATTEMPTS = 4
PIECE_BYTES = 256 * 1024
# Progress is written no more often than readers look at it.
TOLD_EVERY_S = 0.5
KEPT_IN_MEMORY_BYTES = 8_000_000
# A failure is remembered as long as a file.
STEP_LENGTH, REASON_LENGTH = 200, 500

log = logging.getLogger(__name__)


class Superseded(RuntimeError):
    """The export is no longer ours: others held this worker for dead and have taken its work."""


class Stopping(RuntimeError):
    """The worker is asked to stop: the export goes back to the queue."""


class TryAgain(RuntimeError):
    """A failure that is not the reader's: the export is back in the queue."""


@dataclass
class Run:
    """The hold of a worker on an export; every write checks that it still holds."""

    export: Export
    is_stopping: Callable[[], bool]
    told_at: float = field(default=0.0)
    told_step: str = field(default="")

    def update(self, **values: object) -> None:
        """Write the state of the export; raises `Superseded` when another run has claimed it."""
        held = Export.objects.filter(pk=self.export.pk, claim=self.export.claim, state=State.RUNNING)
        if not held.update(**values):
            raise Superseded(str(self.export))

    def tell(self, step: str, done: int, total: int) -> None:
        """Write how far the work is, seldom enough to cost nothing; raises `Stopping`, `Superseded`."""
        if self.is_stopping():
            raise Stopping
        now = monotonic()
        if step != self.told_step or now - self.told_at >= TOLD_EVERY_S:
            self.told_at, self.told_step = now, step
            self.update(step=step[:STEP_LENGTH], done=done, total=total)


def run_export(export_id: str, *, is_stopping: Callable[[], bool] = lambda: False) -> None:
    """Make an export if it is still to be made.

    Raises `Superseded` when it was taken from us, `Stopping` and `TryAgain` once it is back in the queue, and what the
    database raises when it is out of reach.
    """
    export = claim(export_id)
    if export is None:
        return
    run = Run(export, is_stopping)
    with translation.override(export.language):
        if export.attempts > MOST_ATTEMPTS:
            fail(run, interrupted_sentence())
            return
        try:
            make(run)
        except (CannotMake, BadQuestion, NotFound) as error:
            fail(run, error.sentence)
        except Stopping:
            run.update(state=State.QUEUED, claim=None, step="", attempts=export.attempts - 1)
            raise
        except Superseded:
            raise
        except Exception as error:
            log.exception("export %s failed, attempt %s", export, export.attempts)
            give_up_or_try_again(run, error)


def claim(export_id: str) -> Export | None:
    """Return an export taken by this run alone, None when it is not waited for any more."""
    with transaction.atomic():
        export = Export.objects.select_for_update().waiting().filter(pk=export_id).first()
        if export is None:
            return None
        export.state, export.claim, export.attempts = State.RUNNING, uuid.uuid4(), export.attempts + 1
        export.started_at, export.step, export.done, export.total = timezone.now(), "", 0, 0
        export.save(update_fields=("state", "claim", "attempts", "started_at", "step", "done", "total"))
    return export


def make(run: Run) -> None:
    """Make the file apart, then hand it over whole."""
    export = run.export
    facts = service.current_facts()
    maker = maker_of(export.kind)
    # In memory, then in a file without a name: a worker that is killed leaves nothing behind.
    with tempfile.SpooledTemporaryFile(KEPT_IN_MEMORY_BYTES) as output:
        order = Order(facts, maker.accepted(facts, export.parameters), export.base_url, output, run.tell)
        made = maker.make(order)
        hand_over(run, made, output, facts.edition.content_hash)


def hand_over(run: Run, made: Made, output: IO[bytes], edition_hash: str) -> None:
    """Write the pieces and the end of an export in one transaction: a reader sees the whole file or none."""
    now = timezone.now()
    digest, size = hashlib.sha256(), 0
    output.seek(0)
    with transaction.atomic():
        ExportPiece.objects.filter(export=run.export).delete()
        for number, content in enumerate(iter(lambda: output.read(PIECE_BYTES), b"")):
            ExportPiece.objects.create(export=run.export, number=number, content=content)
            digest.update(content)
            size += len(content)
        run.update(
            state=State.DONE,
            claim=None,
            client="",
            step="",
            finished_at=now,
            expires_at=now + timedelta(days=settings.EXPORT_DAYS),
            edition_hash=edition_hash,
            file_name=made.name,
            content_type=made.content_type,
            size=size,
            sha256=digest.hexdigest(),
        )


def fail(run: Run, sentence: str) -> None:
    """End an export with its reason, which the reader is told."""
    now = timezone.now()
    expires = now + timedelta(days=settings.EXPORT_DAYS)
    run.update(
        state=State.FAILED, claim=None, client="", reason=sentence[:REASON_LENGTH], finished_at=now, expires_at=expires
    )


def give_up_or_try_again(run: Run, error: Exception) -> None:
    """Fail an export that has failed often enough, else put it back; raises `TryAgain`."""
    if run.export.attempts < MOST_ATTEMPTS:
        run.update(state=State.QUEUED, claim=None, step="")
        raise TryAgain from error
    if isinstance(error, NoEdition):
        sentence = _("Aucune édition des données n'est chargée : il n'y a rien à exporter.")
    else:
        sentence = _(
            "Une erreur de notre part a empêché %(count)s fois de suite de fabriquer ce fichier. Elle est enregistrée."
        ) % {"count": MOST_ATTEMPTS}
    fail(run, sentence)


def interrupted_sentence() -> str:
    """Return why an export that never reached its end is given up."""
    return _(
        "Le programme qui fabriquait ce fichier s'est arrêté %(count)s fois avant la fin. C'est enregistré ; "
        "réessayez plus tard, ou demandez moins à la fois."
    ) % {"count": MOST_ATTEMPTS}
