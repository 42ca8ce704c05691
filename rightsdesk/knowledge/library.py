"""All knowledge files of a data folder, checked; and the watcher that keeps the last good state."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel

from rightsdesk.knowledge.loader import load
from rightsdesk.knowledge.models import (
    City,
    Days,
    GuidedPath,
    GuidedPaths,
    LanguageStyle,
    LawPack,
    Letter,
    OtherLanguages,
    Strings,
    Style,
    Topic,
)
from rightsdesk.knowledge.problems import Problem, did_you_mean
from rightsdesk.knowledge.resolution import Locality, MissingPack, resolve
from rightsdesk.knowledge.validation import validate

MODELS: dict[str, type[BaseModel]] = {
    "topics": Topic,
    "laws": LawPack,
    "letters": Letter,
    "cities": City,
    "ui": Strings,
    "idrd": Days,
    "other_languages": OtherLanguages,
    "guided_paths": GuidedPaths,
    "style": Style,
}
SINGLE_FILES = ("idrd", "other_languages", "guided_paths", "style")
Stamp = tuple[int, int]


@dataclass(frozen=True)
class Entry:
    """One file: its last good model, and what is wrong with it now."""

    path: Path
    stamp: Stamp
    model: BaseModel | None
    problems: tuple[Problem, ...]


@dataclass
class Library:
    """A snapshot of the knowledge.

    Attributes:
        topics, packs, letters, ui: by id or language.
        days: the International Digital Rights Days.
        other_languages: for languages without answers, one line in each that says so.
        guided_paths: questions for messages that could mean several topics.
        style: limits of plain language, by language.
        localities: each city with everything that holds there, by city id.
        problems: what is wrong in the files; the snapshot holds their last good state.
    """

    topics: dict[str, Topic] = field(default_factory=dict)
    packs: dict[str, LawPack] = field(default_factory=dict)
    letters: dict[str, Letter] = field(default_factory=dict)
    ui: dict[str, dict[str, str]] = field(default_factory=dict)
    days: Days | None = None
    other_languages: dict[str, str] = field(default_factory=dict)
    guided_paths: dict[str, GuidedPath] = field(default_factory=dict)
    style: dict[str, LanguageStyle] = field(default_factory=dict)
    cities: dict[str, City] = field(default_factory=dict)
    localities: dict[str, Locality] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, city: str | None) -> Locality:
        """Return what holds in a city, or the shared knowledge without any place.

        Args:
            city: a city id, or None.
        """
        return self.localities[city] if city in self.localities else self.localities[""]


class Shelf:
    """Keeps the library of a data folder up to date.

    A saved file is taken over at the next look, at most `every` seconds later. A file that is broken keeps its last
    good state, and `library.problems` says what is wrong.
    """

    def __init__(self, data: Path, every: float = 1.0, clock: Callable[[], float] = time.monotonic) -> None:
        """Read everything once.

        Args:
            data: the folder with topics/, laws/, cities/, letters/, ui/ and idrd.yml.
            every: seconds between two looks at the files.
            clock: seconds that only grow.
        """
        self.data = data
        self._every = every
        self._clock = clock
        self._entries: dict[Path, Entry] = {}
        self._library = Library()
        self._looked = float("-inf")
        self.library()

    def library(self) -> Library:
        """Return the newest good state of the files."""
        now = self._clock()
        if now - self._looked >= self._every:
            self._looked = now
            with _no_garbage_collection():
                changed = self._read_changes()
            if changed:
                self._library = _build(self._entries, self._library)
        return self._library

    def _read_changes(self) -> bool:
        stamps = {path: _stamp(path) for path in knowledge_files(self.data)}
        changed = {path for path, stamp in stamps.items() if stamp and self._stamp_of(path) != stamp}
        gone = set(self._entries) - set(stamps)
        for path in changed:
            self._entries[path] = _read(path, stamps[path] or (0, 0), self._entries.get(path))
        for path in gone:
            del self._entries[path]
        return bool(changed or gone)

    def _stamp_of(self, path: Path) -> Stamp | None:
        entry = self._entries.get(path)
        return entry.stamp if entry else None


@lru_cache(maxsize=8)
def open_shelf(data: Path) -> Shelf:
    """Return the shelf of a data folder; one process reads each folder once."""
    return Shelf(data)


def knowledge_files(data: Path) -> list[Path]:
    """List the knowledge files of a data folder, in a fixed order (training examples are not among them)."""
    folders = [data / name for name in ("ui", "topics", "letters", "laws", "cities")]
    files = [path for folder in folders for path in sorted(folder.glob("*.yml")) if not path.name.startswith(".")]
    singles = [data / f"{name}.yml" for name in SINGLE_FILES]
    return [*files, *(path for path in singles if path.exists())]


def read_file(path: Path) -> tuple[BaseModel | None, list[Problem]]:
    """Read and check one knowledge file by the folder it is in.

    Args:
        path: a file below the data folder.

    Returns:
        Its model (None if it has an error) and what is wrong with it.
    """
    document = load(path)
    kind = path.stem if path.stem in SINGLE_FILES else path.parent.name
    model = validate(document, MODELS[kind])
    return model, document.problems


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Reading makes a million objects that all stay; looking through them for garbage would double its time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _stamp(path: Path) -> Stamp | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _read(path: Path, stamp: Stamp, before: Entry | None) -> Entry:
    model, problems = read_file(path)
    if model is None and before is not None:
        model = before.model
    return Entry(path, stamp, model, tuple(problems))


def _build(entries: dict[Path, Entry], before: Library) -> Library:
    library = Library(problems=[problem for entry in entries.values() for problem in entry.problems])
    for path, entry in sorted(entries.items()):
        _add(library, path, entry.model)
    library.localities[""] = resolve(None, library.packs, library.topics)
    for city_id, city in library.cities.items():
        try:
            library.localities[city_id] = resolve(city, library.packs, library.topics)
        except MissingPack as missing:
            library.problems.append(Problem(missing.path, missing.line, str(missing)))
            if city_id in before.localities:
                library.localities[city_id] = before.localities[city_id]
    return library


def _add(library: Library, path: Path, model: BaseModel | None) -> None:
    if isinstance(model, City):
        _add_by_id(library, library.cities, model.city.id, model, path)
    elif isinstance(model, Topic):
        _add_by_id(library, library.topics, model.id, model, path)
    elif isinstance(model, LawPack):
        _add_by_id(library, library.packs, model.id, model, path)
    elif isinstance(model, Letter):
        _add_by_id(library, library.letters, model.id, model, path)
    elif isinstance(model, Strings):
        library.ui[model.language] = model.strings
    elif isinstance(model, Days):
        library.days = model
    elif isinstance(model, OtherLanguages):
        library.other_languages = model.lines
    elif isinstance(model, GuidedPaths):
        library.guided_paths = model.paths
    elif isinstance(model, Style):
        library.style = model.languages


def _add_by_id(library: Library, shelf: dict, name: str, model: BaseModel, path: Path) -> None:
    if name in shelf:
        library.problems.append(
            Problem(path, None, f"The id “{name}” is taken by another file. This file is not used. Give it its own id.")
        )
        return
    if name != path.stem:
        hint = did_you_mean(name, [path.stem])
        library.problems.append(
            Problem(path, None, f"The id “{name}” differs from the file's name. Make them the same.{hint}")
        )
    shelf[name] = model
