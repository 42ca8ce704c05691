"""The house rules of docs/architecture.md, held by tests."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "rightsdesk"
MAY_IMPORT = {
    "knowledge": {"knowledge"},
    "answers": {"answers", "knowledge"},
    "understanding": {"understanding"},
    "privacy": {"privacy"},
    "web": {"web", "answers", "knowledge", "privacy"},
    "rasa": {"rasa", "web", "answers", "knowledge", "understanding", "privacy"},
}
TOP = {"languages", "settings"}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names if node.module == "rightsdesk"}
    return found


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_dependencies_point_down(layer: str) -> None:
    files = sorted((PACKAGE / layer).rglob("*.py"))
    assert files
    for path in files:
        for name in imports(path):
            parts = name.split(".")
            if parts[0] != "rightsdesk" or len(parts) < 2 or parts[1] in TOP:
                continue
            assert parts[1] in MAY_IMPORT[layer], f"{path.name} in {layer} imports {name}"


def test_only_the_rasa_package_imports_rasa() -> None:
    for path in PACKAGE.rglob("*.py"):
        if (PACKAGE / "rasa") in path.parents:
            continue
        roots = {name.split(".")[0] for name in imports(path)}
        assert not roots & {"rasa", "rasa_sdk", "tensorflow"}, path
        if (PACKAGE / "web") not in path.parents:
            assert "sanic" not in roots, path


def test_importing_the_product_starts_neither_rasa_nor_a_server() -> None:
    code = (
        "import sys, rightsdesk, rightsdesk.cli, rightsdesk.answers.dialogue, rightsdesk.understanding.ranker;"
        "print([name for name in ('rasa', 'tensorflow', 'sanic', 'sklearn') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_the_lock_file_has_hashes_and_names_no_index() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert "rasa==3.6.21" in lock
    assert lock.count("--hash=sha256:") > 500
    assert "://" not in lock
