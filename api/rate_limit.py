"""How much one client may ask in a minute: units counted in the database, so that all web processes count together."""

import hashlib
import hmac
import ipaddress
import logging
import random
from dataclasses import dataclass
from time import time

from django.conf import settings
from django.db import InternalError, OperationalError, connections, router
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from api.costs import COSTS, USUAL
from api.models import RateCount
from api.problems import problem

WINDOW_SECONDS = 60
POLICY = "minute"
# One request in so many clears away the clients of the minutes past.
CLEARED_EVERY = 500

SPEND = """
    INSERT INTO api_ratecount AS held (client, minute, spent) VALUES (%(client)s, %(minute)s, %(cost)s)
    ON CONFLICT (client) DO UPDATE SET
        spent = excluded.spent + CASE WHEN held.minute = excluded.minute THEN held.spent ELSE 0 END,
        minute = excluded.minute
    RETURNING spent
"""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Allowance:
    """What is left to a client: units of `most` in the window, and the seconds until the next one."""

    most: int
    spent: int
    seconds: int

    @property
    def is_exceeded(self) -> bool:
        return self.spent > self.most

    def headers(self) -> dict[str, str]:
        """Return the headers of draft-ietf-httpapi-ratelimit-headers: the policy, and what is left of it."""
        left = max(0, self.most - self.spent)
        return {
            "RateLimit-Policy": f'"{POLICY}";q={self.most};w={WINDOW_SECONDS}',
            "RateLimit": f'"{POLICY}";r={left};t={self.seconds}',
        }


def cost_of(request: HttpRequest) -> int:
    """Return the units that the answer to a request costs."""
    route = request.resolver_match.route if request.resolver_match else ""
    name = route.removeprefix("api/v1/").replace("<", "{").replace(">", "}")
    return COSTS.get(name, USUAL).of(request.GET)


def spend(request: HttpRequest, cost: int) -> Allowance | None:
    """Count units for the client of a request; None where nothing is limited, or nothing can be counted."""
    most = settings.API_UNITS_PER_MINUTE
    if not most:
        return None
    now = time()
    minute = int(now // WINDOW_SECONDS)
    connection = connections[router.db_for_write(RateCount)]
    try:
        with connection.cursor() as cursor:
            cursor.execute(SPEND, {"client": client_key(request), "minute": minute, "cost": cost})
            spent = cursor.fetchone()[0]
            if random.random() * CLEARED_EVERY < 1:
                cursor.execute("DELETE FROM api_ratecount WHERE minute < %s", [minute])
    except (InternalError, OperationalError) as error:
        # A database that only reads, is full or is busy still answers.
        log.warning("a request is not counted, the database could not be written: %s", error)
        return None
    return Allowance(most, spent, int((minute + 1) * WINDOW_SECONDS - now) + 1)


def client_key(request: HttpRequest) -> str:
    """Return the name under which a client is counted: a keyed hash, so that no address is kept."""
    return hmac.new(settings.SECRET_KEY.encode(), client_address(request).encode(), hashlib.sha256).hexdigest()[:32]


def client_address(request: HttpRequest) -> str:
    """Return the address of a client: that of the peer, or the one that the last trusted proxy says.

    What stands further left in X-Forwarded-For was written by the client itself. An IPv6 network (/64) is one client.
    """
    proxies, address = settings.TRUSTED_PROXIES, request.META.get("REMOTE_ADDR", "")
    forwarded = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",")]
    if proxies and len(forwarded) >= proxies:
        address = forwarded[-proxies]
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return request.META.get("REMOTE_ADDR", "")
    return str(found) if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))


def too_many(request: HttpRequest, allowance: Allowance) -> HttpResponse:
    """Return the 429 that says how much is allowed and when to come back."""
    sentence = _(
        "Trop de demandes depuis votre adresse : %(most)s unités par minute sont servies, une réponse en coûte de 1 à "
        "%(dearest)s. Réessayez dans %(seconds)s secondes ; If-None-Match et de plus grandes pages épargnent "
        "des unités."
    )
    told = {"most": allowance.most, "dearest": max(one.most for one in COSTS.values()), "seconds": allowance.seconds}
    response = problem(request, 429, sentence % told)
    response.headers["Retry-After"] = str(allowance.seconds)
    return response
