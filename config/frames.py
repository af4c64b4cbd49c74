"""Who may show a page of the site in a frame: nobody, but for the pages made for it, under `/embed/`."""

import re

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse

from explorer.embed_address import is_embed

ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9.-]+(:\d{1,5})?")
# An embed needs no script, and what it draws is ours.
POLICY = (
    "default-src 'none'; img-src 'self' data:; font-src 'self'; style-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors {ancestors}"
)


def read_ancestors(text: str) -> str:
    """Return the sites allowed to show embeds, as a policy writes them; raises `ImproperlyConfigured`."""
    sites = text.split()
    if sites == ["*"]:
        return "*"
    for one in sites:
        if not ORIGIN.fullmatch(one):
            raise ImproperlyConfigured(
                f"BASSINS_FRAME_ANCESTORS : « {one} » n'est pas un site. Écrivez * pour tous, ou des sites séparés "
                "par des espaces : https://www.exemple.fr https://*.exemple.org"
            )
    return " ".join(sites) or "'none'"


def let_be_framed(request: HttpRequest, response: HttpResponse) -> None:
    """Let a page made for frames be shown in those of other sites; leave the others alone."""
    if not is_embed(request):
        return
    ancestors = read_ancestors(settings.FRAME_ANCESTORS)
    response.headers["Content-Security-Policy"] = POLICY.format(ancestors=ancestors)
    # For the sites that isolate themselves: without it, their frames stay empty.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    # It knows no list of sites: the policy above is what browsers read.
    del response.headers["X-Frame-Options"]
