"""Reports are written once for all the tests that read them; LibreOffice opens what it is given."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils import translation

from reports.document import Document
from scoring.service import current_facts
from tests.reports.samples import basin_document, hostile_document

LIBREOFFICE_SECONDS = 120
Convert = Callable[..., bytes]


@pytest.fixture
def french() -> Iterator[None]:
    with translation.override("fr"):
        yield


@pytest.fixture(params=["basin", "hostile"])
def document(request: pytest.FixtureRequest, db: None, french: None) -> Document:
    """Return the report of a basin, then one of texts and numbers that would break a careless file."""
    return basin_document(current_facts()) if request.param == "basin" else hostile_document()


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Return a function that has LibreOffice open bytes and write them in another form; fails where it complains."""
    profile = tmp_path_factory.mktemp("office")

    def convert(content: bytes, suffix: str, to: str, *, reading: str = "") -> bytes:
        folder = Path(tmp_path_factory.mktemp("converted"))
        source = folder / f"source.{suffix}"
        source.write_bytes(content)
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", to]
        command += [f"--infilter={reading}"] if reading else []
        target = folder / "out"
        subprocess.run(
            [*command, "--outdir", str(target), str(source)],
            check=True,
            capture_output=True,
            timeout=LIBREOFFICE_SECONDS,
        )
        return (target / f"source.{to.partition(':')[0]}").read_bytes()

    return convert
