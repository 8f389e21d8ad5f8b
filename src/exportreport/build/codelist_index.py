"""The compact form of the code lists that a run reads: codes and days, and nothing that only a person needs."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

#: What is said of a list beside its codes.
_TERMS = ("open", "partial", "complete_from", "complete_to", "depth")


def index(lists: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The content of ``codelists.index.json``.

    ``codes`` are the codes that are valid on every day, separated by blanks; ``dated`` holds for each other code its
    periods, first day and last day, either of them empty; ``below`` are codes under which the list ends. ``by`` leads
    from a code of the list to the list that judges the codes of what it names. ``digest`` is that of all lists.
    """
    content = json.dumps(lists, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digest = "sha256:" + hashlib.sha256(content.encode()).hexdigest()
    return {"digest": digest, "lists": {one["id"]: _compact(one) for one in lists}}


def _compact(one: Mapping[str, Any]) -> dict[str, Any]:
    dated: dict[str, list[list[str]]] = defaultdict(list)
    for entry in one["codes"]:
        dated[entry["code"]].append([entry.get("valid_from", ""), entry.get("valid_to", "")])
    always = [code for code, periods in dated.items() if periods == [["", ""]]]
    compact = {name: one[name] for name in _TERMS if one.get(name) not in (None, False)}
    compact["codes"] = " ".join(always)
    parts = {
        "dated": {code: periods for code, periods in dated.items() if periods != [["", ""]]},
        "below": [entry["code"] for entry in one["codes"] if entry.get("below") == "open"],
        "by": {entry["code"]: entry["codes"] for entry in one["codes"] if "codes" in entry},
    }
    return compact | {name: part for name, part in parts.items() if part}
