"""QR codes as SVG, to stand inside a page."""

from __future__ import annotations

import io

import segno
from markupsafe import Markup


def svg(address: str, name: str) -> Markup:
    """Draw the QR code of an address, black on white with the quiet zone that readers need.

    Args:
        address: what the code says.
        name: what a screen reader says.
    """
    out = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=True,
        title=name,
        svgclass="qr",
        lineclass=None,
        omitsize=True,
        light="#fff",
        nl=False,
    )
    return Markup(out.getvalue().decode().replace("<svg ", '<svg role="img" ', 1))
