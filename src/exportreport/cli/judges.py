"""What judging by a version of the standard needs, made anew from what is published of it.

Nothing that came with the version is run: its rules are compiled by this program from their records, as in the build.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from exportreport.build import coded_slots, codelist_index, json_schema
from exportreport.build.cel.check import check_condition, check_rule
from exportreport.build.cel.scope import Lists
from exportreport.build.rules.emitted import EmittedRule
from exportreport.build.rules.evaluation import BASE
from exportreport.build.rules.python import module
from exportreport.build.rules.records import STANDARD_LAYER
from exportreport.compat.edition import FUNCTIONS, MODEL, PROFILES, RULES, Edition
from exportreport.standard import Standard, from_json

Record = Mapping[str, Any]


def judging_files(of: Edition) -> Iterator[tuple[str, bytes]]:
    """The files, with their paths, by which the edition ``of`` judges.

    Raises CelError where an expression of a rule cannot be compiled, and LookupError, TypeError or ValueError where a
    record is not as the build writes it.
    """
    standard = from_json(of.model)
    yield MODEL, _json(of.model)
    yield RULES, _json({"rules": list(of.rules.values())})
    yield PROFILES, _json({"profiles": list(of.profiles.values())})
    yield FUNCTIONS, _json({"functions": of.functions})
    for name, one in of.lists.items():
        yield f"codelists/{name}.json", _json(one)
    yield "codelists.index.json", _json(codelist_index.index(list(of.lists.values())))
    for kind in standard.kinds:
        yield f"engine/{kind}.json", _json(json_schema.engine_schema(standard, kind))
    yield "evaluation/membership.py", coded_slots.module(standard, "").encode()
    yield from _evaluation(of, standard)


def _evaluation(of: Edition, standard: Standard) -> Iterator[tuple[str, bytes]]:
    whole = [one for one in of.lists.values() if not {"depth", "partial"} & set(one)]
    lists: Lists = {one["id"]: frozenset(entry["code"] for entry in one["codes"]) for one in whole}
    yield "evaluation/__init__.py", b""
    own = (rule for code, rule in of.rules.items() if code.startswith(f"{STANDARD_LAYER}-"))
    yield f"evaluation/{BASE}.py", module(standard, _emitted(own, standard, lists), "").encode()
    for name, profile in of.profiles.items():
        added = (rule for code, rule in of.rules.items() if code in profile["rules"])
        text = profile.get("applies")
        condition = check_condition(standard, text, lists) if text is not None else None
        yield f"evaluation/{name}.py", module(standard, _emitted(added, standard, lists), "", condition).encode()


def _emitted(rules: Iterable[Record], standard: Standard, lists: Lists) -> list[EmittedRule]:
    emitted = []
    for rule in rules:
        if "withdrawn" not in rule:
            checked = check_rule(standard, rule["each"], rule.get("when"), rule["assert"], lists)
            emitted.append(EmittedRule(rule["code"], rule["each"], checked.when, checked.assertion, rule.get("at")))
    return emitted


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
