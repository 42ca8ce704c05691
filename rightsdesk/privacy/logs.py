"""What may stand in a log about an error: its kind and place, never a message that could quote a resident."""

from __future__ import annotations


def describe(error: BaseException) -> str:
    """Name an error's type and the line it arose in.

    Args:
        error: as caught.

    Returns:
        For example `KeyError at cards.py:120`.
    """
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    if trace is None:
        return type(error).__name__
    return f"{type(error).__name__} at {trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}"
