"""Serves the pages with Rasa in the same process: one port, no HTTP API, no action server unless wanted."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any

from rightsdesk import settings as settings_module
from rightsdesk.knowledge.library import open_shelf
from rightsdesk.privacy.counts import Counts, Unusable, begin
from rightsdesk.privacy.ids import IdMaker
from rightsdesk.rasa.slim import without_tensorflow
from rightsdesk.rasa.training import MODEL, TrainingFailed, train_if_needed
from rightsdesk.settings import Settings
from rightsdesk.web.port import refusal

logger = logging.getLogger(__name__)

KEEP_SECONDS = 600  # between two writings of counts


class CannotServe(Exception):
    """The server cannot start; the text says why and what to do."""


def serve(settings: Settings, port: int | None = None) -> None:
    """Train if needed, then serve until Ctrl-C.

    Args:
        settings: where things are.
        port: overrides the port of the settings.

    Raises:
        CannotServe: the port is taken, a file is missing or broken, or training failed.
    """
    port = port or settings.port
    if reason := refusal(settings.host, port):
        raise CannotServe(f"{reason} Stop what uses it, or choose another: RIGHTSDESK_PORT={port + 1} make run")
    try:
        train_if_needed(settings)
    except TrainingFailed as failed:
        raise CannotServe(str(failed)) from None
    without_tensorflow()
    app = make_app(settings)
    print(f"Rights Desk is at http://{settings.host}:{port}/ (Ctrl-C stops it)", flush=True)
    app.run(host=settings.host, port=port, workers=1, access_log=False, debug=False, motd=False)


def make_app(settings: Settings) -> Any:
    """Make the Sanic app; the model is loaded before the first request.

    Args:
        settings: where things are.

    Raises:
        CannotServe: the knowledge cannot be used.
    """
    from sanic import Sanic

    from rightsdesk.rasa.desk_words import DeskWords
    from rightsdesk.web.app import Site
    from rightsdesk.web.desk_routes import Desk

    shelf = open_shelf(settings.data)
    if not shelf.library().cities:
        raise CannotServe("There is no usable city file. Run “rightsdesk check”.")
    for problem in shelf.library().problems:
        print(f"{problem.severity}: {problem}", flush=True)
    holder: dict[str, Any] = {}
    app = Sanic("rightsdesk", configure_logging=False)
    logging.getLogger("sanic").setLevel(logging.WARNING)
    clock = (settings_module.today, settings_module.now)
    site = Site(shelf, lambda: holder.get("brain"), IdMaker(settings.secret), *clock)
    site.add_to(app)
    if settings.counts:
        _keep(site.counts, settings.counts, app)
    words = DeskWords(lambda: holder.get("brain"), shelf.library)
    Desk(shelf, words, settings_module.today, settings.address).add_to(app)

    async def load_model(app: Any, loop: Any) -> None:
        holder["brain"] = _load(settings)

    app.register_listener(load_model, "before_server_start")
    return app


def _keep(counts: Counts, folder: Path, app: Any) -> None:
    """Move counts to a folder now and then, and when the server stops."""
    try:
        begin(folder, settings_module.today())
    except Unusable as reason:
        raise CannotServe(f"RIGHTSDESK_COUNTS: {reason} Name another folder, or none.") from None

    async def move(*_: Any) -> None:
        try:
            await asyncio.to_thread(counts.move_to, folder, settings_module.today())
        except Unusable as reason:
            logger.warning("%s Counts stay in memory.", reason)

    async def move_often(*_: Any) -> None:
        while True:
            await asyncio.sleep(KEEP_SECONDS)
            await move()

    app.add_task(move_often())
    app.register_listener(move, "before_server_stop")


def _load(settings: Settings) -> Any:
    from rasa.utils.endpoints import read_endpoint_config

    from rightsdesk.rasa.assistant import NoModel, load

    endpoint = None
    if not settings.actions_in_process:
        endpoint = read_endpoint_config(str(settings.root / "endpoints.yml"), "action_endpoint")
    try:
        return load(settings.models / f"{MODEL}.tar.gz", endpoint)
    except NoModel as missing:
        raise CannotServe(str(missing)) from None
