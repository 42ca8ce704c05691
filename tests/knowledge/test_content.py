"""Every answer of every topic in every city and language holds what a resident is owed."""

from datetime import date
from pathlib import Path

import pytest

from rightsdesk.answers.dialogue import Dialogue, State, Turn
from rightsdesk.knowledge.library import Library

TODAY = date(2026, 11, 23)
LANGUAGES = ("en", "fi", "sv", "de", "nl", "fr", "pt", "es", "ca", "is", "ko")
CITIES = {
    "amsterdam": ("nl", "en"),
    "barcelona": ("ca", "es", "en"),
    "bordeaux": ("fr", "en", "pt"),
    "brussels": ("fr", "nl", "en"),
    "ghent": ("nl", "en"),
    "glasgow": ("en",),
    "helsinki": ("fi", "sv", "en", "ko"),
    "leipzig": ("de", "en", "es"),
    "manchester": ("en",),
    "porto": ("pt", "en", "fi"),
    "reykjavik": ("is", "en"),
    "seoul": ("ko", "en"),
    "the-hague": ("nl", "en", "de"),
}  # its own languages, and in some cities one that a visitor may read
TOPICS = [
    "data_access",
    "data_correction",
    "data_erasure",
    "data_objection",
    "data_portability",
    "data_sharing",
    "data_retention",
    "legal_basis",
    "cookies_tracking",
    "data_breach",
    "privacy_complaint",
    "dpo_contact",
    "children_data",
    "cctv_public",
    "cctv_footage",
    "private_camera",
    "facial_recognition",
    "city_sensors",
    "police_technology",
    "mobility_data",
    "automated_decision",
    "algorithm_register",
    "algorithmic_bias",
    "internet_access",
    "digital_skills",
    "accessibility",
    "offline_alternative",
    "digital_identity",
    "language_access",
    "public_information",
    "device_repair",
    "free_expression",
    "disinformation",
    "online_abuse",
    "scams",
    "security_advice",
    "participation",
    "rights_overview",
    "idrd_about",
    "idrd_events",
    "idrd_join",
    "coalition_about",
]


def card(library: Library, topic: str, city: str, language: str):
    turn = Turn(text="", intent=topic, page_city=city, page_language=language)
    reply, _ = Dialogue(library, TODAY).respond(turn, State())
    assert reply.kind == "answer" and reply.topic == topic
    return reply


def test_there_are_42_topics() -> None:
    assert len(TOPICS) == len(set(TOPICS)) == 42


@pytest.mark.parametrize("topic", TOPICS)
def test_answers_are_whole_in_every_city_and_language(library: Library, topic: str) -> None:
    for city, languages in CITIES.items():
        for language in languages:
            reply = card(library, topic, city, language)
            shown = reply.card
            assert shown is not None
            where = f"{topic} {city} {language}"
            assert shown.language == language, f"{where}: not in {language}"
            assert 20 < len(shown.short) <= 300 and not shown.short.endswith("…"), f"{where}: {shown.short}"
            assert shown.checked and shown.review == "fresh", where
            everything = " ".join([reply.text, *shown.local])
            assert "{" not in everything and "}" not in everything, f"{where}: a placeholder is left"
            if library.topics[topic].rights:
                assert shown.but, f"{where}: no exception"
                assert shown.right, f"{where}: no law"
                assert shown.contacts, f"{where}: nobody to turn to"


@pytest.mark.parametrize("city", CITIES)
def test_threats_online_begin_with_somebody_to_call(library: Library, city: str) -> None:
    for language in LANGUAGES:
        shown = card(library, "online_abuse", city, language).card
        first = shown.short.split(". ")[0]
        assert any(character.isdigit() for character in first), f"{language}: {first}"


def test_local_facts_differ_between_cities(library: Library) -> None:
    texts = {city: card(library, "cctv_public", city, "en").text for city in CITIES}
    assert len(set(texts.values())) == len(CITIES) == 13
    assert "96 hours" in texts["leipzig"]


def test_addresses_of_no_other_city_appear(library: Library) -> None:
    domains = {
        "leipzig": "@leipzig.de",
        "helsinki": "@hel.fi",
        "bordeaux": "@mairie-bordeaux.fr",
        "porto": "cm-porto.pt",
    }
    for city in domains:
        for topic in TOPICS:
            text = card(library, topic, city, "en").text
            for other in set(domains) - {city}:
                assert domains[other] not in text, f"{topic} in {city} names {domains[other]}"


def test_no_address_is_unencrypted(library: Library) -> None:
    folder = Path(__file__).resolve().parent.parent.parent / "data"
    for path in sorted(folder.rglob("*.yml")):
        if "nlu" not in path.parts:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if not line.lstrip().startswith("#"):
                    assert "http://" not in line, f"{path.name}:{number}"
