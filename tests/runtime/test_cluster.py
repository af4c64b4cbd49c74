"""The private cluster lets in nobody but us, and knows its own server from a namesake."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import dj_database_url
import pytest

from config.setup import cluster_files
from config.setup.binaries import versions
from config.setup.cluster import Cluster, is_running, remove_stale_pid, url
from config.setup.steps import Failure


def cluster_in(folder: Path) -> Cluster:
    return Cluster(folder, folder / "socket", server_user="postgres", client_user="root", durable=True)


def test_identity_map_gives_each_system_user_each_role_and_nothing_else() -> None:
    text = cluster_files.identity_map({"root", "postgres"}, ("bassins", "postgres"))
    assert text.splitlines() == [
        'bassins "postgres" "bassins"',
        'bassins "postgres" "postgres"',
        'bassins "root" "bassins"',
        'bassins "root" "postgres"',
    ]


def test_access_is_by_the_socket_and_the_map_alone() -> None:
    rules = [line.split() for line in cluster_files.ACCESS.splitlines() if not line.startswith("#")]
    assert rules == [["local", "all", "all", "peer", f"map={cluster_files.MAP_NAME}"]]
    assert "trust" not in cluster_files.ACCESS


def test_the_server_listens_to_no_network_and_keeps_what_it_wrote() -> None:
    lines = cluster_files.configuration(Path("/tmp/it's here"), durable=True).splitlines()
    assert "listen_addresses = ''" in lines
    assert "unix_socket_directories = '/tmp/it''s here'" in lines
    assert "fsync = on" in lines


def test_only_a_throw_away_cluster_is_not_durable() -> None:
    assert "fsync = off" in cluster_files.configuration(Path("/tmp/s"), durable=False).splitlines()


def test_the_address_names_the_socket_whatever_its_letters(tmp_path: Path) -> None:
    cluster = cluster_in(tmp_path / "Déjà vu")
    parsed = dj_database_url.parse(url(cluster, "bassins"))
    assert unquote(parsed["HOST"]) == str(cluster.socket)
    assert (parsed["NAME"], parsed["USER"], parsed["PORT"]) == ("bassins", "bassins", "")


def test_a_pid_that_is_now_somebody_else_is_not_our_server(tmp_path: Path) -> None:
    cluster = cluster_in(tmp_path)
    cluster.data.mkdir()
    assert not is_running(cluster)
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.data}\n")
    assert not is_running(cluster)
    remove_stale_pid(cluster)
    assert not (cluster.data / "postmaster.pid").exists()


def test_a_dead_pid_is_left_to_postgresql_which_looks_for_orphans(tmp_path: Path) -> None:
    cluster = cluster_in(tmp_path)
    cluster.data.mkdir()
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    (cluster.data / "postmaster.pid").write_text(f"{process.pid}\n{cluster.data}\n")
    remove_stale_pid(cluster)
    assert (cluster.data / "postmaster.pid").exists()


def test_a_process_started_on_the_data_folder_is_our_server(tmp_path: Path) -> None:
    cluster = cluster_in(tmp_path)
    cluster.data.mkdir()
    wait = "import sys; print('ready', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", wait, "-D", str(cluster.data)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stdout.readline() == b"ready\n"
        (cluster.data / "postmaster.pid").write_text(f"{process.pid}\n{cluster.data}\n")
        assert is_running(cluster)
        remove_stale_pid(cluster)
        assert (cluster.data / "postmaster.pid").exists()
        process.communicate()
    assert not is_running(cluster)


def test_a_link_in_place_of_the_socket_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "socket").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Failure, match="prendre le dossier"):
        cluster_files.refuse_foreign(tmp_path / "socket", "root")


def test_old_servers_and_servers_without_postgis_are_not_taken(tmp_path: Path) -> None:
    for version in ("14", "15", "16", "17", "common"):
        (tmp_path / "lib" / version / "bin").mkdir(parents=True)
        (tmp_path / "lib" / version / "bin" / "initdb").touch()
    for version in ("14", "15", "17"):
        (tmp_path / "share" / version / "extension").mkdir(parents=True)
        (tmp_path / "share" / version / "extension" / "postgis.control").touch()
    assert versions(tmp_path / "lib", tmp_path / "share") == [17, 15]
