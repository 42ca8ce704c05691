"""Checks of the texts that residents read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from rightsdesk.knowledge.checked_file import CheckedFile
from rightsdesk.knowledge.fields import Text, known_placeholder, placeholders
from rightsdesk.knowledge.library import Library
from rightsdesk.knowledge.loader import load
from rightsdesk.knowledge.models import ROLES, City, LawPack, Strings, Topic
from rightsdesk.knowledge.problems import Problem, did_you_mean
from rightsdesk.knowledge.readability import hard_answer, hard_sentences
from rightsdesk.knowledge.walking import texts
from rightsdesk.languages import LANGUAGES

UNFINISHED = re.compile(r"\.example\b|\bTODO\b|\bFIXME\b|[Ll]orem ipsum")  # “todo” is a word in Spanish
FIGURE = re.compile(r"\d+")
SENTENCE = re.compile(r"[^.!?]+[.!?]")
SHARED_SENTENCE_WORDS = 4  # shorter ones, such as “It is free.”, may stand in two topics


def placeholders_agree(file: CheckedFile) -> Iterator[Problem]:
    """Placeholders are known, and the same in every language of a text."""
    laws = {name for pack in file.library.packs.values() for name in pack.laws}
    for key, by_language in texts(file.model):
        sets = {language: _placeholders_of(text) for language, text in by_language.items()}
        for language, found in sets.items():
            for name in sorted(found):
                if not known_placeholder(name, ROLES, laws):
                    yield file.at((*key, language), f"“{{{name}}}” is not a placeholder that can be filled here.")
        first = next(iter(sets), None)
        for language, found in sets.items():
            if first is not None and found != sets[first]:
                missing = ", ".join(f"{{{name}}}" for name in sorted(found ^ sets[first]))
                yield file.at(
                    (*key, language),
                    f"“{first}” and “{language}” differ in placeholders: {missing}. Make them the same.",
                )


def _placeholders_of(text: str | list[str]) -> set[str]:
    parts = [text] if isinstance(text, str) else text
    return {name for part in parts for name in placeholders(part)}


def city_languages(file: CheckedFile) -> Iterator[Problem]:
    """The city's languages are known, and every text exists in its first one."""
    if not isinstance(file.model, City):
        return
    for language in file.model.city.languages:
        if language not in LANGUAGES:
            yield file.at(("city", "languages"), f"“{language}” is not one of: {', '.join(LANGUAGES)}.")
    default = file.model.city.languages[0]
    for key, by_language in texts(file.model):
        if default not in by_language and "*" not in by_language and key[0] not in ("examples", "extra_topics"):
            written = ", ".join(by_language)
            name = " › ".join(str(part) for part in key[-2:])
            yield file.at(key, f"“{name}” has no text for “{default}” (languages: {written}). Add it.")


def nothing_unfinished(file: CheckedFile) -> Iterator[Problem]:
    """No placeholder address and no note to oneself is left."""
    for number, line in enumerate(file.path.read_text(encoding="utf-8").splitlines(), 1):
        if UNFINISHED.search(line.split(" #")[0]) and not line.lstrip().startswith("#"):
            yield Problem(file.path, number, "A placeholder is left here. Write the real text or address.", "warning")


def interface_words(file: CheckedFile) -> Iterator[Problem]:
    """A language has the interface words that English has, no others, with the same placeholders and figures."""
    if not isinstance(file.model, Strings) or file.model.language == "en":
        return
    english = file.library.ui.get("en", {})
    own = file.model.strings
    for name in english:
        if name not in own:
            yield file.at(("strings",), f"“{name}” is missing; English stands in for it.", "warning")
        elif placeholders(own[name]) != placeholders(english[name]):
            yield file.at(("strings", name), f"The placeholders of “{name}” differ from English. Make them the same.")
        elif lost := set(FIGURE.findall(english[name])) - set(FIGURE.findall(own[name])):
            figures = ", ".join(sorted(lost))
            yield file.at(
                ("strings", name), f"English says {figures} in “{name}”, this text does not. Say it here too."
            )
    for name in own:
        if name not in english:
            yield file.at(("strings", name), f"“{name}” is not used.{did_you_mean(name, list(english))}")


def plain_language(file: CheckedFile) -> Iterator[Problem]:
    """Sentences are short, words are plain; limits per language stand in `data/style.yml`."""
    if not isinstance(file.model, (Topic, City, LawPack)):
        return
    for key, by_language in texts(file.model):
        if isinstance(by_language, Text) or key[-1] in ("examples", "words"):
            continue
        for language, text in by_language.items():
            style = file.library.style.get(language)
            for part in [text] if isinstance(text, str) else text:
                for complaint in hard_sentences(part, style) if style else []:
                    yield file.at((*key, language), complaint, "warning")
    if isinstance(file.model, Topic):
        for language, style in file.library.style.items():
            if too_hard := hard_answer(_answer(file.model, language), style):
                yield file.at(("short", language), too_hard, "warning")


def _answer(topic: Topic, language: str) -> list[str]:
    """Return what is read together of a topic: short answer, steps and exceptions."""
    short = [topic.short[language]] if language in topic.short else []
    return short + [text for texts in (topic.steps, topic.but) if texts for text in texts.get(language, [])]


def shared_sentences(library: Library, data: Path) -> Iterator[Problem]:
    """Two topics must not share a sentence."""
    seen: dict[tuple[str, str], str] = {}
    for name, topic in sorted(library.topics.items()):
        for key, by_language in texts(topic):
            for language, text in by_language.items():
                for part in [text] if isinstance(text, str) else text:
                    for sentence in SENTENCE.findall(part):
                        words = " ".join(sentence.lower().split())
                        if len(words.split()) < SHARED_SENTENCE_WORDS:
                            continue
                        owner = seen.setdefault((language, words), name)
                        if owner != name:
                            path = data / "topics" / f"{name}.yml"
                            line = load(path).line((*key, language))
                            yield Problem(
                                path,
                                line,
                                f"“{sentence.strip()}” stands in “{owner}” too. Say it in this topic's own words.",
                            )
