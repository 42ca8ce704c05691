"""Matching a question with example questions by words alone."""

from rightsdesk.answers.keywords import match

EXAMPLES = [
    ("cctv_public", "who films me in the tram"),
    ("cctv_public", "is there a camera in the square"),
    ("data_access", "what does the city know about me"),
    ("data_access", "I want to see my file"),
    ("internet_access", "is there wifi in the library"),
    ("internet_access", "where is the public wifi"),
    ("scams", "is this message from the city"),
    ("scams", "the post sent me a strange message"),
    ("device_repair", "who repairs my phone"),
    ("device_repair", "is there a repair cafe"),
]


def test_the_topic_that_shares_the_telling_word_comes_first() -> None:
    found = match("Is there WIFI on the tram?", EXAMPLES)
    assert {found[0].topic, found[1].topic} == {"internet_access", "cctv_public"}
    words = {one.topic: one.words for one in found}
    assert words["internet_access"] == ("wifi",) and words["cctv_public"] == ("tram",)


def test_the_example_that_shares_most_is_shown() -> None:
    found = match("camera in the tram", EXAMPLES)
    assert found[0].topic == "cctv_public"
    assert found[0].example in ("who films me in the tram", "is there a camera in the square")


def test_words_of_all_topics_tell_nothing() -> None:
    everywhere = [(topic, f"{text} please") for topic, text in EXAMPLES]
    assert match("please", everywhere) == []
    assert match("please repair", everywhere)[0].words == ("repair",)


def test_nothing_shared_is_nothing_found() -> None:
    assert match("unicorns", EXAMPLES) == [] and match("", EXAMPLES) == [] and match("tram", []) == []


def test_at_most_five_topics() -> None:
    many = [(f"topic_{number}", "tram") for number in range(9)] + [(f"other_{number}", "bus") for number in range(60)]
    assert len(match("tram", many)) == 5


def test_a_topic_with_few_examples_does_not_outweigh_the_others() -> None:
    examples = [(f"other_{number}", f"something else {number}") for number in range(10) for _ in range(20)]
    examples += [("data_access", f"the city has stored {number}") for number in range(4)]
    examples += [("data_access", f"what do they know {number}") for number in range(16)]
    examples += [("city_app", "what has the app stored"), ("city_app", "is the app safe")]
    assert match("what have they stored", examples)[0].topic == "data_access"
    assert match("what was stored", examples)[0].topic == "data_access"
    assert match("is the app safe", examples)[0].topic == "city_app"
