"""Which text each translation was made from, so that a changed original shows in every language (gettext's “fuzzy”).

`data/translations.yml` keeps, for each text, a short hash of the original and the languages that were compared with it.
The original is English in shared files and law packs, the city's first language in a city file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rightsdesk.knowledge.fields import Prose, ProseList
from rightsdesk.knowledge.library import knowledge_files, read_file
from rightsdesk.knowledge.loader import Key, load
from rightsdesk.knowledge.models import City, LawPack, Letter, Topic
from rightsdesk.knowledge.problems import Problem
from rightsdesk.knowledge.walking import texts
from rightsdesk.knowledge.writing import write_atomically

RECORD = "translations.yml"
HEADER = (
    "# Which original each translation was compared with (hash of the original: languages).\n"
    "# Written by `rightsdesk translated`; nobody edits it by hand.\n"
)
NO_EXAMPLES = {"examples", "words", "golden"}
Recorded = dict[str, dict[str, dict[str, list[str]]]]


@dataclass(frozen=True)
class Translatable:
    """One text with its original.

    Attributes:
        file: the path below the data folder.
        key: the way to the text in it.
        original: the language that the others are made from.
        texts: the text, or list of texts, by language.
    """

    file: str
    key: Key
    original: str
    texts: dict[str, Any]

    @property
    def hash(self) -> str:
        """A short fingerprint of the original; blanks do not count."""
        return source_hash(self.texts[self.original])

    @property
    def path(self) -> str:
        """The key as one word."""
        return "/".join(str(part) for part in self.key)


def source_hash(text: str | list[str]) -> str:
    """Return a short fingerprint of an original text.

    Args:
        text: a text or a list of texts.
    """
    joined = "\n".join([text] if isinstance(text, str) else text)
    return hashlib.sha256(" ".join(joined.split()).encode()).hexdigest()[:8]


def translatable(data: Path, paths: list[Path] | None = None) -> Iterator[Translatable]:
    """Yield every text for residents that has an original.

    Args:
        data: the data folder.
        paths: only these files; all when None.
    """
    for path in paths if paths is not None else knowledge_files(data):
        model, _ = read_file(path)
        if not isinstance(model, (Topic, Letter, LawPack, City)):
            continue
        original = model.city.languages[0] if isinstance(model, City) else "en"
        for key, by_language in texts(model):
            if isinstance(by_language, (Prose, ProseList)) and original in by_language and not NO_EXAMPLES & set(key):
                yield Translatable(path.relative_to(data).as_posix(), key, original, by_language)


def recorded(data: Path) -> Recorded:
    """Read which translations were compared with which original: file, text, hash, languages."""
    found = load(data / RECORD).data if (data / RECORD).exists() else None
    files = (found or {}).get("files") or {}
    return {
        file: {key: {mark: languages.split() for mark, languages in marks.items()} for key, marks in keys.items()}
        for file, keys in files.items()
    }


def state(text: Translatable, language: str, known: Recorded) -> str:
    """Tell how a translation stands to its original.

    Args:
        text: the text.
        language: the language of the translation.
        known: what `recorded` returned.

    Returns:
        `missing`, `new` (never compared), `changed` (the original has changed since) or `current`.
    """
    if language not in text.texts:
        return "missing"
    marks = known.get(text.file, {}).get(text.path, {})
    if language in marks.get(text.hash, []):
        return "current"
    return "changed" if any(language in languages for languages in marks.values()) else "new"


def drifted(data: Path, paths: list[Path]) -> list[Problem]:
    """List the translations whose original has changed since they were compared with it.

    Args:
        data: the data folder.
        paths: the files to look at.
    """
    known = recorded(data)
    found = []
    for text in translatable(data, paths):
        stale = [language for language in text.texts if state(text, language, known) == "changed"]
        for language in stale:
            if language != text.original:
                line = load(data / text.file).line((*text.key, language))
                complaint = f"“{text.original}” has changed since “{language}” was translated. Compare them, then: "
                complaint += f"rightsdesk translated {language} {text.file}"
                found.append(Problem(data / text.file, line, complaint, "warning"))
    return found


def record(data: Path, languages: list[str], files: list[str], only: set[tuple[str, str, str]] | None = None) -> int:
    """Note that translations say what their originals say now.

    Args:
        data: the data folder.
        languages: the languages that were compared; all when empty.
        files: paths below the data folder; all when empty.
        only: file, text path and language of each translation; all of them when None.

    Returns:
        How many translations are noted as current now and were not before.
    """
    known = recorded(data)
    current: Recorded = {}
    changed = 0
    for text in translatable(data):
        marks: dict[str, list[str]] = {}
        for mark, noted in known.get(text.file, {}).get(text.path, {}).items():
            marks[mark] = [language for language in noted if language in text.texts]
        wanted = not files or text.file in files
        for language in text.texts if wanted else []:
            if language == text.original or (languages and language not in languages):
                continue
            if only is not None and (text.file, text.path, language) not in only:
                continue
            if language not in marks.get(text.hash, []):
                changed += 1
                marks = {mark: [other for other in noted if other != language] for mark, noted in marks.items()}
                marks.setdefault(text.hash, []).append(language)
        kept = {mark: noted for mark, noted in marks.items() if noted}
        if kept:
            current.setdefault(text.file, {})[text.path] = kept
    write_atomically(data / RECORD, _as_yaml(current))
    return changed


def _as_yaml(files: Recorded) -> str:
    lines = [HEADER, "schema: 1\nfiles:\n"]
    for file, keys in sorted(files.items()):
        lines.append(f"  {file}:\n")
        for key, marks in keys.items():
            inner = ", ".join(f'"{mark}": {" ".join(sorted(languages))}' for mark, languages in marks.items())
            lines.append(f"    {key}: {{{inner}}}\n")
    return "".join(lines)
