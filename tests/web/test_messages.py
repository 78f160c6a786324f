"""The interface is whole in six languages: every message of code and templates is said in each, and compiled."""

import re
from io import BytesIO

import pytest
from babel.messages.mofile import read_mo, write_mo

from answerable.web import messages

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def words_in(file):
    """Return what a compiled file says, without the heading, which names the moment it was written."""
    return {(str(message.id), message.context): str(message.string) for message in read_mo(file) if message.id}


@pytest.fixture(scope="module")
def found():
    return messages.extract()


def test_messages_are_found_in_code_and_templates(found):
    said = {message.id for message in found}
    assert {"Agree", "Skip to the content", "Your draft is saved. Only you see it."} <= said
    assert any(isinstance(message, tuple) for message in said)


@pytest.mark.parametrize("locale", messages.languages())
def test_every_message_is_said_in_the_language(found, locale):
    assert messages.missing(messages.read_catalog(locale), found) == []


@pytest.mark.parametrize("locale", messages.languages())
def test_every_translation_keeps_the_places_for_names_and_numbers(locale):
    wrong = []
    for message in messages.read_catalog(locale):
        forms = message.string if isinstance(message.string, list | tuple) else [message.string]
        sources = message.id if isinstance(message.id, list | tuple) else [message.id]
        allowed = {name for source in sources for name in PLACEHOLDER.findall(source)}
        if message.id and any(set(PLACEHOLDER.findall(form)) - allowed for form in forms):
            wrong.append(message.id)
    assert wrong == []


@pytest.mark.parametrize("locale", messages.languages())
def test_the_compiled_file_is_the_one_of_these_words(locale):
    compiled = BytesIO()
    write_mo(compiled, messages.read_catalog(locale))
    compiled.seek(0)
    with messages.po_file(locale).with_suffix(".mo").open("rb") as file:
        assert words_in(file) == words_in(compiled)


def test_a_message_without_a_translation_is_noticed(found):
    catalog = messages.read_catalog("fr")
    catalog.delete("Agree")
    assert "Agree" in messages.missing(catalog, found)


def test_updating_one_language_says_nothing_in_another(monkeypatch, tmp_path):
    monkeypatch.setattr(messages, "FOLDER", tmp_path)
    kept = messages.po_file("fr")
    kept.parent.mkdir(parents=True)
    kept.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Agree"\nmsgstr "D’accord"\n', "utf-8"
    )
    lacking = messages.update()
    assert messages.read_catalog("fr").get("Agree").string == "D’accord"
    assert messages.read_catalog("es").get("Agree").string == ""
    assert lacking["es"] == lacking["fr"] + 1
