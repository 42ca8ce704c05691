"""What arrives from a surface, before anything is understood."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """A message of a resident.

    Attributes:
        conversation: its id.
        text: typed text; never read as a button's payload.
        payload: what a button carried; only payloads that we could have made are taken.
        city, language: of the page.
        fixed_city: the page's path names the city, so it does not change in conversation.
    """

    conversation: str
    text: str = ""
    payload: str = ""
    city: str | None = None
    language: str | None = None
    fixed_city: bool = False
