"""Named and timed steps, commands with a log, and failures that say what to do."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

TAIL_LINES = 12


@dataclass(frozen=True)
class Step:
    """One named piece of work; its action returns a short note ("déjà à jour") or an empty string."""

    title: str
    action: Callable[[], str]
    # A step that may ask for a password leaves its line alone.
    may_ask: bool = False


class Failure(Exception):
    """A step that could not be done: what failed, why, and what to do about it."""

    def __init__(self, what: str, why: str, remedy: str) -> None:
        super().__init__(what)
        self.what, self.why, self.remedy = what, why, remedy

    def __str__(self) -> str:
        why = "\n    ".join(self.why.splitlines()) or "aucun message"
        return f"  Ce qui a échoué : {self.what}\n  Pourquoi : {why}\n  Que faire : {self.remedy}"


@dataclass(frozen=True)
class Shell:
    """Where commands run and where their output goes."""

    log: Path
    cwd: Path
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))

    def run(self, command: Sequence[str], *, what: str, remedy: str, user: str = "", cwd: str = "") -> None:
        """Run a command, as another system user if one is named, with its output in the log.

        Raises `Failure` with the last lines of that output.
        """
        self.log.parent.mkdir(parents=True, exist_ok=True)
        # A plain identity: the groups of root would otherwise follow the process to the other user.
        identity = {"user": user, "group": user, "extra_groups": ()} if user else {}
        with self.log.open("ab") as output:
            output.write(f"\n$ {' '.join(command)}\n".encode())
            output.flush()
            start = output.tell()
            done = subprocess.run(
                command,
                cwd=cwd or self.cwd,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=bool(user),
                check=False,
                **identity,  # type: ignore[call-overload]
            )
        if done.returncode:
            raise Failure(what, tail(self.log, start), f"{remedy} Journal complet : {self.log}")


def tail(path: Path, start: int = 0, lines: int = TAIL_LINES) -> str:
    """Return the last lines of a text file, read from the byte `start`."""
    if not path.exists():
        return ""
    with path.open("rb") as stream:
        stream.seek(start)
        text = stream.read().decode(errors="replace")
    return "\n".join(text.strip().splitlines()[-lines:])


def seconds(duration: float) -> str:
    """Return a duration in seconds as it is written in French: `12,4 s`."""
    return f"{duration:.1f} s".replace(".", ",")


def follow(steps: Sequence[Step], *, first: int = 1, total: int = 0) -> None:
    """Do the steps in order, each named and timed; stop at the first failure."""
    total = total or len(steps)
    for number, step in enumerate(steps, start=first):
        name = f"[{number}/{total}] {step.title} … "
        began = time.monotonic()
        print(name, end="", flush=True)
        try:
            with nullcontext() if step.may_ask else ticking(name):
                note = step.action()
        except Failure:
            print(f"échec après {seconds(time.monotonic() - began)}", flush=True)
            raise
        print(seconds(time.monotonic() - began) + (f" ({note})" if note else ""), flush=True)


@contextmanager
def ticking(name: str) -> Iterator[None]:
    """Show on a terminal that time passes, second by second, on the line of the step."""
    over = threading.Event()

    def tick() -> None:
        began = time.monotonic()
        while not over.wait(1):
            print(f"\r{name}{time.monotonic() - began:.0f} s", end="", flush=True)

    thread = threading.Thread(target=tick, daemon=True)
    if sys.stdout.isatty():
        thread.start()
    try:
        yield
    finally:
        over.set()
        if thread.is_alive():
            thread.join()
            print(f"\r{name}", end="", flush=True)


def say(sentence: str) -> None:
    """Print one sentence at once, between or after the steps."""
    print(sentence, flush=True)


def complain(failure: Failure) -> None:
    """Print a failure where errors go."""
    print(failure, file=sys.stderr, flush=True)
