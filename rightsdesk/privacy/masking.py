"""Replaces personal data by a placeholder before anything else sees a text.

Masks e-mail addresses, phone numbers and every run of six or more digits, also when blanks, dots, slashes or dashes
stand between the digits. Dates go with them; that costs nothing, because no answer depends on a date that a resident
wrote. Names and street addresses are not found; the pages ask people not to write them.
"""

from __future__ import annotations

import re

EMAIL = re.compile(r"[\w.+%-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
LAW = r"(?!\d{1,4}/(?:19|20)\d\d\b|(?:19|20)\d\d/\d{1,4}\b)"  # Ley 39/2015 and Regulation 2016/679 are nobody's numbers
NUMBER = re.compile(r"(?<!\w)" + LAW + r"[+(]*\d(?:[\s./()\u2010-\u2015-]{0,2}\d){5,}|\d{6,}")
EMAIL_MASK = "[e-mail]"
NUMBER_MASK = "[number]"


def mask(text: str) -> str:
    """Replace personal data in a text.

    Args:
        text: as written by a resident.

    Returns:
        The text with `[e-mail]` and `[number]` in place of addresses and numbers. Masking twice changes nothing.
    """
    return NUMBER.sub(NUMBER_MASK, EMAIL.sub(EMAIL_MASK, text))
