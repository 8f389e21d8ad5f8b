"""Large messages broken by chance: all engines refuse them, and we say the same of them in JSON and in XML."""

from __future__ import annotations

import json
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exportreport import pipeline, standard
from exportreport.codec import json_text
from exportreport.standard import Class, Standard
from tests.corpus.generate import broken
from tests.equivalence.engines import json_engines, our_findings, published

#: Values that only one syntax can write: XML has no null, nothing that is a number or truth value and not a
#: text, no single value in the place of a list, and no NUL.
_VALUES = ("None", "3", "5", "7", "True", "true", "text", "1", "0", "1.5", "a\x00b")
ONE_SYNTAX = {repr(value) for value in _VALUES}

STANDARD = standard.load()
ENGINES = json_engines(published(STANDARD))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(STANDARD.kinds), st.integers(0, 2**40))
def test_a_broken_message_is_refused_by_all(kind: str, seed: int) -> None:
    whole, change = broken(STANDARD, kind, seed)
    data = json.dumps(whole).encode()
    for name in ("rust", "pure"):
        assert our_findings(data, STANDARD, pipeline.Settings(engine=name, rules=False)), change
    # jsonschema takes a final line feed for the end of the text (one_syntax.toml)
    asked = [engine for engine in ENGINES if engine.name != "jsonschema" or not change.endswith("\\n'")]
    assert not [engine.name for engine in asked if engine.judge(data, kind) is None], change


def can_be_written_in_both(what: str) -> bool:
    value = what.partition(" = ")[2]
    return value not in ONE_SYNTAX and value[1:2] not in ("[", "{")


@pytest.mark.parametrize("seed", range(150))
def test_both_syntaxes_say_the_same(seed: int, the_standard: Standard) -> None:
    for kind in the_standard.kinds:
        whole, what = broken(the_standard, kind, seed)
        if not can_be_written_in_both(what):
            continue
        inside = _members(whole, the_standard.classes[kind], the_standard)
        as_xml = f'<{kind} xmlns="{the_standard.namespace}">{inside}</{kind}>'.encode()
        assert _said(as_xml, the_standard) == _said(json_text.encode(whole, the_standard), the_standard), what


def _said(data: bytes, standard: Standard) -> list[tuple[str, str | None, str]]:
    (result,) = pipeline.check(data, standard)
    return sorted((f.finding_code, f.pointer or "", f.message) for f in result.findings)


def _members(value: dict[str, Any], body: Class, standard: Standard) -> str:
    """The elements of an object, right or wrong; a writer that has nothing in common with ours."""
    known = [slot.name for slot in body.slots]
    parts = []
    for name in [*(name for name in known if name in value), *(name for name in value if name not in known)]:
        slot = body.by_name.get(name)
        if slot is None or slot.kind not in ("class", "name"):
            values = value[name] if slot and slot.many and isinstance(value[name], list) else [value[name]]
            parts += [f"<{name}>{_loose(one)}</{name}>" for one in values]
        elif slot.kind == "class":
            parts.append(f"<{name}>{_group(value[name], slot.range, standard, many=slot.many)}</{name}>")
    return "".join(parts)


def _group(value: Any, name: str, standard: Standard, *, many: bool) -> str:
    if many and isinstance(value, list):
        kinds = [one["report_type"] if standard.classes[name].abstract else name for one in value]
        pairs = zip(kinds, value, strict=True)
        return "".join(f"<{kind}>{_group(one, kind, standard, many=False)}</{kind}>" for kind, one in pairs)
    return _members(value, standard.classes[name], standard) if isinstance(value, dict) else _loose(value)


def _loose(value: Any) -> str:
    if isinstance(value, dict):
        return "".join(f"<{name}>{_loose(child)}</{name}>" for name, child in value.items())
    if isinstance(value, list):
        return "".join(f"<x>{_loose(child)}</x>" for child in value)
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return escape(text, {"\r": "&#13;"})
