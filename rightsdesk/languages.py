"""The eleven languages of the product and how one stands in for another."""

from collections.abc import Iterable

LANGUAGES = ("en", "fi", "sv", "de", "nl", "fr", "pt", "es", "ca", "is", "ko")


def fallback_chain(language: str, city_default: str) -> list[str]:
    """List the languages to try for a resident who reads `language`, best first.

    Args:
        language: a language tag such as `pt-BR` or `de`.
        city_default: the first language of the city.

    Returns:
        The tag, its base language, the city's default, English; each once.
    """
    return list(dict.fromkeys([language, language.split("-")[0], city_default, "en"]))


def choose(available: Iterable[str], language: str, city_default: str) -> str | None:
    """Pick the language in which a text is shown.

    Args:
        available: the languages in which the text exists.
        language: the language asked for.
        city_default: the first language of the city.

    Returns:
        The best available language (any at all, if none of the chain is there), or None when nothing is available.
    """
    present = list(available)
    for candidate in fallback_chain(language, city_default):
        if candidate in present:
            return candidate
    return present[0] if present else None
