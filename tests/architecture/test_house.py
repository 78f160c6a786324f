"""The order of the house, where the import linter cannot see it."""

import ast
import re
from pathlib import Path

import django
import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "answerable"
ORDER = ["foundation", "reference", "ledger", "engine", "documents", "people", "notices", "consultations", "synthesis"]
ORDER += ["publish", "web", "config", "demo", "cli"]


def python_files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts]


def own_models():
    return [model for model in apps.get_models() if model.__module__.startswith("answerable.")]


def test_relations_point_only_back_up_the_list():
    wrong = []
    for model in own_models():
        here = ORDER.index(model._meta.app_label)
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if target is None or field.auto_created or not target.__module__.startswith("answerable."):
                continue
            if ORDER.index(target._meta.app_label) > here:
                wrong.append(f"{model._meta.label}.{field.name} -> {target._meta.label}")
    assert wrong == []


def test_every_personal_model_has_an_eraser():
    from answerable.people.erasure import registered_erasers

    personal = {model._meta.label for model in own_models() if getattr(model, "is_personal", False)}
    assert personal - set(registered_erasers()) == set()


@pytest.mark.parametrize("room", ["engine", "documents", "foundation"])
def test_rooms_without_django_do_not_import_it(room):
    wrong = []
    for path in python_files(PACKAGE / room):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            wrong += [f"{path.name}: {name}" for name in names if name.split(".")[0] == "django"]
    assert wrong == []


def test_templates_hold_no_inline_style_script_or_handler():
    bad = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)|javascript:", re.IGNORECASE)
    pages = [path for path in PACKAGE.rglob("*.html") if "templates" in path.parts]
    assert pages
    assert [f"{p.relative_to(PACKAGE)}: {m.group()}" for p in pages for m in bad.finditer(p.read_text("utf-8"))] == []


def test_templates_stay_short():
    pages = [path for path in PACKAGE.rglob("*.html") if "templates" in path.parts]
    assert [(p.name, n) for p in pages if (n := len(p.read_text("utf-8").splitlines())) > 140] == []


def test_no_file_is_longer_than_600_lines():
    files = [*python_files(PACKAGE), *python_files(ROOT / "tests"), *python_files(ROOT / "bench")]
    assert [(str(p), n) for p in files if (n := len(p.read_text("utf-8").splitlines())) > 600] == []


def test_nothing_is_left_unfinished():
    marks = re.compile(
        r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]) + r")\b|Not" + "ImplementedError"
    )
    files = [*python_files(PACKAGE), *python_files(ROOT / "tests"), *python_files(ROOT / "bench")]
    assert [str(p) for p in files if marks.search(p.read_text("utf-8"))] == []


def test_every_setting_is_documented():
    named = set(
        re.findall(r'"((?:ANSWERABLE_|DATABASE_)[A-Z_]+)"', (PACKAGE / "config" / "settings.py").read_text("utf-8"))
    )
    assert named
    documented = (ROOT / "docs" / "reference" / "settings.md").read_text("utf-8")
    assert {name for name in named if f"`{name}`" not in documented} == set()


def test_every_ledger_kind_is_documented():
    kinds = set()
    for path in PACKAGE.glob("*/log_types.py"):
        kinds |= set(re.findall(r'= "([a-z_]+\.[a-z_]+)"', path.read_text("utf-8")))
    assert kinds
    documented = (ROOT / "docs" / "reference" / "record_kinds.md").read_text("utf-8")
    assert {kind for kind in kinds if f"`{kind}`" not in documented} == set()


def test_every_command_is_documented():
    from typer.main import get_command

    from answerable.cli.main import app

    documented = (ROOT / "docs" / "reference" / "commands.md").read_text("utf-8")
    assert {name for name in get_command(app).commands if f"answerable {name}" not in documented} == set()


def test_django_is_the_long_term_release():
    assert django.VERSION[:2] == (5, 2)
    assert settings.AUTH_USER_MODEL == "people.Person"
