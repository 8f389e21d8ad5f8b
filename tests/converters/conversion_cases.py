"""The cases of each format: what `cases/theirs.*` gives. Run as a script it writes the expected files
anew."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "converters"
REPORTED_AT = "2026-11-23T09:00:00Z"


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


def write_expected() -> None:
    """Write the expected files of every format anew."""
    from exportreport.cli.format_cases import outcome_of, sample_in
    from exportreport_converters import FORMATS

    for name, form in FORMATS.items():
        theirs = sample_in(FOLDER / name)
        assert theirs is not None, f"{name} has no cases/theirs.*"
        for file, data in outcome_of(form, theirs).files.items():
            (FOLDER / name / "cases" / file).write_bytes(data)


if __name__ == "__main__":
    sys.path.insert(0, str(FOLDER.parent / "src"))
    provide_converters()
    write_expected()
