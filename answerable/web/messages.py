"""The catalogue of words to translate: read from code and templates, kept as .po, compiled to .mo with Babel alone."""

from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.template import Engine
from django.template.base import FilterExpression, Node, Template
from django.template.defaulttags import IfNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

PACKAGE = Path(__file__).resolve().parent.parent
FOLDER = PACKAGE / "web" / "locale"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
Message = tuple[str | tuple[str, str], str | None, str]


def languages() -> list[str]:
    """Return the locale names that are translated into, as folders are named, such as ``zh_Hans``."""
    return [_folder_name(code) for code, _name in settings.LANGUAGES if code != "en"]


def _folder_name(code: str) -> str:
    base, _dash, script = code.partition("-")
    return f"{base}_{script.title()}" if script else base


def extract() -> Catalog:
    """Return every message of the package, each with the files it stands in, in order of file."""
    catalog = Catalog(project="Answerable", fuzzy=False)
    for message, context, place in [*_from_python(), *_from_templates()]:
        catalog.add(message, locations=[(place, 0)], context=context)
    return catalog


def _from_python() -> Iterator[Message]:
    for path in sorted(PACKAGE.rglob("*.py")):
        place = str(path.relative_to(PACKAGE.parent))
        source = BytesIO(path.read_bytes())
        for _line, called, said, _comments in extract_python(source, KEYWORDS, [], {"encoding": "utf-8"}):
            function = str(called)
            words = [said] if isinstance(said, str) else [word for word in said if isinstance(word, str)]
            if words and function.startswith("ngettext"):
                yield (words[0], words[1]), None, place
            elif words and function.startswith("pgettext"):
                yield words[1], words[0], place
            elif words:
                yield words[0], None, place


def _from_templates() -> Iterator[Message]:
    engine = Engine.get_default()
    for path in sorted([*PACKAGE.rglob("templates/**/*.html"), *PACKAGE.rglob("templates/**/*.txt")]):
        place = str(path.relative_to(PACKAGE.parent))
        template = Template(path.read_text("utf-8"), engine=engine, name=place)
        for node in _all_nodes(template.nodelist):
            for message, context in _said_by(node):
                yield message, context, place


def _all_nodes(nodes: object) -> Iterator[Node]:
    for node in nodes:  # type: ignore[attr-defined]  # a node list, or a plain list of nodes
        yield node
        if isinstance(node, IfNode):
            for _condition, inner in node.conditions_nodelists:
                yield from _all_nodes(inner)
            continue
        for name in (*node.child_nodelists, "nodelist_empty", "plural_nodes"):
            yield from _all_nodes(getattr(node, name, None) or [])


def _said_by(node: Node) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    if isinstance(node, TranslateNode):
        text = node.filter_expression.var
        constant = getattr(text, "literal", text)
        context = _context_of(node)
        if isinstance(constant, str) and getattr(text, "lookups", None) is None:
            yield constant, context
    elif isinstance(node, BlockTranslateNode):
        singular, _vars = node.render_token_list(node.singular)
        context = _context_of(node)
        if node.trimmed:
            singular = " ".join(line.strip() for line in singular.strip().splitlines())
        if node.plural and node.countervar:
            plural, _vars = node.render_token_list(node.plural)
            yield (singular, " ".join(plural.split()) if node.trimmed else plural), context
        else:
            yield singular, context
    yield from _in_expressions(node)


def _context_of(node: Node) -> str | None:
    literal = getattr(getattr(getattr(node, "message_context", None), "var", None), "literal", None)
    return literal if isinstance(literal, str) else None


def _in_expressions(node: Node) -> Iterator[tuple[str, None]]:
    for value in vars(node).values():
        held = value.values() if isinstance(value, dict) else [value]
        for expression in held:
            variable = getattr(expression, "var", None) if isinstance(expression, FilterExpression) else None
            literal = getattr(variable, "literal", None)
            if getattr(variable, "translate", False) and isinstance(literal, str):
                yield literal, None


def po_file(locale: str) -> Path:
    """Return where the messages of a locale are kept."""
    return FOLDER / locale / "LC_MESSAGES" / "django.po"


def read_catalog(locale: str) -> Catalog:
    """Return the kept messages of a locale; empty when there are none yet."""
    path = po_file(locale)
    if not path.exists():
        return Catalog(locale=locale, project="Answerable", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def update() -> dict[str, int]:
    """Bring each .po up to date with the code and compile it; returns how many messages each still lacks."""
    found = extract()
    lacking = {}
    for locale in languages():
        catalog = read_catalog(locale)
        # Updating writes into the messages it is given, so each language gets its own.
        catalog.update(deepcopy(found), no_fuzzy_matching=True)
        catalog.obsolete.clear()
        path = po_file(locale)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, width=110, sort_output=True, omit_header=False, no_location=True)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)
        lacking[locale] = len(missing(catalog, found))
    return lacking


def missing(catalog: Catalog, found: Catalog) -> list[str]:
    """Return the messages of the code that a catalogue does not say in every form its language needs."""
    lacking = []
    for message in found:
        if not message.id:
            continue
        kept = catalog.get(message.id, message.context)
        said = kept.string if kept else ""
        forms = said if isinstance(said, list | tuple) else [said]
        needed = catalog.num_plurals if message.pluralizable else 1
        if not kept or kept.fuzzy or len([form for form in forms if form]) < needed:
            lacking.append(str(message.id))
    return lacking
