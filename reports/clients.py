"""Who asks, as far as limits need to know: a keyed digest from which the address cannot be read back."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def client_of(request: HttpRequest) -> str:
    """Return the digest of the address that asks.

    In production a proxy of ours stands before the site: the address is the last that it wrote, the only one that the
    reader cannot choose.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if not settings.LOOPBACK:
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    return salted_hmac("reports.clients", address, algorithm="sha256").hexdigest()
