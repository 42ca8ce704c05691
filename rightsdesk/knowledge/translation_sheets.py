"""`rightsdesk xlsx`: a workbook for translators, one sheet for each language, and the way back.

Only the columns “translation” and “notes” can be edited. On import every row must still fit the files: a changed key, a
formula, a lost placeholder or an original that has changed since is refused with its cell, and nothing is written.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from rightsdesk.knowledge import translations
from rightsdesk.knowledge.fields import placeholders
from rightsdesk.knowledge.problems import did_you_mean
from rightsdesk.knowledge.translations import Translatable
from rightsdesk.knowledge.writing import EditedFile
from rightsdesk.languages import LANGUAGES

HEADER = ("key", "hash", "original", "translation", "state", "notes")
WIDTHS = (34, 10, 70, 70, 10, 30)
KEY, HASH, ORIGINAL, TRANSLATION, STATE, NOTES = range(len(HEADER))
MAX_BYTES = 10_000_000
ROW_SEPARATOR = "#"


class RefusedSheet(Exception):
    """A workbook cannot be taken over; `reasons` name each cell and the repair."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Row:
    """One translated text on its way back."""

    text: Translatable
    language: str
    value: str | list[str]


def export(data: Path, target: Path, languages: Iterable[str], files: list[str]) -> int:
    """Write a workbook.

    Args:
        data: the data folder.
        target: the .xlsx file to write.
        languages: one sheet each.
        files: paths below the data folder, such as `topics/data_access.yml`; all when empty.

    Returns:
        The number of rows written.
    """
    known = translations.recorded(data)
    texts = [text for text in translations.translatable(data) if not files or text.file in files]
    book = Workbook()
    book.remove(book.worksheets[0])
    rows = 0
    for language in languages:
        sheet = book.create_sheet(language)
        sheet.append(HEADER)
        for text in texts:
            if language == text.original:
                continue
            original, own = _cell(text.texts[text.original]), _cell(text.texts.get(language, ""))
            state = translations.state(text, language, known)
            sheet.append([_key(text), text.hash, original, own, state, ""])
            rows += 1
        _dress(sheet)
    book.save(target)
    return rows


def import_(data: Path, source: Path) -> int:
    """Take over the translations of a workbook.

    Args:
        data: the data folder.
        source: the .xlsx file.

    Returns:
        The number of texts that changed.

    Raises:
        RefusedSheet: something in it does not fit; nothing was written.
    """
    rows = _read(data, source)
    changed = [row for row in rows if row.text.texts.get(row.language) != row.value]
    for file in dict.fromkeys(row.text.file for row in changed):
        edited = EditedFile(data / file)
        for row in changed:
            if row.text.file == file:
                edited.set((*row.text.key, row.language), row.value)
        edited.save()
    translations.record(data, [], [], only={(row.text.file, row.text.path, row.language) for row in rows})
    return len(changed)


def _read(data: Path, source: Path) -> list[Row]:
    if not source.is_file() or source.stat().st_size > MAX_BYTES:
        raise RefusedSheet([f"{source.name}: there is no such file, or it is larger than 10 MB."])
    try:
        book = load_workbook(source, read_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError):
        raise RefusedSheet([f"{source.name}: this is not an Excel workbook (.xlsx). Save it again as .xlsx."]) from None
    texts = {_key(text): text for text in translations.translatable(data)}
    reasons: list[str] = []
    rows: list[Row] = []
    for sheet in book.worksheets:
        if sheet.title not in LANGUAGES:
            hint = did_you_mean(sheet.title, list(LANGUAGES))
            reasons.append(f"Sheet “{sheet.title}” is not named after a language ({', '.join(LANGUAGES)}).{hint}")
            continue
        for found in _rows(sheet, texts):
            if isinstance(found, Row):
                rows.append(found)
            else:
                reasons.append(f"Sheet {sheet.title}, {found}")
    if reasons:
        raise RefusedSheet(reasons)
    return rows


def _rows(sheet: Worksheet, texts: dict[str, Translatable]) -> Iterator[Row | str]:
    """Yield each row that has a translation, or what is wrong with it."""
    lines = sheet.iter_rows(values_only=True)
    if tuple(next(lines, ()))[: len(HEADER)] != HEADER:
        yield f"row 1: the columns must be {', '.join(HEADER)}. Export the workbook again."
        return
    for number, cells in enumerate(lines, 2):
        key, mark, _, value = (str(cell or "").strip() for cell in cells[: TRANSLATION + 1])
        if not key and not value:
            continue
        text = texts.get(key)
        if text is None:
            yield f"A{number}: there is no text “{key}”.{did_you_mean(key, list(texts))} Keys must stay as exported."
        elif value.startswith("="):
            yield f"D{number}: this is a formula. Write the text itself."
        elif value and mark != text.hash:
            yield f"B{number}: the original of “{key}” has changed since the export. Export again and compare."
        elif value:
            yield _fitting(text, sheet.title, value, number)


def _fitting(text: Translatable, language: str, value: str, number: int) -> Row | str:
    wanted, found = placeholders(_cell(text.texts[text.original])), placeholders(value)
    if wanted != found:
        names = ", ".join(f"{{{name}}}" for name in sorted(wanted ^ found))
        return f"D{number}: placeholders differ from the original: {names}. Make them the same."
    is_list = isinstance(text.texts[text.original], list)
    return Row(text, language, [line.strip() for line in value.splitlines() if line.strip()] if is_list else value)


def _key(text: Translatable) -> str:
    return f"{text.file}{ROW_SEPARATOR}{text.path}"


def _cell(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "\n".join(value)


def _dress(sheet: Worksheet) -> None:
    """Make the sheet comfortable and lock what must not change."""
    sheet.freeze_panes = "A2"
    sheet.protection.sheet = True
    for number, width in enumerate(WIDTHS):
        sheet.column_dimensions["ABCDEF"[number]].width = width
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE6F0")
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        for column in (TRANSLATION, NOTES):
            row[column].protection = Protection(locked=False)
