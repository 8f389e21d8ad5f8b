"""Where the documents of the round trips come from, but for those made by chance."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from exportreport.standard import Standard
from tests.corpus import generate
from tests.corpus.valid import valid
from tests.lossless.each_slot import each_slot, every_character

Document = dict[str, Any]

ROOT = Path(__file__).resolve().parents[2]

#: A day for the reports of a converter, so that they are the same each time.
REPORTED_AT = "2026-11-23T09:00:00Z"

#: How many messages of each kind, from slender to full.
_SEEDS, _FULLNESS = range(12), (0.05, 0.15, 0.3)


def seeded(standard: Standard) -> Iterator[Document]:
    """Messages of every kind, made from the model by seed."""
    for kind in standard.kinds:
        for fullness in _FULLNESS:
            yield from (generate.document(standard, kind, seed, fullness=fullness) for seed in _SEEDS)


def examples() -> Iterator[Document]:
    """The published examples whose structure is right, and those that the converter's cases give."""
    for path in sorted((ROOT / "examples").glob("valid/*/*.json")):
        yield json.loads(path.read_bytes())
    for path in sorted((ROOT / "examples" / "against-rules").glob("*.json")):
        if not path.name.endswith(".expected.json"):
            yield json.loads(path.read_bytes())
    for path in sorted((ROOT / "converters").glob("**/cases/ours.ndjson")):
        made = map(json.loads, path.read_bytes().splitlines())
        yield from (one for one in made if one["report_type"] != "Submission" or "reports" in one)  # no bare envelope


def dutch_list(data: Path) -> Iterator[Document]:
    """The reports of the whole Dutch list of licenses, as the converter makes them; ``data`` is the data folder."""
    from exportreport.conversion import convert
    from exportreport_converters import FORMATS

    with (data / "real" / "nl_cdiu" / "dual_use_2004_2015.csv").open("rb") as file:
        for one in convert(FORMATS["nl_cdiu/dual_use"], file, reported_at=REPORTED_AT):
            if one.report is not None:
                yield one.report


def converted(data: Path | None) -> Iterator[Document]:
    """The reports of all real lists that the product can read, where the data folder is known."""
    if data is not None:
        yield from dutch_list(data)


def all_of_them(standard: Standard, data: Path | None) -> dict[str, Iterator[Document]]:
    """Every source by its name in the table."""
    return {
        "each slot, code and bound": each_slot(standard),
        "every character": every_character(standard),
        "valid corpus": valid(standard),
        "made by seed": seeded(standard),
        "examples": examples(),
        "real licenses (nl_cdiu)": converted(data),
    }
