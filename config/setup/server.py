"""The web server: a free port, gunicorn, and its first answer."""

import http.client
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from config.setup.places import Places
from config.setup.steps import Failure

HOST = "127.0.0.1"
DEFAULT_PORT = "8000"
FIRST_ANSWER_S = 60
STOP_S = 15
HEALTH = "/api/v1/health"


def port_from(environment: Mapping[str, str]) -> int:
    """Return the port asked for; anything but a port number is refused."""
    text = environment.get("PORT", DEFAULT_PORT)
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise Failure(f"lire PORT={text}", "ce n'est pas un nombre de 1 à 65535", "par exemple : make run PORT=8001")
    return int(text)


def refuse_taken(port: int) -> None:
    """Raise `Failure` when somebody already listens on the port, or when it is not ours to take."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            why = "un autre programme l'occupe" if error.errno == 98 else str(error.strerror)
            remedy = f"choisir un autre port : make run PORT={other_port(port)}"
            raise Failure(f"prendre le port {port}", why, remedy) from error


def other_port(port: int) -> int:
    """Return a port to propose instead."""
    return port + 1 if 1024 <= port < 65535 else int(DEFAULT_PORT)


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def gunicorn(
    places: Places, environment: Mapping[str, str], port: int, output: IO[bytes] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Serve the site while the block runs; the server has its own session, so that we alone stop it."""
    process = subprocess.Popen(
        [places.python, "-m", "gunicorn", "--config=config/gunicorn.py", "config.wsgi:application"],
        cwd=places.checkout,
        env={**environment, "PORT": str(port), "BASSINS_STOP_WITH_PARENT": "1"},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop gunicorn and wait for it; one that does not stop is killed."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_for_answer(process: subprocess.Popen[bytes], port: int, log: Path | None = None) -> None:
    """Return at the first good answer of the health address; raise `Failure` when none comes."""
    deadline = time.monotonic() + FIRST_ANSWER_S
    status = 0
    while time.monotonic() < deadline and process.poll() is None:
        status = health_status(port)
        if status == 200:
            return
        time.sleep(0.1)
    why = f"{HEALTH} répond {status}" if status else "le serveur ne répond pas"
    if process.poll() is not None:
        why = f"gunicorn s'est arrêté avec le code {process.returncode}"
    raise Failure("servir le site", why, f"lire {log}" if log else "lire les messages ci-dessus.")


def health_status(port: int) -> int:
    """Return the HTTP status of the health address, 0 when nobody answers."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", HEALTH)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()
