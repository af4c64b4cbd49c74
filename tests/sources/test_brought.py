import hashlib
import io
import json
import zipfile
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from sources.apps import discover_datasets
from sources.brought import Address, addresses, bring, changed_since_brought, ledger
from sources.fetching import FetchError, check_address
from sources.management.commands.ingest import find_file
from sources.registry import DATASETS
from tests.sources.file_server import Served, serving

CONTENT = b"REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE\n24,45234,2,A,A,Centre\n"
NAME = "insee-regions_2026.csv"


@pytest.fixture
def dataset():
    discover_datasets()
    return DATASETS["insee-regions"]


def brought(dataset, content, folder, *, force=False, served=None, **facts):
    with serving(served or Served(content)) as address:
        return bring(dataset, Address(address, "2026", "csv", **facts), folder, force=force, wait=lambda _s: None)


def test_a_file_is_brought_under_the_name_that_ingest_looks_for(dataset, tmp_path):
    brought(dataset, CONTENT, tmp_path)
    assert find_file(dataset, tmp_path) == tmp_path / NAME
    assert (tmp_path / NAME).read_bytes() == CONTENT
    entry = ledger(tmp_path)[NAME]
    assert (entry["sha256"], entry["size"]) == (hashlib.sha256(CONTENT).hexdigest(), len(CONTENT))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fetch.json", NAME]


def test_twice_is_once_unless_forced(dataset, tmp_path):
    brought(dataset, CONTENT, tmp_path)
    served = Served(b"newer;content\n")
    assert "déjà là" in brought(dataset, b"", tmp_path, served=served)
    assert served.asked == []
    brought(dataset, b"", tmp_path, served=served, force=True)
    assert (tmp_path / NAME).read_bytes() == b"newer;content\n"


def test_a_file_changed_behind_our_back_is_noticed_and_not_overwritten(dataset, tmp_path):
    brought(dataset, CONTENT, tmp_path)
    assert not changed_since_brought(tmp_path / NAME)
    (tmp_path / NAME).write_bytes(CONTENT + b"x")
    assert changed_since_brought(tmp_path / NAME)
    with pytest.raises(FetchError, match="a changé depuis"):
        brought(dataset, CONTENT, tmp_path)
    (tmp_path / "fetch.json").unlink()
    with pytest.raises(FetchError, match="sans avoir été téléchargé"):
        brought(dataset, CONTENT, tmp_path)


@pytest.mark.parametrize(
    ("content", "facts", "message"),
    [
        (CONTENT, {"sha256": "0" * 64}, "empreinte"),
        (b"<!DOCTYPE html><p>Maintenance", {}, "page web"),
        (b"", {}, "vide"),
        (CONTENT, {"member": "*.csv"}, "archive abîmée"),
    ],
)
def test_what_is_not_the_file_is_not_kept(dataset, tmp_path, content, facts, message):
    with pytest.raises(FetchError, match=message):
        brought(dataset, content, tmp_path, **facts)
    assert list(tmp_path.iterdir()) == []


def test_a_failed_renewal_leaves_the_older_file(dataset, tmp_path):
    brought(dataset, CONTENT, tmp_path)
    with pytest.raises(FetchError, match="404"):
        brought(dataset, b"", tmp_path, served=Served(b"", statuses=[404]), force=True)
    assert (tmp_path / NAME).read_bytes() == CONTENT
    assert not changed_since_brought(tmp_path / NAME)


def test_the_wanted_member_of_an_archive_is_taken(dataset, tmp_path):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("folder/v_region_2026.csv", CONTENT)
        opened.writestr("readme.txt", "x")
    brought(dataset, archive.getvalue(), tmp_path, member="v_region*.csv")
    assert (tmp_path / NAME).read_bytes() == CONTENT
    assert ledger(tmp_path)[NAME]["sha256"] == hashlib.sha256(CONTENT).hexdigest()


def test_every_address_is_of_a_registered_data_set_and_safe(dataset):
    assert set(addresses()) <= set(DATASETS)
    for where in addresses().values():
        check_address(where.address)
        assert where.vintage and where.extension


def test_the_command_rehearses_brings_and_says_what_to_do_by_hand(dataset, tmp_path, monkeypatch, capsys):
    by_hand = replace(dataset, slug="own-regions", page="https://example.org/regions", patterns=("own*.csv",))
    monkeypatch.setattr(
        "sources.management.commands.ingest.DATASETS", {"insee-regions": dataset, "own-regions": by_hand}
    )
    with serving(Served(CONTENT)) as address:
        known = {"insee-regions": Address(address, "2026", "csv")}
        monkeypatch.setattr("sources.management.commands.fetch.addresses", lambda: known)
        call_command("fetch", "all", data=tmp_path, dry_run=True, skip_checks=True)
        assert list(tmp_path.iterdir()) == []
        call_command("fetch", "all", data=tmp_path, skip_checks=True)
    output = capsys.readouterr().out
    assert (tmp_path / NAME).read_bytes() == CONTENT
    assert f"{address} -> {tmp_path / NAME}" in output
    assert "own-regions : à télécharger à la main" in output
    assert "https://example.org/regions ; nommez le fichier own*.csv" in output


def test_the_command_goes_on_and_ends_in_error(dataset, tmp_path, monkeypatch, capsys):
    with serving(Served(CONTENT, statuses=[404])) as address:
        other = replace(dataset, slug="a-regions")
        monkeypatch.setattr(
            "sources.management.commands.ingest.DATASETS", {"a-regions": other, "insee-regions": dataset}
        )
        known = {slug: Address(address, "2026", "csv") for slug in ("a-regions", "insee-regions")}
        monkeypatch.setattr("sources.management.commands.fetch.addresses", lambda: known)
        with pytest.raises(CommandError, match="non téléchargés : a-regions"):
            call_command("fetch", "all", data=tmp_path, skip_checks=True)
    assert "réponse 404" in capsys.readouterr().err
    assert list(json.loads((tmp_path / "fetch.json").read_text())) == [NAME]
