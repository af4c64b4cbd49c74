"""How gunicorn serves the site: this machine only, two processes, our own bound on addresses."""

import ctypes
import logging
import os
import signal
import threading
from typing import Any

# The kernel's request (prctl) to be sent a signal when the parent process dies.
PARENT_DEATH_SIGNAL = 1

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = 2
worker_class = "gthread"
# One database connection each: as many as the pool of a process holds (settings.DATABASES).
threads = 4
timeout = 30
graceful_timeout = 5
# The site bounds the length of an address itself, with a sentence that says the limit.
limit_request_line = 0
# Heartbeats of workers in memory: on a slow disk gunicorn would take a waiting worker for a dead one.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
control_socket_disable = True
loglevel = os.environ.get("LOG_LEVEL", "warning").lower()


def on_starting(server: Any) -> None:
    """Stop with the command that started us, even when that one is killed and cannot stop us itself."""
    if os.environ.get("BASSINS_STOP_WITH_PARENT") == "1":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)


def post_worker_init(worker: Any) -> None:
    """Read the edition in the background, so that the first reader of each process does not wait for it."""
    threading.Thread(target=warm, daemon=True).start()


def warm() -> None:
    """Fill the caches of scoring; whatever prevents it will be said to the first reader, better than here."""
    from django.db import connection

    from scoring import service

    try:
        for level in ("group", "subclass"):
            service.warm(level)
    except Exception:
        logging.getLogger(__name__).warning("warming failed", exc_info=True)
    finally:
        connection.close()
