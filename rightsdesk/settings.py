"""Settings from the environment and `.env`: one place that reads them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, datetime, time, timezone
from pathlib import Path

from dotenv import load_dotenv


class BadSetting(Exception):
    """A setting cannot be used; the text names it and the repair."""


@dataclass(frozen=True)
class Settings:
    """What an operator may set.

    Attributes:
        root: the project folder, with config.yml and domain.yml.
        data: the folder of knowledge files.
        models: the folder of trained models.
        host, port: where the server listens.
        address: how residents reach it from outside, such as https://rights.example; empty means as the visitor does.
        secret: signs conversation ids; empty means a new one at every start.
        embeddings: rank English by meaning too, where the package with the encoder is installed (130 MB more).
        counts: the folder that keeps how often answers helped; None keeps it in memory only.
        actions_in_process: run custom actions in the serving process, without an action server.
    """

    root: Path
    data: Path
    models: Path
    host: str
    port: int
    address: str
    secret: str
    embeddings: bool
    counts: Path | None
    actions_in_process: bool


def read() -> Settings:
    """Read the settings.

    Raises:
        BadSetting: a value cannot be used.
    """
    root = Path(os.environ.get("RIGHTSDESK_ROOT") or Path(__file__).resolve().parent.parent)
    load_dotenv(root / ".env")
    port = os.environ.get("RIGHTSDESK_PORT", "5005")
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise BadSetting(f"RIGHTSDESK_PORT is “{port}”. Set it to a number from 1 to 65535.")
    return Settings(
        root=root,
        data=Path(os.environ.get("RIGHTSDESK_DATA") or root / "data"),
        models=Path(os.environ.get("RIGHTSDESK_MODELS") or root / "models"),
        host=os.environ.get("RIGHTSDESK_HOST", "127.0.0.1"),
        port=int(port),
        address=os.environ.get("RIGHTSDESK_ADDRESS", "").rstrip("/"),
        secret=os.environ.get("RIGHTSDESK_SECRET", ""),
        embeddings=os.environ.get("RIGHTSDESK_EMBEDDINGS", "on") != "off",
        counts=Path(counts) if (counts := os.environ.get("RIGHTSDESK_COUNTS")) else None,
        actions_in_process=os.environ.get("RIGHTSDESK_ACTIONS", "process") != "server",
    )


def today() -> date:
    """Return the day that answers look from: `RIGHTSDESK_TODAY`, or the real one.

    Raises:
        BadSetting: `RIGHTSDESK_TODAY` is not a day.
    """
    pretended = _pretended()
    return pretended.date() if pretended else date.today()


def now() -> datetime:
    """Return the moment that opening hours are looked up for: `RIGHTSDESK_TODAY` (a day alone is its noon), or now.

    Raises:
        BadSetting: `RIGHTSDESK_TODAY` is not a day.
    """
    return _pretended() or datetime.now(timezone.utc)


def _pretended() -> datetime | None:
    written = os.environ.get("RIGHTSDESK_TODAY")
    if not written:
        return None
    try:
        day, _, clock = written.partition("T")
        at = time.fromisoformat(clock) if clock else time(12)
        return datetime.combine(date.fromisoformat(day), at.replace(tzinfo=at.tzinfo or timezone.utc))
    except ValueError:
        raise BadSetting(f"RIGHTSDESK_TODAY is “{written}”. Write year-month-day, for example 2026-12-10.") from None
