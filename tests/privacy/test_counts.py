"""“Did this help?” is a number and nothing else."""

from rightsdesk.privacy.counts import Answered, Counts


def test_answers_are_counted_apart() -> None:
    counts = Counts()
    yes = Answered("scams", "leipzig", "en", "yes")
    for answered in (yes, yes, yes._replace(value="no"), yes._replace(lang="de")):
        counts.add(answered)
    assert counts.of(yes) == 2
    assert counts.of(yes._replace(value="no")) == 1
    assert counts.of(yes._replace(topic="cctv_public")) == 0
