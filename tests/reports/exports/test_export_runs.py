"""A run writes the whole file or nothing, ends with a reason, and lets go of what is no longer its own."""

import logging
import uuid
from collections.abc import Callable

import pytest

from reports import run
from reports.makers import CannotMake, Made, Order
from reports.models import Export, ExportPiece, State
from reports.run import MOST_ATTEMPTS, PIECE_BYTES, Stopping, Superseded, TryAgain, run_export
from tests.reports.exports.conftest import Make, write_two

Ask = Callable[..., Export]
MakeWith = Callable[[Make], None]


def after(export: Export) -> Export:
    export.refresh_from_db()
    return export


def test_a_file_is_kept_in_pieces_that_make_it_up_again(ask: Ask, make_with: MakeWith) -> None:
    make_with(write_two)
    export = ask()
    run_export(str(export.pk))
    pieces = [bytes(one.content) for one in export.pieces.order_by("number")]
    assert b"".join(pieces) == b"a" * 400_000 + b"b" * 200_000
    assert [len(one) for one in pieces] == [PIECE_BYTES, PIECE_BYTES, 600_000 - 2 * PIECE_BYTES]
    made = after(export)
    assert (made.state, made.size, made.attempts, made.claim, made.client) == (State.DONE, 600_000, 1, None, "")
    assert made.expires_at is not None and made.finished_at is not None
    assert (made.expires_at - made.finished_at).days == 7


def test_a_failure_while_the_pieces_are_written_leaves_none(
    ask: Ask, make_with: MakeWith, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    make_with(write_two)
    export, written = ask(), []
    create = ExportPiece.objects.create

    def fail_at_the_second(**values: object) -> ExportPiece:
        written.append(values["number"])
        if len(written) == 2:
            raise OSError("disk full")
        return create(**values)

    monkeypatch.setattr(ExportPiece.objects, "create", fail_at_the_second)
    with pytest.raises(TryAgain):
        run_export(str(export.pk))
    assert written == [0, 1] and not export.pieces.exists()
    assert after(export).state == State.QUEUED
    assert "disk full" in caplog.text


def test_progress_is_told_at_each_step_and_never_above_the_whole(ask: Ask, make_with: MakeWith) -> None:
    seen = []
    export = ask()

    def look(order: Order) -> Made:
        order.progress("Un", 1, 4)
        seen.append((after(export).step, export.percentage))
        order.progress("Un", 2, 4)
        seen.append((after(export).step, export.percentage))
        order.progress("Deux", 4, 4)
        seen.append((after(export).step, export.percentage))
        return Made("f", "text/plain")

    make_with(look)
    run_export(str(export.pk))
    # The second is told less than half a second after the first: it is left unsaid.
    assert seen == [("Un", 25), ("Un", 25), ("Deux", 100)]


def test_what_cannot_be_made_fails_at_once_with_its_reason(ask: Ask, make_with: MakeWith) -> None:
    def refuse(order: Order) -> Made:
        raise CannotMake("Cette région n'a aucun bassin.")

    make_with(refuse)
    export = ask()
    run_export(str(export.pk))
    assert (after(export).state, export.reason) == (State.FAILED, "Cette région n'a aucun bassin.")
    assert export.attempts == 1


def test_our_own_failure_is_tried_again_then_said_plainly_with_its_details_in_the_log(
    ask: Ask, make_with: MakeWith, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(order: Order) -> Made:
        raise ZeroDivisionError("a detail for us")

    make_with(fail)
    export = ask()
    for _attempt in range(MOST_ATTEMPTS - 1):
        with pytest.raises(TryAgain):
            run_export(str(export.pk))
        assert after(export).state == State.QUEUED
    run_export(str(export.pk))
    assert after(export).state == State.FAILED
    assert "erreur de notre part" in export.reason and "detail" not in export.reason
    assert caplog.text.count("a detail for us") >= MOST_ATTEMPTS


def test_an_export_whose_worker_always_dies_is_given_up(ask: Ask, make_with: MakeWith) -> None:
    make_with(write_two)
    export = ask()
    # What a killed worker leaves: an attempt counted, a claim that nobody holds.
    Export.objects.filter(pk=export.pk).update(attempts=MOST_ATTEMPTS, state=State.RUNNING, claim=uuid.uuid4())
    run_export(str(export.pk))
    assert after(export).state == State.FAILED
    assert "arrêté 4 fois avant la fin" in export.reason and not export.pieces.exists()


def test_a_run_that_lost_its_export_stops_and_writes_nothing(ask: Ask, make_with: MakeWith) -> None:
    other = uuid.uuid4()
    export = ask()

    def lose(order: Order) -> Made:
        order.output.write(b"of the run that lost")
        Export.objects.filter(pk=export.pk).update(claim=other)
        return Made("f", "text/plain")

    make_with(lose)
    with pytest.raises(Superseded):
        run_export(str(export.pk))
    assert (after(export).state, export.claim) == (State.RUNNING, other)
    assert not export.pieces.exists()


def test_a_worker_that_stops_gives_its_attempt_back(ask: Ask, make_with: MakeWith) -> None:
    make_with(write_two)
    export = ask()
    with pytest.raises(Stopping):
        run_export(str(export.pk), is_stopping=lambda: True)
    assert (after(export).state, export.attempts, export.claim) == (State.QUEUED, 0, None)


def test_an_export_already_made_is_not_made_again(ask: Ask, make_with: MakeWith) -> None:
    calls = []

    def count(order: Order) -> Made:
        calls.append(1)
        return Made("f", "text/plain")

    make_with(count)
    export = ask()
    run_export(str(export.pk))
    run_export(str(export.pk))
    run_export(str(uuid.uuid4()))
    assert calls == [1]


def test_steps_are_told_in_the_language_of_the_reader(ask: Ask, make_with: MakeWith) -> None:
    from django.utils.translation import get_language

    languages = []

    def note(order: Order) -> Made:
        languages.append(get_language())
        return Made("f", "text/plain")

    make_with(note)
    for language in ("fr", "en"):
        run_export(str(ask(language=language).pk))
    assert languages == ["fr", "en"]


def test_the_log_names_no_reader(ask: Ask, make_with: MakeWith, caplog: pytest.LogCaptureFixture) -> None:
    make_with(lambda order: 1 / 0)  # type: ignore[arg-type, return-value]
    with caplog.at_level(logging.DEBUG, logger=run.__name__), pytest.raises(TryAgain):
        run_export(str(ask(client="digest-of-an-address").pk))
    assert "digest-of-an-address" not in caplog.text
