"""Run one command of the set-up: `python3 -m config.setup run`."""

import os
import signal
import sys
from types import FrameType

from config.setup import bench, development, edition, run, test, validation
from config.setup.steps import Failure, complain, say

COMMANDS = {
    "run": run.run,
    "test": test.test,
    "check": test.check_only,
    "edition": edition.build,
    "bench": bench.bench,
    "validate": validation.validate,
    "start": development.start,
    "stop": development.stop,
    "clean": development.clean,
}
INTERRUPTED = 130


def interrupt(number: int, frame: FrameType | None) -> None:
    """Stop as Ctrl-C does, and let what must be stopped be stopped in peace."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt


def main(arguments: list[str]) -> int:
    """Run the named command; return its exit status."""
    name, *rest = arguments or [""]
    if name not in COMMANDS:
        say(f"Commande inconnue : « {name} ». Commandes : {', '.join(COMMANDS)}.")
        return 2
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, interrupt)
    # Folders of root's state are crossed by the server's own user.
    os.umask(0o022)
    try:
        return COMMANDS[name](*rest)
    except Failure as failure:
        complain(failure)
        return 1
    except KeyboardInterrupt:
        say("\nArrêté.")
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
