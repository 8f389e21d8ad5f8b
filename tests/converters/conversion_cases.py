"""The cases of each format: what `cases/theirs.*` gives. Run as a script it writes the expected files
anew."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "converters"
REPORTED_AT = "2026-11-23T09:00:00Z"
EXPECTED = ("ours.ndjson", "ledger.ndjson", "refused.ndjson")
#: What a format that is also written gives besides: the file written from ours, and the ledger of writing it.
BACK = ("back_ledger.ndjson",)


def provide_converters() -> None:
    """Make `converters/` importable under its installed name when the package is not installed."""
    if "exportreport_converters" in sys.modules or importlib.util.find_spec("exportreport_converters") is not None:
        return
    spec = importlib.util.spec_from_file_location(
        "exportreport_converters", FOLDER / "__init__.py", submodule_search_locations=[str(FOLDER)]
    )
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["exportreport_converters"] = module
    spec.loader.exec_module(module)


def outcome_of(name: str) -> dict[str, str]:
    """The expected files of the format ``name``, as its cases give them now."""
    from exportreport.conversion import Writer, convert, ledger_json, refusal_json
    from exportreport_converters import FORMATS

    (theirs,) = (FOLDER / name / "cases").glob("theirs.*")
    found = list(convert(FORMATS[name], [theirs.read_bytes()], reported_at=REPORTED_AT))
    there = {
        "ours.ndjson": _lines(c.report for c in found if c.report is not None),
        "ledger.ndjson": _lines(entry for c in found for entry in ledger_json(c)),
        "refused.ndjson": _lines(refusal_json(c.refused) for c in found if c.refused is not None),
    }
    if not FORMATS[name].writes:
        return there
    writer = Writer(FORMATS[name])
    written = list(writer.write(c.report for c in found if c.report is not None))
    back = writer.head() + b"".join(one.data for one in written) + writer.tail()
    return there | {
        f"back{theirs.suffix}": back.decode(),
        "back_ledger.ndjson": _lines(line for one in written for line in one.lines),
    }


def _lines(objects: Iterable[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in objects)


def write_expected() -> None:
    """Write the expected files of every format anew."""
    from exportreport_converters import FORMATS

    for name in FORMATS:
        for file, text in outcome_of(name).items():
            (FOLDER / name / "cases" / file).write_bytes(text.encode())


if __name__ == "__main__":
    sys.path.insert(0, str(FOLDER.parent / "src"))
    provide_converters()
    write_expected()
