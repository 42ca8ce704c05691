"""Pages link to each other by the paths of the live server; this changes the paths for other surfaces."""

from __future__ import annotations

import re
from collections.abc import Callable

ADDRESS = re.compile(r'(?<= href=")/[^"]*|(?<= src=")/[^"]*')


def readdress(page: str, change: Callable[[str], str]) -> str:
    """Change the addresses of links, scripts and stylesheets that a page of ours names.

    Args:
        page: a page rendered from our templates, which write attributes in double quotes and escape texts.
        change: takes a path of the live server and returns what stands there instead.
    """
    return ADDRESS.sub(lambda match: change(match[0]), page)
