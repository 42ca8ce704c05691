"""Personal data never gets past the mask."""

import pytest

from rightsdesk.privacy.ids import IdMaker
from rightsdesk.privacy.masking import mask


@pytest.mark.parametrize(
    "written",
    [
        "0341 123 2247", "+358 9 310 1691", "(0)341-123-22-47", "06 12 34 56 78", "06.12.34.56.78", "+33 (0)5 56 10 20 30",
        "123456", "DE89 3704 0044 0532 0130 00", "010190-123A", "1 2 3 4 5 6", "１２３４５６", "٠١٢٣٤٥",
    ],
)  # fmt: skip
def test_numbers_are_masked(written: str) -> None:
    masked = mask(f"call me on {written} please")
    digits = [letter for letter in masked if letter.isdigit()]
    assert len(digits) < 6, masked
    assert masked.startswith("call me on") and masked.endswith("please")


@pytest.mark.parametrize("written", ["anna.b@mail.test", "ANNA@mail.co.test", "anna (at) mail.test", "a+b@x.test"])
def test_mail_addresses_are_masked(written: str) -> None:
    assert mask(f"write to {written}, thanks") == "write to [e-mail], thanks"


@pytest.mark.parametrize(
    "written",
    [
        "Article 15 GDPR",
        "since 2019",
        "form 4711",
        "10 and 11 December",
        "24/7 help",
        "§ 57",
        "Ley 39/2015",
        "Regulation 2016/679",
        "Cl@ve PIN",
    ],
)
def test_what_answers_depend_on_stays(written: str) -> None:
    assert mask(written) == written


def test_masking_twice_changes_nothing() -> None:
    once = mask("a@b.test 0341 123 2247")
    assert mask(once) == once


def test_ids_are_long_and_cannot_be_invented() -> None:
    ids = IdMaker()
    made = {ids.new() for _ in range(50)}
    assert len(made) == 50
    token = made.pop()
    assert len(token.split(".")[0]) == 32 and ids.valid(token)
    number, signature = token.split(".")
    for invented in ("", number, f"{number}.", f"{number}.{signature[:-1]}0x", f"{'0' * 32}.{signature}", "a.b"):
        assert not ids.valid(invented)
    assert not IdMaker().valid(token)


def test_servers_with_one_secret_accept_each_others_ids() -> None:
    assert IdMaker("shared secret").valid(IdMaker("shared secret").new())
