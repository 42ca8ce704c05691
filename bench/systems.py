"""The systems that bench/understanding.py compares: each learns from the same examples and ranks topics for a text.

As a program it does one step of one system in a process of its own, so that its memory is its own:
`systems.py train|ask NAME FOLDER`. FOLDER holds examples.json and questions.json; `train` writes model/ and train.json,
`ask` writes ask.json.
"""

from __future__ import annotations

import asyncio
import json
import math
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path

import yaml

from rightsdesk.understanding import storage, training
from rightsdesk.understanding.examples import Example
from rightsdesk.understanding.text import words

Order = list[tuple[str, float]]
Rank = Callable[[str], Order]
FEATURES = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
]
DIET = [*FEATURES, {"name": "DIETClassifier", "epochs": 30, "constrain_similarities": True, "random_seed": 7}]
REGRESSION = [FEATURES[0], *FEATURES[3:], {"name": "LogisticRegressionClassifier"}]
TOPIC_RANKER = "rightsdesk.rasa.topic_ranker.TopicRanker"
RASA = ("rasa.model_training", "rasa.core.agent", "rasa.engine.recipes.default_components")
SAVED = "model"


@dataclass(frozen=True)
class System:
    """One way to understand.

    Attributes:
        title: its name in tables.
        train: writes a model into a folder.
        load: reads it and returns a function that ranks all intents for a text, best first.
        modules: what is imported before the clock of training starts.
    """

    title: str
    train: Callable[[list[Example], Path], None]
    load: Callable[[Path], Rank]
    modules: tuple[str, ...] = ()


def train_ranker(examples: list[Example], folder: Path) -> None:
    storage.save(training.train(examples, embeddings=False), folder)


def load_ranker(folder: Path) -> Rank:
    trained = storage.load(folder)
    return lambda text: trained.rank(text, "en", follow_ups=False).order


def rasa_system(title: str, pipeline: list[dict]) -> System:
    """Train and ask through Rasa itself: `rasa train nlu`, then the agent's own parsing of a message."""

    def train(examples: list[Example], folder: Path) -> None:
        from rasa.model_training import train_nlu

        data = folder / "data"
        write_nlu(examples, data)
        config = folder / "config.yml"
        for component in pipeline:
            if component["name"] == TOPIC_RANKER:
                component["data"] = str(data)
        config.write_text(
            yaml.safe_dump({"recipe": "default.v1", "assistant_id": "bench", "language": "en", "pipeline": pipeline})
        )
        train_nlu(str(config), str(data / "nlu"), str(folder), fixed_model_name=SAVED)

    def load(folder: Path) -> Rank:
        from rasa.core.agent import Agent

        agent = Agent.load(str(folder / f"{SAVED}.tar.gz"))
        loop = asyncio.new_event_loop()

        def rank(text: str) -> Order:
            parsed = loop.run_until_complete(agent.parse_message(text))
            return [(item["name"], item["confidence"]) for item in parsed["intent_ranking"]]

        return rank

    return System(title, train, load, RASA)


def write_nlu(examples: list[Example], data: Path) -> None:
    """Write examples in Rasa's format, one block per intent and language."""
    blocks: dict[tuple[str, str], list[str]] = {}
    for example in examples:
        blocks.setdefault((example.language, example.intent), []).append(f"- {example.text}\n")
    for language in {language for language, _ in blocks}:
        mine = [
            {"intent": intent, "metadata": {"language": language}, "examples": "".join(lines)}
            for (spoken, intent), lines in blocks.items()
            if spoken == language
        ]
        path = data / "nlu" / language / "examples.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump({"version": "3.1", "nlu": mine}, allow_unicode=True), encoding="utf-8")


def keep_examples(examples: list[Example], folder: Path) -> None:
    (folder / "examples.json").write_text(json.dumps([(item.text, item.intent) for item in examples]))


def load_search(folder: Path) -> Rank:
    """Keyword search: BM25 over the examples; a topic scores as much as its best example."""
    examples = [(words(text), intent) for text, intent in json.loads((folder / "examples.json").read_text())]
    mean = sum(len(found) for found, _ in examples) / len(examples)
    documents = Counter(word for found, _ in examples for word in set(found))
    weight = {word: math.log(1 + (len(examples) - n + 0.5) / (n + 0.5)) for word, n in documents.items()}
    places: dict[str, list[tuple[int, float]]] = {}
    for number, (found, _) in enumerate(examples):
        for word, count in Counter(found).items():
            share = count * 2.2 / (count + 1.2 * (0.25 + 0.75 * len(found) / mean))
            places.setdefault(word, []).append((number, share * weight[word]))

    def rank(text: str) -> Order:
        scores: Counter[int] = Counter()
        for word in set(words(text)):
            for number, score in places.get(word, []):
                scores[number] += score
        best: dict[str, float] = {}
        for number, score in scores.items():
            intent = examples[number][1]
            best[intent] = max(best.get(intent, 0.0), score)
        return sorted(best.items(), key=lambda item: -item[1])

    return rank


SYSTEMS = {
    "ours": System("Rights Desk", train_ranker, load_ranker, ("sklearn.linear_model", "sklearn.svm")),
    "ours-in-rasa": rasa_system("Rights Desk inside Rasa", [{"name": TOPIC_RANKER}]),
    "diet": rasa_system("Rasa default (DIET, 30 epochs)", DIET),
    "regression": rasa_system("Rasa LogisticRegression", REGRESSION),
    "search": System("Keyword search (BM25)", keep_examples, load_search),
}


def main(step: str, name: str, folder: Path) -> None:
    """Do one step and write what it cost."""
    system = SYSTEMS[name]
    for module in system.modules if step == "train" else ():
        import_module(module)
    model = folder / SAVED
    model.mkdir(exist_ok=True)
    result = train_step(system, folder, model) if step == "train" else ask_step(system, folder, model)
    kind = "training" if step == "train" else "serving"
    result[f"{kind}_mb"] = peak_memory()
    (folder / f"{step}.json").write_text(json.dumps(result))


def peak_memory() -> int:
    """Return the largest resident size of this process in MB (getrusage would count what the parent had)."""
    status = Path("/proc/self/status").read_text()
    return round(int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024)  # type: ignore[index]


def train_step(system: System, folder: Path, model: Path) -> dict:
    examples = [Example(**item) for item in json.loads((folder / "examples.json").read_text())]
    begun, worked = time.perf_counter(), time.process_time()
    system.train(examples, model)
    size = sum(path.stat().st_size for path in saved_files(model))
    return {
        "examples": len(examples),
        "seconds": round(time.perf_counter() - begun, 2),
        "cpu_seconds": round(time.process_time() - worked, 2),
        "model_mb": round(size / 2**20, 2),
    }


def saved_files(model: Path) -> list[Path]:
    """List what has to be kept to serve: Rasa's archive, or every file."""
    archive = model / f"{SAVED}.tar.gz"
    return [archive] if archive.exists() else [path for path in model.rglob("*") if path.is_file()]


def ask_step(system: System, folder: Path, model: Path) -> dict:
    rank = system.load(model)
    texts = json.loads((folder / "questions.json").read_text())
    for text in texts[:10]:
        rank(text)
    orders, times = [], []
    worked = time.process_time()
    for text in texts:
        begun = time.perf_counter()
        order = rank(text)
        times.append((time.perf_counter() - begun) * 1000)
        orders.append([(intent, float(score)) for intent, score in order])
    worked = time.process_time() - worked
    times.sort()
    return {
        "orders": orders,
        "cpu_ms": round(worked * 1000 / len(texts), 2),
        "p50_ms": round(times[len(times) // 2], 2),
        "p95_ms": round(times[len(times) * 95 // 100], 2),
    }


def run(name: str, examples: list[Example], texts: list[str], folder: Path) -> tuple[dict, dict]:
    """Train and ask a system, each in a process of its own.

    Args:
        name: a key of `SYSTEMS`.
        examples: what it learns from.
        texts: what it is asked.
        folder: an empty folder, or one where the system has learnt; from the same examples it need not learn again.

    Returns:
        What training cost, and what asking cost with the ranking of each text.
    """
    given = json.dumps([asdict(item) for item in examples])
    learnt = (folder / "train.json").exists() and (folder / "examples.json").read_text() == given
    (folder / "examples.json").write_text(given)
    (folder / "questions.json").write_text(json.dumps(texts))
    for step in ("ask",) if learnt else ("train", "ask"):
        command = [sys.executable, __file__, step, name, str(folder)]
        fresh = {
            "RASA_CACHE_DIRECTORY": str(folder / "cache"),
            "RASA_TELEMETRY_ENABLED": "false",
        }  # or Rasa reuses parts
        done = subprocess.run(command, env={**os.environ, **fresh}, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{name}, {step}: {done.stderr[-2000:]}")
    trained, asked = (json.loads((folder / f"{step}.json").read_text()) for step in ("train", "ask"))
    return trained, asked


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
