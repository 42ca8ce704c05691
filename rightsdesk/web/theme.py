"""A city's look: its colour as a small stylesheet, readable in light and dark, and its logo."""

from __future__ import annotations

from rightsdesk.knowledge.colours import MINIMUM_CONTRAST, WHITE, contrast, readable
from rightsdesk.knowledge.models import LOGO, Theme

LIGHT_PANEL, DARK_PANEL, DARK_BACK = "#f3f6f8", "#1e252b", "#14181c"  # as in style.css


def stylesheet(theme: Theme) -> str:
    """Write the colours of a city; empty when it has none that can be read, so that ours stay.

    Args:
        theme: of the city file.
    """
    if not theme.primary or contrast(theme.primary, WHITE) < MINIMUM_CONTRAST:
        return ""
    light = readable(theme.primary, LIGHT_PANEL)
    dark = readable(theme.primary, DARK_PANEL)
    return (
        f":root {{ --accent: {light}; --accent-text: {WHITE}; }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ --accent: {dark}; --accent-text: {DARK_BACK}; }} }}\n"
    )


def logo(theme: Theme) -> str:
    """Return the path of a city's logo; empty when it has none on this server."""
    return theme.logo if theme.logo and LOGO.match(theme.logo) else ""
