"""What a page asks a reader to download before it can be used."""

import gzip
import re
from urllib.parse import urljoin

from bench.protocol import Line, plain
from bench.site import Client, served

LIST_PAGES = ("/", "/classement/?activite=32.50B", "/bassins/")
SCRIPT = re.compile(r'<script[^>]*\ssrc="([^"]+)"')
IMPORT = re.compile(r'import\s+(?:[^"\']*\sfrom\s+)?["\'](\.[^"\']+)["\']')


def measure() -> list[Line]:
    """Return, page by page, the kilobytes of scripts fetched at first load, as gzip sends them."""
    with served(workers=1) as (port, _workers):
        client = Client(port)
        sizes = {path: scripts_kb(client, path) for path in LIST_PAGES}
        client.close()
    return [plain(f"scripts au premier chargement, {path}", [kb], unit="ko", aim=30) for path, kb in sizes.items()]


def scripts_kb(client: Client, path: str) -> float:
    """Return the compressed size of the scripts of a page and of what they import at once."""
    waiting = [urljoin(path, one) for one in SCRIPT.findall(text_of(client.get(path)))]
    seen: dict[str, int] = {}
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        body = client.get(address)
        seen[address] = len(body)
        waiting += [urljoin(address, one) for one in IMPORT.findall(text_of(body))]
    return sum(seen.values()) / 1000


def text_of(body: bytes) -> str:
    return (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()
