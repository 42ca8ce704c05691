"""How understanding grows: accuracy with the number of examples, cost with the number of languages."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from common_task import golden, quality, subset
from rich.table import Table
from systems import run

from rightsdesk.understanding import ranker
from rightsdesk.understanding.examples import Example

PER_TOPIC = (10, 20, 40, 80, None)
CURVES = ("en", "de")
LANGUAGES = (1, 3, 6, None)
WIDTH, HEIGHT, EDGE = 560, 300, 48
INK = {"en": "#0b5a7a", "de": "#b0531c"}


def with_examples(examples: list[Example]) -> list[dict]:
    """Measure the ranker after learning from more and more examples of each topic."""
    rows = []
    for language in CURVES:
        questions = golden(language)
        for most in PER_TOPIC:
            chosen = subset(examples, language, most)
            trained = ranker.train(chosen)
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
        rows.append({"languages": count, **trained, **{key: asked[key] for key in ("p50_ms", "p95_ms", "serving_mb")}})
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
    headings = ("Languages", "Examples", "Training s (CPU)", "p50 / p95 ms", "Memory MB training", "asking", "Model MB")
    table = Table(*headings, title="More languages")
    for row in rows:
        training = f"{row['seconds']:.1f} ({row['cpu_seconds']:.1f})"
        speed = f"{row['p50_ms']:.1f} / {row['p95_ms']:.1f}"
        memory = (str(row["training_mb"]), str(row["serving_mb"]), f"{row['model_mb']:.1f}")
        table.add_row(str(row["languages"]), str(row["examples"]), training, speed, *memory)
    return table


def curve(rows: list[dict]) -> str:
    """Draw accuracy against examples per topic (each step doubles them) as an SVG picture."""
    steps = len(PER_TOPIC) - 1

    def across(step: int) -> float:
        return EDGE + step * (WIDTH - 2 * EDGE - 60) / steps

    def up(share: float) -> float:
        return HEIGHT - EDGE - share * (HEIGHT - 1.5 * EDGE)

    parts = []
    for tens in range(0, 101, 20):
        y = up(tens / 100)
        parts.append(f'<path d="M{EDGE} {y:.1f}H{across(steps):.1f}" stroke="#d5dde3"/>')
        parts.append(f'<text x="{EDGE - 8}" y="{y + 4:.1f}" text-anchor="end">{tens}</text>')
    labels = [str(most or "all") for most in PER_TOPIC]
    parts += [
        f'<text x="{across(n):.1f}" y="{HEIGHT - EDGE + 18}" text-anchor="middle">{label}</text>'
        for n, label in enumerate(labels)
    ]
    for language in CURVES:
        mine = [row for row in rows if row["language"] == language]
        for key, dashes, name in (("first", "", "first right"), ("among_three", ' stroke-dasharray="5 4"', "of three")):
            points = [(across(n), up(row[key])) for n, row in enumerate(mine)]
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            line = f'<polyline points="{path}" fill="none" stroke="{INK[language]}" stroke-width="2"{dashes}/>'
            x, y = points[-1]
            parts += [line, f'<text x="{x + 6:.1f}" y="{y + 4:.1f}" fill="{INK[language]}">{language}, {name}</text>']
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH + 40} {HEIGHT}" font-family="sans-serif" '
        f'font-size="12" fill="#1b1f24" role="img"><title>Accuracy against examples per topic</title>'
        f'<rect width="100%" height="100%" fill="#fff"/>{"".join(parts)}'
        f'<text x="{EDGE}" y="{HEIGHT - 8}">examples per topic</text><text x="8" y="16">% of questions</text></svg>\n'
    )
