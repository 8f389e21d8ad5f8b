"""One process of the fuzzer: ``python -m fuzz.process TARGET COUNTS FOUND [options of libFuzzer]``.

What is fuzzed is imported here, instrumented; nothing that imports it may be imported before.
"""

from __future__ import annotations

import hashlib
import os
import resource
import sys
import time
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import TYPE_CHECKING

import atheris
from atheris.import_hook import HookManager

if TYPE_CHECKING:
    from fuzz.reach import Reach

#: What is instrumented: all of ours that an input comes to.
_ROOMS = ("codec", "structure", "rules", "result", "conversion", "artifacts.evaluation")

#: The exit status of a process that found a fault.
FAULT = 77

_LOOK = 256


def _import_instrumented() -> None:
    """Comparisons are not traced: what they tell is for mutators of bytes, and costs as much as all the rest."""
    with HookManager({"exportreport"}, set(), enable_loader_override=True, trace_dataflow=False):
        import exportreport.pipeline

        place = exportreport.__path__[0]
        for room in _ROOMS:
            name = f"exportreport.{room}"
            for module in walk_packages([str(Path(place, *room.split(".")))], f"{name}."):
                import_module(module.name)


def main(arguments: list[str]) -> None:
    """Fuzz the target that ``arguments`` name until libFuzzer ends the process."""
    _import_instrumented()
    from exportreport import standard
    from fuzz.mutator import Mutator
    from fuzz.reach import Reach
    from fuzz.seeds import pool
    from fuzz.targets import TARGETS

    name, counts, found, *options = arguments
    target, reach, known = TARGETS[name], Reach(Path(counts)), standard.load()
    mutator = Mutator(pool(known.digest), target.syntaxes)
    take = _watched(target.take(known, reach), reach, Path(found))
    options = ["fuzz", f"-artifact_prefix={found}{os.sep}", *options]
    atheris.Setup(options, take, custom_mutator=mutator.mutate, custom_crossover=mutator.cross)
    atheris.Fuzz()


def _watched(take: Callable[[bytes], None], reach: Reach, found: Path) -> Callable[[bytes], None]:
    """``take``, with its time and memory counted; an input that it does not survive is kept, and the process ends."""

    def watched(data: bytes) -> None:
        reach.count("inputs")
        if reach.counts()["inputs"] % _LOOK == 1:
            kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            reach.largest("peak_kib", kib)
            if reach.counts()["inputs"] == _LOOK + 1:
                reach.largest("start_kib", kib)
        begin = time.perf_counter()
        try:
            take(data)
        except BaseException:
            (found / f"crash-{hashlib.sha1(data).hexdigest()}").write_bytes(data)
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(FAULT)
        reach.spent(int((time.perf_counter() - begin) * 1_000_000))

    return watched


if __name__ == "__main__":
    main(sys.argv[1:])
