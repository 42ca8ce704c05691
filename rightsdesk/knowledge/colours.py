"""Contrast of colours as WCAG 2.2 counts it. A colour is six hexadecimal digits after #."""

from __future__ import annotations

MINIMUM_CONTRAST = 4.5  # of text, criterion 1.4.3
WHITE, BLACK = "#ffffff", "#000000"


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: str, back: str) -> str:
    """Return the colour, mixed with black or white as little as it takes to be read on a background.

    Args:
        colour: to start from.
        back: what it stands on.
    """
    towards = max((WHITE, BLACK), key=lambda end: contrast(end, back))
    mixed = (_mix(colour, towards, share / 100) for share in range(0, 101, 2))
    return next(shade for shade in mixed if contrast(shade, back) >= MINIMUM_CONTRAST)


def _channels(colour: str) -> list[int]:
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]


def _luminance(colour: str) -> float:
    shares = [value / 255 for value in _channels(colour)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in shares]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _mix(colour: str, other: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)
