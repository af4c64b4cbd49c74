"""How gunicorn serves the site: this machine only, two processes, our own bound on addresses."""

import ctypes
import os
import signal
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
