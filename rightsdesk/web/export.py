"""A city's pages as files: they work from any folder, without a server, and without a script."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from datetime import date

from rightsdesk.answers.calendar import calendar_file
from rightsdesk.knowledge.library import Library
from rightsdesk.web import pages, theme
from rightsdesk.web.addresses import readdress
from rightsdesk.web.pages import Copy, PageLocale

FILES = ("style.css", "icon.svg")


def export(library: Library, city: str, copy: Copy, today: date) -> dict[str, str]:
    """Render all pages of a city as files that link to each other.

    Args:
        library: the knowledge.
        city: a city id.
        copy: which languages, and where the service is.
        today: the day to look from.

    Returns:
        The text of each file, by its path below the folder of the copy.
    """
    rendered = {
        f"/{city}/{language}/{path}": page
        for language in copy.languages
        for path, page in _pages(PageLocale(library, city, language, today, copy))
    }
    files = {_file(city, address): page for address, page in rendered.items()}
    files["index.html"] = files[f"{copy.languages[0]}/index.html"]
    if colours := theme.stylesheet(library.cities[city].theme):
        files["theme.css"] = colours
    files |= _calendar_files(library, city, copy, today)
    linked = {name: _link(page, name, city, files) for name, page in files.items()}
    return {**linked, **static_files()}


def static_files() -> dict[str, str]:
    """Return the files that every page of a copy needs, by name."""
    return {name: (pages.STATIC / name).read_text(encoding="utf-8") for name in FILES}


def _pages(where: PageLocale) -> Iterator[tuple[str, str]]:
    yield "", pages.start(where)
    for path in ("topics", "people", "privacy", "accessibility", *(f"t/{name}" for name in where.locality.topics)):
        page = pages.at(where, path)
        assert page is not None
        yield path, page


def _calendar_files(library: Library, city: str, copy: Copy, today: date) -> dict[str, str]:
    names = [*library.place(city).events, *(library.days.events if library.days else ())]
    found = {}
    for language in copy.languages:
        wording = PageLocale(library, city, language, today, copy).wording
        for name in names:
            if file := calendar_file(library, city, name, wording, today):
                found[f"{language}/events/{name}.ics"] = file
    return found


def _link(page: str, name: str, city: str, files: dict[str, str]) -> str:
    def relative(address: str) -> str:
        target = _file(city, address)
        if target not in files and target not in FILES:
            raise LookupError(f"{name} links to {address}, which a copy does not have")
        return posixpath.relpath(target, posixpath.dirname(name) or ".")

    return readdress(page, relative)


def _file(city: str, address: str) -> str:
    path = address.partition("?")[0]
    if path.startswith("/static/"):
        return path.removeprefix("/static/")
    path = path.removeprefix(f"/{city}/")
    if path.endswith((".css", ".ics")):
        return path
    return f"{path}index.html" if path.endswith("/") else f"{path}.html"
