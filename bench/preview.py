"""Measures how soon `rightsdesk preview` is ready, and how soon an edit is on the page that waits for it.

Prints figures; judges nothing. Works on a copy of the data in a folder of its own.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parent.parent
PORT = "5021"
ADDRESS = f"http://127.0.0.1:{PORT}/preview"
TIMES = 5


def main() -> None:
    """Start previews, edit a file, measure."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        shutil.copytree(ROOT / "data", data)
        starts, edits = [], []
        for _ in range(TIMES):
            begun = time.perf_counter()
            command = [
                sys.executable,
                "-c",
                "from rightsdesk.cli import main; main()",
                "preview",
                "leipzig",
                "--port",
                PORT,
            ]
            server = subprocess.Popen(
                command, cwd=ROOT, stdout=subprocess.DEVNULL, env={**os.environ, "RIGHTSDESK_DATA": str(data)}
            )
            try:
                wait_until_ready()
                starts.append(time.perf_counter() - begun)
                edits.append(seconds_until_seen(data / "cities" / "leipzig.yml"))
            finally:
                server.terminate()
                server.wait()
    print(f"ready with its first page: median {statistics.median(starts):.2f} s, worst {max(starts):.2f} s")
    print(f"an edit is on the page: median {statistics.median(edits):.2f} s, worst {max(edits):.2f} s")


def wait_until_ready() -> None:
    """Ask for the first page until it comes."""
    while True:
        try:
            if requests.get(f"{ADDRESS}/", timeout=30).status_code == 200:
                return
        except requests.ConnectionError:
            time.sleep(0.02)


def seconds_until_seen(file: Path) -> float:
    """Save a change and wait as the script of the page does."""
    version = requests.get(f"{ADDRESS}/changes", timeout=30).json()["version"]
    begun = time.perf_counter()
    file.write_text(file.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    requests.get(f"{ADDRESS}/changes", params={"since": version}, timeout=30)
    requests.get(f"{ADDRESS}/resident/de/data_access", timeout=30).raise_for_status()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
