"""Memory that workers keep: set where the C library can, and no error where it cannot."""

import ctypes
import platform

import pytest

from answerable.engine.cluster.allocation import keep_freed_memory


@pytest.fixture(autouse=True)
def _asked_anew():
    keep_freed_memory.cache_clear()
    yield
    keep_freed_memory.cache_clear()


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="Only glibc has these thresholds.")
def test_freed_memory_is_kept_with_glibc():
    assert keep_freed_memory() is True


def test_nothing_is_set_where_the_c_library_has_no_thresholds(monkeypatch):
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: object())
    assert keep_freed_memory() is False


def test_nothing_is_set_where_no_c_library_is_found(monkeypatch):
    def refuse(_name):
        raise OSError("no library")

    monkeypatch.setattr(ctypes, "CDLL", refuse)
    assert keep_freed_memory() is False
