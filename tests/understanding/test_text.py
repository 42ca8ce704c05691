"""What the ranker makes of text before it looks at words."""

from rightsdesk.understanding.text import clean, shorten, words


def test_invisible_characters_do_not_hide_words() -> None:
    assert clean("ca\u200bme\u00adra\u202e\x07") == "camera"
    assert words(clean("ＣＡＭＥＲＡ")) == ["camera"]


def test_a_long_text_keeps_its_beginning_and_its_end() -> None:
    text, shortened = shorten("who films me " + "x" * 10_000 + " delete my data")
    assert shortened and len(text) < 4_100
    assert text.startswith("who films me") and text.endswith("delete my data")


def test_a_short_text_stays_whole() -> None:
    assert shorten("who films me") == ("who films me", False)
