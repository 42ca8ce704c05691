"""How understanding grows: accuracy with the number of examples, cost with the number of languages."""

from __future__ import annotations

import math
import tempfile
from collections import Counter
from collections.abc import Callable
from itertools import product
from pathlib import Path

from common_task import golden, quality, subset
from rich.table import Table
from systems import run

from rightsdesk.understanding import training
from rightsdesk.understanding.examples import Example

PER_TOPIC = (10, 20, 40, 80, None)  # None: all of them
CURVES = ("en", "de")
LANGUAGES = (1, 3, 6, None)
WIDTH, HEIGHT, EDGE = 640, 340, 48
LINES = (("first", "", "first right"), ("among_three", ' stroke-dasharray="5 4"', "among three"))
NAMES = {"en": "English", "de": "German"}
INK = {"en": "#0b5a7a", "de": "#b0531c"}


def with_examples(examples: list[Example]) -> list[dict]:
    """Measure the ranker after learning from more and more examples of each topic."""
    rows = []
    for language in CURVES:
        questions = golden(language)
        for most in PER_TOPIC:
            chosen = subset(examples, language, most)
            trained = training.train(chosen, embeddings=False)
            orders = [trained.rank(item.text, language, follow_ups=False).order for item in questions]
            mean = len(chosen) / len({item.intent for item in chosen})
            rows.append({"language": language, "per_topic": most or round(mean), **quality(questions, orders)})
    return rows


def with_languages(examples: list[Example]) -> list[dict]:
    """Measure what the ranker costs with the languages that have most examples, all examples of each."""
    order = [language for language, _ in Counter(example.language for example in examples).most_common()]
    texts = [question.text for question in golden("en")]
    rows = []
    for count in dict.fromkeys(most or len(order) for most in LANGUAGES):
        chosen = [example for example in examples if example.language in order[:count]]
        with tempfile.TemporaryDirectory() as folder:
            trained, asked = run("ours", chosen, texts, Path(folder))
        del asked["orders"]
        rows.append({"languages": count, **trained, **asked})
    return rows


def examples_table(rows: list[dict]) -> Table:
    """Lay out accuracy against examples."""
    headings = ("Language", "Examples per topic", "First right %", "Among three %", "False accepts %")
    table = Table(*headings, title="More examples")
    for row in rows:
        shares = (f"{100 * row[key]:.1f}" for key in ("first", "among_three", "false_accepts"))
        table.add_row(row["language"], str(row["per_topic"]), *shares)
    return table


def languages_table(rows: list[dict]) -> Table:
    """Lay out cost against languages."""
    headings = (
        "Languages",
        "Examples",
        "Training s (CPU)",
        "p50 / p95 ms (CPU)",
        "Memory MB training",
        "asking",
        "Model MB",
    )
    table = Table(*headings, title="More languages")
    for row in rows:
        training = f"{row['seconds']:.1f} ({row['cpu_seconds']:.1f})"
        speed = f"{row['p50_ms']:.1f} / {row['p95_ms']:.1f} ({row['cpu_ms']:.1f})"
        memory = (str(row["training_mb"]), str(row["serving_mb"]), f"{row['model_mb']:.1f}")
        table.add_row(str(row["languages"]), str(row["examples"]), training, speed, *memory)
    return table


def curve(rows: list[dict]) -> str:
    """Draw accuracy against examples per topic (each step to the right doubles them) as an SVG picture."""
    most = max(row["per_topic"] for row in rows)

    def across(examples: int) -> float:
        return EDGE + (WIDTH - 2 * EDGE) * math.log(examples / PER_TOPIC[0]) / math.log(most / PER_TOPIC[0])

    def up(share: float) -> float:
        return HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE)

    parts = [_grid(across, up, most)]
    for number, (language, (key, dashes, name)) in enumerate(product(CURVES, LINES)):
        mine = [row for row in rows if row["language"] == language]
        points = " ".join(f"{across(row['per_topic']):.1f},{up(row[key]):.1f}" for row in mine)
        style = f'fill="none" stroke="{INK[language]}" stroke-width="2"{dashes}'
        x, y = WIDTH - EDGE - 130, up(0.42) + number * 18
        parts.append(f'<polyline points="{points}" {style}/><path d="M{x} {y - 4:.1f}h24" {style}/>')
        parts.append(f'<text x="{x + 32}" y="{y:.1f}">{NAMES[language]}, {name}</text>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        'font-size="12" fill="#1b1f24" role="img"><title>Accuracy against examples per topic</title>'
        f'<rect width="100%" height="100%" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def _grid(across: Callable[[int], float], up: Callable[[float], float], most: int) -> str:
    """Draw the lines and numbers behind the curves."""
    parts = [f'<text x="8" y="24">% of questions</text><text x="{EDGE}" y="{HEIGHT - 10}">examples per topic</text>']
    for percent in range(0, 101, 20):
        y = up(percent / 100)
        parts.append(f'<path d="M{EDGE} {y:.1f}H{WIDTH - EDGE}" stroke="#d5dde3"/>')
        parts.append(f'<text x="{EDGE - 8}" y="{y + 4:.1f}" text-anchor="end">{percent}</text>')
    for examples in (*(count for count in PER_TOPIC if count), most):
        parts.append(
            f'<text x="{across(examples):.1f}" y="{HEIGHT - EDGE + 18}" text-anchor="middle">{examples}</text>'
        )
    return "".join(parts)
