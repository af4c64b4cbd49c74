"""The variables handed to the site, and its key."""

import stat
from pathlib import Path

import pytest

from config.setup.environment import ensure_secret_key, site_environment
from config.setup.places import Places


def test_the_key_is_private_long_and_kept(tmp_path: Path) -> None:
    key = tmp_path / "state" / "secret_key"
    ensure_secret_key(key)
    text = key.read_text()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(text) > 50 and len(set(text)) > 10
    ensure_secret_key(key)
    assert key.read_text() == text
    assert [path.name for path in key.parent.iterdir()] == ["secret_key"]


def test_what_the_user_has_set_for_another_database_is_not_inherited(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("PGHOST", "PGOPTIONS", "DJANGO_SETTINGS_MODULE", "BASSINS_TEST_TEMPLATE"):
        monkeypatch.setenv(name, "elsewhere")
    monkeypatch.setenv("DATABASE_URL", "postgis://elsewhere/prod")
    monkeypatch.setenv("LOG_LEVEL", "INFO")
    places = Places(checkout=tmp_path, state=tmp_path / ".state" / "test")
    variables = site_environment(places, "postgis://here/test")
    assert "elsewhere" not in variables.values()
    assert variables["DATABASE_URL"] == "postgis://here/test"
    assert variables["BASSINS_LOOPBACK"] == "1"
    assert variables["LOG_LEVEL"] == "INFO"
