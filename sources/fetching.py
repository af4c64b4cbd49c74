"""Network -> one file: whole, of the announced size, resumed where it stopped, never half there under its name."""

import http
import http.client
import ipaddress
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from sources.progress import track

MAX_BYTES = 4 << 30
PIECE_BYTES = 1 << 20
TIMEOUT_S = 30.0
# Waits before each new attempt, seconds.
BACKOFF_S = (1.0, 4.0, 15.0)
TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
AGENT = "Bassins (fetch)"


class FetchError(Exception):
    """A file that could not be brought; the message says why and what to do."""


class Interrupted(Exception):
    """A transfer that stopped in the middle; what came is kept, and may be completed."""


@dataclass(frozen=True)
class Arrived:
    """What a server said of a file that came whole."""

    address: str
    size: int
    etag: str
    last_modified: str


def check_address(address: str, *, origin: str = "") -> None:
    """Raise `FetchError` unless an address is https to a named host; http is for loopback, never reached from outside.

    `origin` is the address first asked when this one is a redirection.
    """
    first = origin or address
    if _is_loopback(address) and _is_loopback(first):
        return
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        raise FetchError(f"{address} : seules les adresses https sont suivies{_redirected(origin)}.")
    with suppress(ValueError):
        ipaddress.ip_address(parts.hostname)
        raise FetchError(f"{address} : une adresse doit porter un nom de site{_redirected(origin)}.")


def _redirected(origin: str) -> str:
    return f" (redirection de {origin})" if origin else ""


def _is_loopback(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1")


class CheckedRedirects(urllib.request.HTTPRedirectHandler):
    """Follows redirections that obey the rule of addresses."""

    max_redirections = 5

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        check_address(newurl, origin=req.get_full_url())
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def fetch_file(
    address: str, target: Path, *, max_bytes: int = MAX_BYTES, wait: Callable[[float], None] = time.sleep
) -> Arrived:
    """Bring a file under `target` + ".part", complete; what an earlier attempt left is resumed when still valid.

    The caller checks it, then renames it. Raises `FetchError`.
    """
    check_address(address)
    for pause in (*BACKOFF_S, None):
        try:
            return _attempt(address, target, max_bytes)
        except (Interrupted, http.client.HTTPException, TimeoutError, ConnectionError) as error:
            if pause is None:
                raise FetchError(
                    f"{address} : transfert interrompu ({error or type(error).__name__}). Relancez la commande : il "
                    "reprendra où il s'est arrêté."
                ) from error
            wait(pause)
    raise AssertionError("unreachable")


def part_of(target: Path) -> Path:
    """Return where a file stands while it is not whole."""
    return target.with_name(f"{target.name}.part")


def _notes_of(target: Path) -> Path:
    return target.with_name(f"{target.name}.part.json")


def discard_part(target: Path) -> None:
    """Forget what came of a file."""
    part_of(target).unlink(missing_ok=True)
    _notes_of(target).unlink(missing_ok=True)


def _attempt(address: str, target: Path, max_bytes: int) -> Arrived:
    start, validator = _resumable(address, target)
    headers = {"User-Agent": AGENT, "Accept-Encoding": "identity"}
    if start:
        headers |= {"Range": f"bytes={start}-", "If-Range": validator}
    opener = urllib.request.build_opener(CheckedRedirects())
    try:
        with opener.open(urllib.request.Request(address, headers=headers), timeout=TIMEOUT_S) as response:
            return _receive(response, address, target, start, max_bytes)
    except urllib.error.HTTPError as error:
        with error:
            raise _http_failure(error, address, target) from error
    except urllib.error.URLError as error:
        raise _network_failure(error, address) from error
    except OSError as error:
        if isinstance(error, TimeoutError | ConnectionError):
            raise
        raise FetchError(f"{target.name} : écriture impossible ({error.strerror}). Libérez de la place.") from error


def _http_failure(error: urllib.error.HTTPError, address: str, target: Path) -> Exception:
    if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        discard_part(target)
        return Interrupted("reprise refusée")
    if error.code in TRANSIENT:
        return Interrupted(f"réponse {error.code}")
    if 300 <= error.code < 400:
        return FetchError(f"{address} : redirection refusée ({error.reason}).")
    advice = {404: "L'adresse a changé : cherchez le fichier sur la page du producteur", 403: "Accès refusé"}
    return FetchError(f"{address} : réponse {error.code}. {advice.get(error.code, 'Voyez la page du producteur')}.")


def _network_failure(error: urllib.error.URLError, address: str) -> Exception:
    if isinstance(error.reason, TimeoutError | ConnectionError):
        return Interrupted(str(error.reason))
    return FetchError(f"{address} : site inaccessible ({error.reason}). Vérifiez la connexion.")


def _resumable(address: str, target: Path) -> tuple[int, str]:
    """Return how many bytes are there and the mark of their version; (0, "") where nothing can be kept."""
    try:
        notes = json.loads(_notes_of(target).read_text(encoding="utf-8"))
        size = part_of(target).stat().st_size
        validator = notes["validator"]
    except (OSError, ValueError, KeyError, TypeError):
        return 0, ""
    return (size, validator) if notes.get("address") == address and validator and size else (0, "")


def _receive(response: Any, address: str, target: Path, start: int, max_bytes: int) -> Arrived:
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise FetchError(f"{address} : le site a compressé le fichier sans qu'on le demande.")
    is_resumed = response.status == http.HTTPStatus.PARTIAL_CONTENT
    offset = start if is_resumed else 0
    total = _total(response, offset)
    if is_resumed and _range_start(response) != start:
        discard_part(target)
        raise Interrupted("reprise ailleurs qu'à l'endroit demandé")
    if (total or 0) > max_bytes:
        raise FetchError(f"{address} : {total} octets, plus que les {max_bytes} admis.")
    etag, last_modified = response.headers.get("ETag", ""), response.headers.get("Last-Modified", "")
    validator = etag if etag and not etag.startswith("W/") else last_modified
    notes = {"address": address, "validator": validator}
    if not is_resumed:
        # Were it stopped between the two, what an older version left would pass for the beginning of this one.
        discard_part(target)
    _notes_of(target).write_text(json.dumps(notes), encoding="utf-8")
    size = offset
    with part_of(target).open("ab" if is_resumed else "wb") as handle:
        pieces = _pieces(response)
        for piece in track(pieces, label=target.name, unit="o", total=total and total - offset, size=len):
            size += len(piece)
            if size > max_bytes:
                raise FetchError(f"{address} : plus que les {max_bytes} octets admis.")
            handle.write(piece)
        handle.flush()
        os.fsync(handle.fileno())
    if total is not None and size != total:
        if size > total:
            discard_part(target)
        raise Interrupted(f"{size} octets reçus sur {total}")
    return Arrived(address, size, etag, last_modified)


def _pieces(response: Any) -> Iterator[bytes]:
    while piece := response.read(PIECE_BYTES):
        yield piece


def _total(response: Any, offset: int) -> int | None:
    """Return the size the whole file should have, or None when the server does not tell."""
    length = response.headers.get("Content-Length", "")
    return offset + int(length) if length.isdecimal() else None


def _range_start(response: Any) -> int:
    given = response.headers.get("Content-Range", "")
    first = given.removeprefix("bytes ").partition("-")[0]
    return int(first) if first.isdecimal() else -1
