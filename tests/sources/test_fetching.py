import json

import pytest

from sources.fetching import FetchError, check_address, fetch_file, part_of
from tests.sources.file_server import Served, never_wait, serving

CONTENT = b"code;nom\n" + b"".join(b"%05d;Commune\n" % number for number in range(3000))


@pytest.fixture
def target(tmp_path):
    return tmp_path / "jeu_2026.csv"


def fetched(served, target, **options):
    waits, wait = never_wait()
    with serving(served) as address:
        arrived = fetch_file(address, target, wait=wait, **options)
    return arrived, waits


def test_a_file_comes_whole_beside_its_name(target):
    arrived, waits = fetched(Served(CONTENT), target)
    assert part_of(target).read_bytes() == CONTENT
    assert not target.exists()
    assert (arrived.size, arrived.etag, waits) == (len(CONTENT), '"v1"', [])


def test_a_cut_transfer_goes_on_where_it_stopped(target):
    served = Served(CONTENT, cut_after=[1000, 500])
    _arrived, waits = fetched(served, target)
    assert part_of(target).read_bytes() == CONTENT
    assert [one.get("range") for one in served.asked] == [None, "bytes=1000-", "bytes=1500-"]
    assert served.asked[1]["if-range"] == '"v1"'
    assert len(waits) == 2


def test_another_run_takes_up_what_an_earlier_one_left(target):
    served = Served(CONTENT, cut_after=[1000, 0, 0, 0])
    with serving(served) as address:
        with pytest.raises(FetchError, match="reprendra où il s'est arrêté"):
            fetch_file(address, target, wait=lambda _s: None)
        assert part_of(target).stat().st_size == 1000
        fetch_file(address, target, wait=lambda _s: None)
    assert part_of(target).read_bytes() == CONTENT
    assert served.asked[-1]["range"] == "bytes=1000-"


def test_a_new_version_starts_again(target):
    newer = CONTENT.replace(b"Commune", b"Ville")
    served = Served(CONTENT, cut_after=[1000, 0, 0, 0])
    with serving(served) as address:
        with pytest.raises(FetchError):
            fetch_file(address, target, wait=lambda _s: None)
        served.content, served.etag = newer, '"v2"'
        fetch_file(address, target, wait=lambda _s: None)
    assert part_of(target).read_bytes() == newer


def test_the_mark_of_a_new_version_never_stands_beside_what_an_older_one_left(target, monkeypatch):
    served = Served(CONTENT, cut_after=[1000, 0, 0, 0])
    with serving(served) as address:
        with pytest.raises(FetchError):
            fetch_file(address, target, wait=lambda _s: None)
        served.content, served.etag = CONTENT.replace(b"Commune", b"Ville"), '"v2"'
        monkeypatch.setattr("sources.fetching.part_of", stop_after_the_notes(target))
        with pytest.raises(KeyboardInterrupt):
            fetch_file(address, target, wait=lambda _s: None)
        monkeypatch.undo()
        fetch_file(address, target, wait=lambda _s: None)
    assert part_of(target).read_bytes() == served.content


def stop_after_the_notes(target):
    """Return `part_of`, killed once the mark of the second version is written."""
    notes = part_of(target).with_name(f"{target.name}.part.json")

    def stopping(path):
        if notes.exists() and "v2" in notes.read_text(encoding="utf-8"):
            raise KeyboardInterrupt
        return part_of(path)

    return stopping


@pytest.mark.parametrize(
    "served", [Served(CONTENT, etag="", cut_after=[1000]), Served(CONTENT, ranges=False, cut_after=[1000])]
)
def test_what_cannot_be_resumed_is_taken_again_whole(target, served):
    fetched(served, target)
    assert part_of(target).read_bytes() == CONTENT


def test_the_date_stands_for_a_missing_or_weak_mark(target):
    served = Served(CONTENT, etag='W/"v1"', headers={"Last-Modified": "Tue, 01 Sep 2026 00:00:00 GMT"}, cut_after=[9])
    fetched(served, target)
    assert served.asked[1]["if-range"] == "Tue, 01 Sep 2026 00:00:00 GMT"


def test_the_remains_of_another_address_are_not_used(target):
    part_of(target).write_bytes(b"other")
    part_of(target).with_name(f"{target.name}.part.json").write_text(
        json.dumps({"address": "https://example.org/x", "validator": '"v1"'})
    )
    served = Served(CONTENT)
    fetched(served, target)
    assert "range" not in served.asked[0]
    assert part_of(target).read_bytes() == CONTENT


def test_a_short_body_is_never_taken_for_the_whole(target):
    with pytest.raises(FetchError, match="transfert interrompu"):
        fetched(Served(CONTENT, length=len(CONTENT) + 1), target)
    assert not target.exists()


@pytest.mark.parametrize(("status", "message"), [(404, "réponse 404. L'adresse a changé"), (403, "Accès refusé")])
def test_what_will_not_come_is_said_at_once(target, status, message):
    with pytest.raises(FetchError, match=message):
        fetched(Served(CONTENT, statuses=[status]), target)


def test_a_passing_failure_is_tried_again(target):
    served = Served(CONTENT, statuses=[503, 500, 429])
    _arrived, waits = fetched(served, target)
    assert part_of(target).read_bytes() == CONTENT
    assert waits == sorted(waits) and len(waits) == 3
    with pytest.raises(FetchError, match="réponse 500"):
        fetched(Served(CONTENT, statuses=[500] * 4), target)


def test_a_range_refused_starts_again(target):
    served = Served(CONTENT, cut_after=[1000])
    with serving(served) as address:
        served.statuses = []
        waits, wait = never_wait()

        def refuse_next(seconds):
            wait(seconds)
            if len(waits) == 1:
                served.statuses = [416]

        fetch_file(address, target, wait=refuse_next)
    assert part_of(target).read_bytes() == CONTENT
    assert "range" not in served.asked[-1]


def test_redirections_follow_the_rule_of_addresses(target):
    for location in ("ftp://127.0.0.1/x", "file:///etc/passwd", "http://example.org/x", "https://10.0.0.1/x"):
        with pytest.raises(FetchError, match="redirection"):
            fetched(Served(CONTENT, statuses=[302], location=location), target)
    served = Served(CONTENT, statuses=[302], location="/elsewhere.csv")
    fetched(served, target)
    assert part_of(target).read_bytes() == CONTENT


@pytest.mark.parametrize(
    "address",
    ["http://www.insee.fr/x", "ftp://insee.fr/x", "file:///x", "https://192.168.0.1/x", "https://[::1]/x", ""],
)
def test_addresses_are_https_to_a_named_host(address):
    with pytest.raises(FetchError):
        check_address(address)


def test_a_public_address_never_leads_to_loopback():
    with pytest.raises(FetchError, match="https"):
        check_address("http://127.0.0.1:80/x", origin="https://www.insee.fr/x")
    check_address("https://www.insee.fr/x")


def test_too_large_a_file_is_refused_announced_or_not(target):
    with pytest.raises(FetchError, match=f"{len(CONTENT)} octets, plus que les 1000"):
        fetched(Served(CONTENT), target, max_bytes=1000)
    with pytest.raises(FetchError, match=": plus que les 1000"):
        fetched(Served(CONTENT, says_length=False), target, max_bytes=1000)


def test_a_packed_answer_is_refused(target):
    with pytest.raises(FetchError, match="compressé"):
        fetched(Served(CONTENT, headers={"Content-Encoding": "gzip"}), target)


def test_a_full_disk_is_said_and_can_be_taken_up_later(target, monkeypatch):
    import errno

    from sources import fetching

    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(fetching.os, "fsync", full)
        with pytest.raises(FetchError, match="No space left on device.*Libérez de la place"):
            fetched(Served(CONTENT), target)
    assert not target.exists()


def test_a_closed_port_is_said(target):
    with serving(Served(CONTENT)) as address:
        pass
    with pytest.raises(FetchError, match="Relancez|connexion"):
        fetch_file(address, target, wait=lambda _s: None)
