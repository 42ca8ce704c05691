"""The routes of the help desk: read a request, call a pure function of `desk`, answer."""

from __future__ import annotations

import asyncio
import gzip
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, html, raw, redirect

from rightsdesk.knowledge.library import Library, Shelf
from rightsdesk.web import desk, pages
from rightsdesk.web.news import News
from rightsdesk.web.pages import PageLocale
from rightsdesk.web.search import Index, Learnt

LONGEST_SEARCH = 500  # characters
MOST_INDEXES = 8  # kept at a time, 3 MB each; another one takes a tenth of a second to make
FRESH_SECONDS = 600
Words = Callable[[str, str], Learnt | None]  # city, language


@dataclass
class Prepared:
    """A search index, and the knowledge it was made from."""

    library: Library
    learnt: Learnt | None
    index: Index

    @cached_property
    def body(self) -> bytes:
        """The index for browsers, compressed."""
        return gzip.compress(self.index.as_json().encode())


class Desk:
    """The help desk with what it needs: knowledge, what was learnt about words, the day, the public address."""

    def __init__(self, shelf: Shelf, words: Words, today: Callable[[], date], address: str = "") -> None:
        """Put the parts together.

        Args:
            shelf: the knowledge, kept up to date.
            words: returns what was learnt about words in a language at a city, or None.
            today: the day to look from.
            address: scheme and host under which residents reach the pages; empty means as the visitor does.
        """
        self.shelf = shelf
        self.words = words
        self.today = today
        self.address = address
        self.news = News(shelf.data)
        self._prepared: OrderedDict[tuple[str, str], Prepared] = OrderedDict()

    def add_to(self, app: Sanic) -> None:
        """Register the routes with a Sanic app."""
        for path, handler in (
            ("/desk/<city>/<language>/", self.start),
            ("/desk/<city>/<language>/index.json", self.index),
            ("/desk/<city>/<language>/t/<topic>", self.topic),
        ):
            app.add_route(handler, path, methods=("GET", "HEAD"), name=f"desk_{handler.__name__}")
        for path in ("/desk", "/desk/"):  # strict, or else Sanic takes the second for /<city>/ without a language
            app.add_route(
                self.choose, path, methods=("GET", "HEAD"), name=f"desk_choose_{len(path)}", strict_slashes=True
            )
        app.add_route(self.search, "/desk/<city>/<language>/", methods=("POST",), name="desk_search")

    async def choose(self, request: Request) -> HTTPResponse:
        """Let staff choose a city, or go to the one chosen, keeping topic and view."""
        library = self.shelf.library()
        asked = _arguments(request)
        city, language = asked.get("city", ""), asked.get("lang", "en")
        where = pages.locate(library, city, language, self.today())
        if where is None:
            return html(
                desk.cities(PageLocale(library, "", language if language in library.ui else "en", self.today()))
            )
        target = f"/desk/{city}/{language}/"
        if topic := asked.get("topic", ""):
            if not any(topic in place.topics for place in library.localities.values()):
                raise SanicException("no such topic", status_code=404)
            target += f"t/{topic}{desk.view(asked, where).query()}"
        return redirect(target)

    async def start(self, request: Request, city: str, language: str) -> HTTPResponse:
        """Show the search field and all topics."""
        where = self._where(city, language)
        self.news.prepare(where)
        return html(desk.start(where, framed=request.headers.get("sec-fetch-dest") == "iframe"))

    async def search(self, request: Request, city: str, language: str) -> HTTPResponse:
        """Search without JavaScript."""
        where = self._where(city, language)
        typed = str((request.form or {}).get("search") or "")[:LONGEST_SEARCH]
        found = (await self._prepare(where)).index.found(typed)
        return html(desk.start(where, typed, found), headers={"Cache-Control": "no-store"})

    async def index(self, request: Request, city: str, language: str) -> HTTPResponse:
        """Send the search index of a city and language, which the page loads once."""
        prepared = await self._prepare(self._where(city, language))
        headers = {"Cache-Control": f"max-age={FRESH_SECONDS}", "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return raw(prepared.body, content_type="application/json; charset=utf-8", headers=headers)

    async def topic(self, request: Request, city: str, language: str, topic: str) -> HTTPResponse:
        """Show a topic in the desk's layout."""
        where = self._where(city, language)
        if topic not in where.locality.topics:
            return html(desk.not_here(where), status=404)
        shown = desk.view(_arguments(request), where)
        return html(desk.topic(where, topic, shown, self._origin(request), self.news.of(where, topic)))

    async def _prepare(self, where: PageLocale) -> Prepared:
        """Make the index once for each state of the knowledge; beside the server, because it takes half a second."""
        learnt = await asyncio.to_thread(self.words, where.city, where.language)
        key = (where.city, where.language)
        kept = self._prepared.get(key)
        if kept is None or kept.library is not where.library or kept.learnt is not learnt:
            index = await asyncio.to_thread(desk.index, where, learnt)
            kept = self._prepared[key] = Prepared(where.library, learnt, index)
        self._prepared.move_to_end(key)
        while len(self._prepared) > MOST_INDEXES:
            self._prepared.popitem(last=False)
        return kept

    def _origin(self, request: Request) -> str:
        return self.address or f"{request.scheme}://{request.host}"

    def _where(self, city: str, language: str) -> PageLocale:
        where = pages.locate(self.shelf.library(), city, language, self.today())
        if where is None:
            raise SanicException("no such city or language", status_code=404)
        return where


def _arguments(request: Request) -> dict[str, str]:
    return {name: values[0] for name, values in request.args.items() if values}
