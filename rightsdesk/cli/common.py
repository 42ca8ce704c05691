"""What every subcommand shares: exit codes, the day, wrong use."""

from __future__ import annotations

import os
from typing import NoReturn

import click

from rightsdesk import settings

FINDINGS, WRONG_USE = 1, 2
today_option = click.option("--today", metavar="DAY", help="The day to look from, as 2026-12-10.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


class WrongUse(click.ClickException):
    """The command was called with something that does not exist or does not fit."""

    exit_code = WRONG_USE


def set_today(day: str | None) -> None:
    """Look from this day.

    Args:
        day: year-month-day; None leaves the real day or `RIGHTSDESK_TODAY`.

    Raises:
        WrongUse: it is not a day.
    """
    if day:
        os.environ["RIGHTSDESK_TODAY"] = day
    try:
        settings.today()
    except settings.BadSetting as bad:
        raise WrongUse(str(bad)) from None


def findings() -> NoReturn:
    """End with the exit code for “something was found”."""
    raise SystemExit(FINDINGS)
