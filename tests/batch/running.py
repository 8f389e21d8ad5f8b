"""A command that runs beside a test, and the processes that it started."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAM = str(Path(sys.executable).with_name("exportreport"))


@contextmanager
def started(call: list[str], **more: Any) -> Iterator[subprocess.Popen[bytes]]:
    """The running command; whatever happens, it does not outlive the test."""
    running = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)
    try:
        yield running
    finally:
        running.kill()
        running.communicate()


def children(parent: int, count: int = 2, after: float = 0.0) -> list[int]:
    """The processes that judge for ``parent``, as soon as there are ``count``; ``after`` so many seconds more."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        found = [pid for pid in _children(parent) if b"spawn_main" in _command(pid)]
        if len(found) >= count:
            time.sleep(after)
            return found
        time.sleep(0.01)
    raise AssertionError("the processes did not start")


def ended(pid: int) -> bool:
    """Whether there is no process ``pid`` any more, at the latest after some seconds."""
    until = time.monotonic() + 10
    while (alive := Path(f"/proc/{pid}").exists()) and time.monotonic() < until:
        time.sleep(0.01)
    return not alive


def _children(parent: int) -> list[int]:
    try:
        return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
    except OSError:
        return []


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
