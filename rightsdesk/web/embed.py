"""The helper on a city's own website: the code to paste, and a page that shows it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from rightsdesk.web import pages
from rightsdesk.web.pages import PageLocale


@dataclass(frozen=True)
class Variant:
    """One way to put the helper on a page.

    Attributes:
        name: for editors.
        code: HTML to paste.
        policy: what a strict Content-Security-Policy of that page must allow; empty for nothing.
    """

    name: str
    code: str
    policy: str


def variants(where: PageLocale, address: str) -> list[Variant]:
    """List the ways to put the helper on a page, the simplest first.

    Args:
        where: city and language.
        address: of this server as residents reach it, such as https://rights.example.org; empty on our own pages.
    """
    say = where.wording.say
    page, words = f"{address}{where.base}/", say("launcher")
    link = Markup('<a href="{0}">{1}</a>').format(page, words)
    element = Markup('<rights-desk close="{0}">{1}</rights-desk>\n<script src="{2}/embed.js" async></script>')
    frame = Markup(
        '<iframe src="{0}" title="{1}" width="100%" height="720" loading="lazy" referrerpolicy="no-referrer">\n'
        "{2}\n</iframe>"
    )
    return [
        Variant("A link", str(link), ""),
        Variant(
            "A link that opens a panel",
            str(element.format(say("close"), link, address)),
            f"script-src {address}; frame-src {address}",
        ),
        Variant("A frame in the page", str(frame.format(page, words, link)), f"frame-src {address}"),
    ]


def demo(where: PageLocale) -> str:
    """Render a page as a city would have it, with the helper in a panel."""
    return pages.demo(where, Markup(variants(where, "")[1].code))
