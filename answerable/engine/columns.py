"""Find out which column of a table holds what: by its name in several languages, else by what is in it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from answerable.engine.tables import ReadingError, Table, listed_columns
from answerable.engine.writing_systems import fold, word_count

_SAMPLE_ROWS = 300
_LEAST_WORDS, _LEAST_DISTINCT = 3.0, 0.5
_LEAST_WORDS_OF_A_NAMED_TEXT = 1.5
_NOT_LETTERS = re.compile(r"[\W_]+")
_MOMENT = re.compile(
    r"\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}"
    r"([T ]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|UTC|[AaPp][Mm]|[-+]\d{2}:?\d{2})?)?\s*"
)
_ADDRESS = re.compile(r"\s*([a-z]+://|www\.)\S+\s*", re.IGNORECASE)

# Names are compared folded and without spaces or marks; the earlier in a list, the surer.
_NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "txt", "contribution", "contributiontext", "commentbody", "comment", "comments", "argument",
        "statement",
        "response", "answer", "body", "content", "message", "feedback", "submission", "proposal", "description",
        "opinion", "input", "idea", "contribución", "comentario", "respuesta", "texto", "propuesta", "commentaire",
        "réponse", "texte", "proposition", "beitrag", "kommentar", "antwort", "stellungnahme", "contributo",
        "contribuição", "resposta", "вклад", "комментарий", "текст", "ответ", "предложение", "مساهمة", "المساهمة",
        "نص", "النص", "تعليق", "التعليق", "意见", "意見", "内容", "內容", "评论", "評論", "文本", "回答",
        "建议", "建議",
    ),
    "id": (
        "id", "contributionid", "commentid", "argid", "responseid", "documentid", "submissionid", "statementid",
        "uuid", "identifier", "ref", "reference", "referenceno", "referencenumber", "receipt", "postid",
        "recordid", "nr", "number", "identificador", "identifiant",
        "kennung", "номер", "идентификатор", "المعرف", "الرقم", "编号", "編號", "序号",
    ),
    "question": (
        "question", "guidingquestion", "questiontext", "topic", "prompt", "session", "discussiontitle", "pregunta",
        "tema", "frage", "thema", "pergunta", "вопрос", "тема", "سؤال", "السؤال", "问题", "問題", "议题",
    ),
    "language": ("language", "lang", "locale", "languagecode", "idioma", "lengua", "langue", "sprache", "язык",
                 "لغة", "اللغة", "语言", "語言"),
    "sector": ("sector", "sectorname", "secteur", "sektor", "setor", "сектор", "قطاع", "القطاع", "部门", "部門"),
    "stakeholder_group": (
        "stakeholdergroup", "stakeholder", "stakeholdertype", "majorgroup", "constituency", "grupo", "grupodeinterés",
        "groupe", "partieprenante", "interessengruppe", "группа", "заинтересованнаясторона", "المجموعة", "利益攸关方",
        "群体",
    ),
    "country": ("country", "countrycode", "countryname", "iso3", "país", "pays", "land", "страна", "بلد", "البلد",
                "الدولة", "国家", "國家"),
    "author": (
        "author", "authorid", "participant", "participantid", "userid", "user", "username", "authorusername", "creator",
        "createdby", "authorname", "respondent", "voterid", "autor", "auteur", "verfasser", "verfasserin", "ersteller",
        "erstellerin", "autorinbenutzername", "benutzername", "creador", "créateur", "name", "автор",
        "участник", "المؤلف", "الكاتب", "المشارك", "作者", "姓名",
    ),
    "organisation": (
        "organisation", "organization", "organisationname", "organizationname", "institution", "affiliation",
        "organización", "institución", "organização", "организация", "منظمة", "المنظمة", "组织", "組織", "机构", "單位",
    ),
}  # fmt: skip
_TITLES = (
    "title", "subject", "headline", "heading", "titre", "objet", "título", "asunto", "titel", "betreff", "titolo",
    "заголовок", "название", "عنوان", "العنوان", "标题", "標題",
)  # fmt: skip
_INDEPENDENT_OF_ROW = ("question", "sector", "stakeholder_group", "language", "country")


@dataclass(frozen=True)
class ColumnMap:
    """
    Hold the name of the column each field of a contribution is read from; empty where there is none.

    `title` is the column that is put before the text, which is done only where it is asked for.
    """

    text: str = ""
    id: str = ""
    question: str = ""
    language: str = ""
    sector: str = ""
    stakeholder_group: str = ""
    country: str = ""
    author: str = ""
    organisation: str = ""
    title: str = ""


def map_columns(table: Table, *, chosen: Mapping[str, str] | None = None) -> tuple[ColumnMap, tuple[str, ...]]:
    """
    Return which columns to read, and one sentence for each guess.

    `chosen` maps fields to column names and wins over every guess. Raises ReadingError for a chosen column that is
    not there, and when no column can be the text.
    """
    mapping = {field: _named(table, name, field) for field, name in (chosen or {}).items() if name}
    notes: list[str] = []
    for field in (one.name for one in fields(ColumnMap)):
        if field in mapping or field == "title":
            continue
        found = _by_name(table, field, taken=set(mapping.values()))
        if field == "text" and not found:
            found = _longest_texts(table, taken=set(mapping.values()))
            notes += [f"The text is read from column “{found}”, which holds the longest texts."] if found else []
        elif found:
            notes.append(f"The {field.replace('_', ' ')} is read from column “{found}”.")
        if found:
            mapping[field] = found
    if "id" not in mapping:
        notes += _ids_not_taken(table, taken=set(mapping.values()))
    if "text" not in mapping:
        message = (
            f"No column looks like the text of contributions. The columns are: {listed_columns(table.columns)}. "
            "Name one with --text-column."
        )
        raise ReadingError(message)
    notes += _title_not_taken(table, mapping=mapping)
    return ColumnMap(**mapping), tuple(notes)


def _named(table: Table, name: str, field: str) -> str:
    """Return a column by the name a person gave, which may differ in case and spaces."""
    for column in table.columns:
        if column == name:
            return column
    for column in table.columns:
        if _bare(column) == _bare(name):
            return column
    message = (
        f"There is no column “{name}” for the {field.replace('_', ' ')}. "
        f"The columns are: {listed_columns(table.columns)}."
    )
    raise ReadingError(message)


def _by_name(table: Table, field: str, *, taken: set[str]) -> str:
    """Return the column with the surest name for a field whose cells could be that field."""
    free = [column for column in reversed(table.columns) if column not in taken]
    # What lies in another object, as in “answer/comment”, is known by its own name unless a column has just that name.
    columns = {_bare(column.rpartition("/")[2]): column for column in free} | {_bare(column): column for column in free}
    for name in _NAMES[field]:
        column = columns.get(_bare(name))
        if column and _could_be(field, _cells(table, column)):
            return column
    return ""


def _ids_not_taken(table: Table, *, taken: set[str]) -> list[str]:
    """Return a sentence about a column that has the name of an id, but cells that repeat or are empty."""
    columns = {_bare(column): column for column in reversed(table.columns) if column not in taken}
    column = next((columns[name] for name in _NAMES["id"] if name in columns and any(_cells(table, columns[name]))), "")
    said = f"Column “{column}” is not taken for the id, since cells of it repeat or are empty; --id-column takes it."
    return [said] if column else []


def _title_not_taken(table: Table, *, mapping: Mapping[str, str]) -> list[str]:
    """Return a sentence about a column of titles that is not read; one that is always the same says nothing."""
    taken = set(mapping.values())
    columns = {_bare(column): column for column in reversed(table.columns) if column not in taken}
    for name in _TITLES if "title" not in mapping else ():
        filled = [cell for cell in _cells(table, columns[name]) if cell.strip()] if name in columns else []
        if len(set(filled)) > 1 and _could_be_text(filled):
            return [title_left_out(columns[name])]
    return []


def title_left_out(column: str) -> str:
    """Return the sentence that says how a column of titles becomes part of the texts."""
    return f"Column “{column}” is not part of the texts; --title-column takes it for the first line of each."


def _could_be(field: str, cells: Sequence[str]) -> bool:
    """Tell whether the cells of a column are of the kind a field holds."""
    filled = [cell for cell in cells if cell.strip()]
    if not filled:
        return False
    if field == "text":
        return _mean_words(filled) >= _LEAST_WORDS_OF_A_NAMED_TEXT and _could_be_text(filled)
    if field == "id":
        return len(set(filled)) == len(cells) and max(map(len, filled)) <= 64  # noqa: PLR2004 - longer is a text
    if field == "question":
        return not all(map(_is_number, filled)) and len(set(filled)) < max(2, len(filled))
    if field in _INDEPENDENT_OF_ROW:
        return max(map(len, filled)) <= 120 and not all(map(_is_number, filled))  # noqa: PLR2004 - longer is a text
    return max(map(len, filled)) <= 200  # noqa: PLR2004 - longer is a text


def _longest_texts(table: Table, *, taken: set[str]) -> str:
    """Return the column whose cells are running text and the longest, if any."""
    best, most = "", _LEAST_WORDS
    for column in table.columns:
        filled = [cell for cell in _cells(table, column) if cell.strip()]
        if column in taken or not filled or not _could_be_text(filled):
            continue
        words = _mean_words(filled)
        if words >= most and len(set(filled)) >= _LEAST_DISTINCT * len(filled):
            best, most = column, words
    return best


def _cells(table: Table, column: str) -> list[str]:
    """Return the first cells of a column."""
    place = table.columns.index(column)
    return [row[place] for row in table.rows[:_SAMPLE_ROWS]]


def _mean_words(cells: Sequence[str]) -> float:
    """Return the mean number of words of cells."""
    return sum(word_count(cell[:2_000]) for cell in cells) / len(cells)


def _could_be_text(filled: Sequence[str]) -> bool:
    """Tell whether cells are not all numbers, not all dates or times, and not all addresses of pages."""
    return not any(all(map(is_it, filled)) for is_it in (_is_number, _MOMENT.fullmatch, _ADDRESS.fullmatch))


def _is_number(cell: str) -> bool:
    """Tell whether a cell holds nothing but a number."""
    try:
        float(cell.replace(",", "."))
    except ValueError:
        return False
    return True


def _bare(name: str) -> str:
    """Return a column name without case, spaces and marks."""
    return _NOT_LETTERS.sub("", fold(name))
