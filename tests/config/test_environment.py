"""Settings from the environment: right ones are taken, wrong ones name themselves."""

import subprocess
import sys
from pathlib import Path

import pytest

from answerable.config import environment
from answerable.config.environment import WrongSetting


@pytest.mark.parametrize(("said", "meant"), [("yes", True), ("0", False), ("", True), ("OFF", False)])
def test_a_flag_is_read(monkeypatch, said, meant):
    monkeypatch.setenv("ANSWERABLE_X", said)
    assert environment.flag("ANSWERABLE_X", default=True) is meant


def test_a_flag_that_is_neither_yes_nor_no_names_itself(monkeypatch):
    monkeypatch.setenv("ANSWERABLE_X", "perhaps")
    with pytest.raises(WrongSetting, match="ANSWERABLE_X must be yes or no, not 'perhaps'"):
        environment.flag("ANSWERABLE_X", default=True)


def test_a_number_that_is_none_names_itself(monkeypatch):
    monkeypatch.setenv("ANSWERABLE_X", "many")
    with pytest.raises(WrongSetting, match="whole number"):
        environment.number("ANSWERABLE_X", 3)


def test_without_an_address_the_database_is_embedded_in_the_data_folder():
    database = environment.database("", Path("/data"))
    assert (database["ENGINE"], database["NAME"]) == ("django.db.backends.sqlite3", "/data/answerable.sqlite3")


@pytest.mark.parametrize(
    ("address", "path"), [("sqlite:///here.db", "here.db"), ("sqlite:////var/there.db", "/var/there.db")]
)
def test_an_address_of_a_file_is_taken_as_it_is_written(address, path):
    assert environment.database(address, Path("/data"))["NAME"] == path


def test_an_address_of_a_server_is_taken_apart():
    database = environment.database("postgresql://me:p%40ss@db.example:6543/name?sslmode=require", Path("/data"))
    parts = {"NAME": "name", "USER": "me", "PASSWORD": "p@ss", "HOST": "db.example", "PORT": "6543"}
    assert {key: database[key] for key in parts} == parts
    assert database["OPTIONS"] == {"sslmode": "require"}


def test_an_address_of_another_kind_names_the_setting():
    with pytest.raises(WrongSetting, match="DATABASE_URL"):
        environment.database("mysql://x", Path("/data"))


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    first = environment.kept_secret(tmp_path / "kept" / "secret")
    assert environment.kept_secret(tmp_path / "kept" / "secret") == first
    assert (tmp_path / "kept" / "secret").stat().st_mode & 0o777 == 0o600


def test_half_a_secret_is_not_used(tmp_path):
    (tmp_path / "secret").write_text("short")
    with pytest.raises(WrongSetting, match="whole secret"):
        environment.kept_secret(tmp_path / "secret")


@pytest.mark.parametrize(
    ("name", "said", "sentence"),
    [
        ("ANSWERABLE_DEBUG", "perhaps", "ANSWERABLE_DEBUG must be yes or no"),
        ("DATABASE_URL", "mysql://x", "DATABASE_URL must begin with"),
    ],
)
def test_a_wrong_setting_stops_the_command_with_one_sentence(tmp_path, monkeypatch, name, said, sentence):
    monkeypatch.setenv("ANSWERABLE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "answerable.config.settings")
    monkeypatch.setenv(name, said)
    words = [sys.executable, "-m", "answerable.cli", "migrate"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"answerable: {sentence}")
    assert len(done.stderr.splitlines()) == 1
