"""What a peer needs in a bare process of its own: ``python -m bench.alone GROUP NAME FILE`` is that process.

It has loaded nothing but the interpreter when it begins; so what it tells is what a program that uses the peer pays:
seconds from its start until it can judge, and memory at most while it judges some documents.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time


def peak(process: str = "self") -> float:
    """The most memory that the process had until now, in MiB; `resource` counts what started it as well."""
    lines = [line for line in _read(f"/proc/{process}/status").split("\n") if line.startswith("VmHWM:")]
    return int(lines[0].split()[1]) / 1024 if lines else 0.0


def measured(group: str, name: str, documents: str, rounds: int) -> dict[str, float]:
    """Medians over some starts: ``start`` in seconds, ``memory`` in MiB. Without a ``name``: the interpreter alone."""
    import statistics

    call = [sys.executable, "-W", "ignore", "-m", "bench.alone", group, name, documents]
    compiled = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    starts, memories = [], []
    for number in range(rounds + 1):
        begin = time.monotonic()
        out = subprocess.run(call, capture_output=True, check=True, text=True, env=compiled).stdout
        ready, memory = map(float, out.split()[-2:])
        if number:  # the first start compiles the modules
            starts.append(ready - begin)
            memories.append(memory)
    return {"start": statistics.median(starts), "memory": statistics.median(memories)}


def of_program(call: list[str], rounds: int) -> dict[str, float]:
    """The same for a program that is no Python: ``call`` is a start with one document, to its end."""
    import statistics

    starts, memories = [], []
    for _ in range(rounds):
        begin, most = time.monotonic(), 0.0
        with subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
            while running.poll() is None:
                most = max(most, _of_family(str(running.pid)))
                time.sleep(0.001)
        starts.append(time.monotonic() - begin)
        memories.append(most)
    return {"start": statistics.median(starts), "memory": statistics.median(memories)}


def _of_family(process: str) -> float:
    """The peaks of a process and of those it started, in MiB; of one that has ended, none."""
    children = _read(f"/proc/{process}/task/{process}/children").split()
    return peak(process) + sum(map(_of_family, children))


def _read(path: str) -> str:
    """The text of a file; "" where there is none. Not by pathlib, which a bare process need not load."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:  # noqa: PTH123
            return file.read()
    except OSError:
        return ""


def main() -> None:
    """Be the bare process: say when, by the clock all processes share, it was ready, and its peak at the end."""
    group, name, documents = sys.argv[1:]
    if not name:
        print(time.monotonic(), peak())
        return
    if group == "json":
        from bench.peers import json_peers as peers
    else:
        from bench.peers import xml_peers as peers  # type: ignore[no-redef]
    act = next(one for one in (*peers.PEERS, peers.YARDSTICK) if one.name == name).made()
    ready = time.monotonic()
    act([bytes.fromhex(line) for line in _read(documents).split()])
    print(ready, peak())


if __name__ == "__main__":
    main()
