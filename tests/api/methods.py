"""What an address that is only read answers to other methods, from a client without any token."""

from django.test import Client

from api.problems import PROBLEM_TYPE

WRITING = ("POST", "PUT", "PATCH", "DELETE", "FOO")


def only_read(address: str, media_type: str = PROBLEM_TYPE) -> None:
    """Check that every other method is refused as such, with those accepted, and OPTIONS told them."""
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "fr"})
    for method in WRITING:
        refused = strict.generic(method, address)
        assert (refused.status_code, refused.headers["Content-Type"]) == (405, media_type), method
        assert refused.headers["Allow"] == "GET, HEAD, OPTIONS"
        assert f"La méthode {method}" in (
            refused.json()["detail"] if media_type == PROBLEM_TYPE else refused.content.decode()
        )
    told = strict.options(address)
    assert (told.status_code, told.content, told.headers["Allow"]) == (204, b"", "GET, HEAD, OPTIONS")
