"""Measures time and memory of the whole server on this machine: start, one answer, a long conversation.

Prints figures; judges nothing. Every request is a real HTTP request to a server in a process of its own.
"""

import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parent.parent
PORT = "5019"
ADDRESS = f"http://127.0.0.1:{PORT}/leipzig/en/"
QUESTIONS = [
    "who films me in the tram",
    "what does the city know about me",
    "wer hat meine daten gesehen",
    "delete my old account",
    "fake text message about a fine",
    "free wifi near me",
    "a computer refused my benefit",
    "qui peut voir mon dossier",
    "kuka kuvaa minua",
    "when is the next event of the days",
    "new passport",
]


def main() -> None:
    """Start a server, measure, stop it."""
    begun = time.perf_counter()
    command = [sys.executable, "-c", "from rightsdesk.cli import main; main()", "serve", "--port", PORT]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_until_ready(server)
        session = requests.Session()
        ask(session, new_conversation(session), 1, QUESTIONS[0])
        print(f"start to first answer   {time.perf_counter() - begun:6.1f} s")
        print(f"memory after the first  {memory(server.pid):6.0f} MB")
        answers = sorted(answer_times(session, 300))
        print(f"one answer              {percentile(answers, 50):6.1f} ms p50  {percentile(answers, 95):.1f} ms p95")
        pages = sorted(timed(lambda: session.get(ADDRESS, timeout=30)) for _ in range(200))
        print(f"one page                {percentile(pages, 50):6.1f} ms p50  {percentile(pages, 95):.1f} ms p95")
        first, fiftieth = long_conversation(session)
        print(f"turn 50 against turn 1  {fiftieth / first:6.2f} × ({first:.1f} ms → {fiftieth:.1f} ms)")
        print(f"memory after all        {memory(server.pid):6.0f} MB")
    finally:
        server.terminate()
        server.wait(10)


def wait_until_ready(server: subprocess.Popen) -> None:
    """Wait until questions can be answered."""
    while server.poll() is None:
        try:
            if requests.get(f"http://127.0.0.1:{PORT}/healthz", timeout=2).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.05)
    raise SystemExit("The server stopped.")


def new_conversation(session: requests.Session) -> str:
    """Open the page and return its conversation id."""
    found = re.search(r'name="conversation" value="([^"]+)"', session.get(ADDRESS, timeout=30).text)
    return found[1] if found else ""


def ask(session: requests.Session, conversation: str, turn: int, text: str) -> float:
    """Ask one question as the page's script does; return milliseconds."""
    form = {"conversation": conversation, "turn": str(turn), "text": text}
    return timed(lambda: session.post(f"{ADDRESS}ask", data=form, headers={"Accept": "application/json"}, timeout=30))


def timed(work) -> float:
    """Return how long some work took, in milliseconds; it must succeed."""
    begun = time.perf_counter()
    assert work().ok
    return (time.perf_counter() - begun) * 1000


def answer_times(session: requests.Session, count: int) -> list[float]:
    """Ask in conversations of four turns each."""
    times = []
    for number in range(count):
        if number % 4 == 0:
            conversation = new_conversation(session)
        times.append(ask(session, conversation, number % 4 + 1, QUESTIONS[number % len(QUESTIONS)]))
    return times


def long_conversation(session: requests.Session) -> tuple[float, float]:
    """Return the median time of turn 1 and of turns 46 to 50, over five conversations."""
    firsts, lasts = [], []
    for _ in range(5):
        conversation = new_conversation(session)
        times = [ask(session, conversation, turn, QUESTIONS[turn % len(QUESTIONS)]) for turn in range(1, 51)]
        firsts.append(times[0])
        lasts += times[-5:]
    return statistics.median(firsts), statistics.median(lasts)


def memory(pid: int) -> float:
    """Return the resident memory of a process, in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


def percentile(ordered: list[float], share: int) -> float:
    """Return a percentile of sorted values."""
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)]


if __name__ == "__main__":
    main()
