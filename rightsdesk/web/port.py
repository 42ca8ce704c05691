"""Whether a port is free, asked before a server starts, so that the answer can say what to do."""

from __future__ import annotations

import socket


def refusal(host: str, port: int) -> str:
    """Return why a server cannot listen on a port; empty when it can."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return f"Port {port} on {host} cannot be used ({error.strerror})."
    return ""
