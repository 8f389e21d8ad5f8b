"""The model's own law: what the LinkML files may contain, so that every emitter says the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from exportreport.build import strict_yaml
from exportreport.build.patterns.linear import slow
from exportreport.build.patterns.syntax import PatternError

#: The LinkML constructs that may be used, by where they stand. Others are refused: some emitter would lose them.
ALLOWED: dict[str, frozenset[str]] = {
    "schema": frozenset(
        "id name title description license version imports default_prefix prefixes types enums slots classes".split()
    ),
    "type": frozenset(
        "title description uri base repr pattern minimum_value maximum_value annotations examples".split()
    ),
    "enum": frozenset("title description permissible_values".split()),
    "value": frozenset("title description".split()),
    "slot": frozenset(
        "title description range multivalued inlined inlined_as_list designates_type annotations "
        "examples exact_mappings close_mappings".split()
    ),
    "usage": frozenset("title description required examples exact_mappings close_mappings".split()),
    "class": frozenset("title description is_a abstract tree_root slots slot_usage".split()),
}

ANNOTATIONS = frozenset({"code_list", "code_list_by", "max_length"})

#: What a pattern must not contain, and why (RFC 9485 and the engines that read it).
FORBIDDEN_IN_PATTERNS = {
    r"\\[dDwWsSpPbB]": "a class escape: engines disagree about what it covers",
    r"\[\^": "a negated class: it would admit what nobody listed",
    r"\(\?": "a look-around or a flag: XSD has none",
    r"[*+?}][?+]": "a lazy or possessive quantifier: XSD has none",
}

_NAMES = {"slot": r"[a-z][a-z0-9_]*", "class": r"[A-Z][A-Za-z0-9]*", "value": r"[a-z][a-z0-9_]*"}


def lint(files: list[Path]) -> Iterator[str]:
    """What is wrong with the LinkML ``files``, a sentence each that begins with the file; nothing when all is well."""
    ranges: dict[str, set[str]] = defaultdict(set)
    folded: dict[str, set[str]] = defaultdict(set)
    known, used, unread = {"string"}, [], False
    for path in files:
        try:
            schema = strict_yaml.load(path.read_text(encoding="utf-8"))
        except strict_yaml.YamlError as error:
            unread = True
            yield f"{path.name}:{error}"
            continue
        known |= {name for part in ("types", "enums", "classes", "slots") for name in schema.get(part) or {}}
        used += [(path.name, *use) for use in _uses(schema)]
        for text in _lint_schema(schema, ranges, folded):
            yield f"{path.name}: {text}"
    if not unread:  # else what is defined in the file that cannot be read would be called missing
        yield from (
            f"{file}: {where} names {name}, which is not defined" for file, where, name in used if name not in known
        )
    yield from (f"{n}: the slot is defined with several ranges {sorted(r)}" for n, r in ranges.items() if len(r) > 1)
    yield from (f"names that differ only in case or underscores: {sorted(n)}" for n in folded.values() if len(n) > 1)


def _uses(schema: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What the file names that must be defined somewhere, and where it does."""
    yield from ((name, str(body["range"])) for name, body in (schema.get("slots") or {}).items() if body.get("range"))
    for name, body in (schema.get("classes") or {}).items():
        yield from ((name, str(slot)) for slot in (*body.get("slots", ()), *(body.get("slot_usage") or {})))
        if body.get("is_a"):
            yield name, str(body["is_a"])


def _lint_schema(schema: dict[str, Any], ranges: dict[str, set[str]], folded: dict[str, set[str]]) -> Iterator[str]:
    yield from _allowed("schema", "the file", schema)
    for name, body in schema.get("types", {}).items():
        yield from _lint_type(name, body)
    for name, body in schema.get("enums", {}).items():
        yield from _lint_enum(name, body)
    for name, body in schema.get("slots", {}).items():
        ranges[name].add(body.get("range", ""))
        folded[name.replace("_", "")].add(name)
        yield from _lint_slot(name, body)
    for name, body in schema.get("classes", {}).items():
        yield from _lint_class(name, body)


def _lint_type(name: str, body: dict[str, Any]) -> Iterator[str]:
    yield from _allowed("type", name, body)
    yield from _worded(name, body)
    pattern = body.get("pattern")
    if body.get("base") == "str":
        yield from _lint_pattern(name, pattern, body)
    elif pattern is not None:
        yield f"{name}: a pattern on a type that is not text"


def _lint_pattern(name: str, pattern: str | None, body: dict[str, Any]) -> Iterator[str]:
    if not pattern or not (pattern.startswith("^") and pattern.endswith("$")):
        yield f"{name}: the pattern is not anchored; write ^...$"
        return
    faults = list(_outside_subset(pattern)) or list(_slow(pattern))
    yield from (f"{name}: {fault}" for fault in faults)
    if not faults:
        yield from _examples(name, body)


def _examples(name: str, body: dict[str, Any]) -> Iterator[str]:
    """The examples of a type that do not have its form; messages show the first of them to senders."""
    limit = (body.get("annotations") or {}).get("max_length")
    for example in body.get("examples") or ():
        value = str(example.get("value"))
        if not re.fullmatch(body["pattern"], value) or (limit is not None and len(value) > int(limit)):
            yield f"{name}: the example “{value}” does not have the form of the type"


def _outside_subset(pattern: str) -> Iterator[str]:
    if _splits_at_top(pattern[1:-1]):
        yield "a | outside parentheses would escape the anchors; put the alternatives into ( )"
    for forbidden, why in FORBIDDEN_IN_PATTERNS.items():
        if re.search(forbidden, pattern):
            yield f"the pattern has {why}"
    if re.search(r"(?<!\\)\.", re.sub(r"\[[^\]]*\]", "", pattern)):
        yield "the pattern has a dot, which matches what nobody listed"


def _slow(pattern: str) -> Iterator[str]:
    """Why an engine that tries one way after the other could take too long, or why that cannot be said."""
    try:
        found = slow(pattern)
    except PatternError as error:
        yield f"the pattern cannot be read at character {error.at + 1}: {error}"
        return
    if found is not None:
        yield f"the pattern is slow, from character {found.at + 1} on: {found.message}; {found.hint}"


def _splits_at_top(pattern: str) -> bool:
    depth = 0
    for char in re.sub(r"\\.|\[[^\]]*\]", "", pattern):
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            return True
    return False


def _lint_enum(name: str, body: dict[str, Any]) -> Iterator[str]:
    yield from _allowed("enum", name, body)
    yield from _worded(name, body)
    for value, words in body.get("permissible_values", {}).items():
        yield from _named("value", f"{name}.{value}", str(value))
        yield from _allowed("value", f"{name}.{value}", words or {})
        yield from _worded(f"{name}.{value}", words or {})


def _lint_slot(name: str, body: dict[str, Any]) -> Iterator[str]:
    yield from _named("slot", name, name)
    yield from _allowed("slot", name, body)
    yield from _worded(name, body)
    if not body.get("range"):
        yield f"{name}: no range; name the type, list of values or class that the field holds"
    for annotation in set(body.get("annotations", {})) - ANNOTATIONS:
        yield f"{name}: the annotation {annotation} is not known"
    if body.get("range") == "ListedCode" and not {"code_list", "code_list_by"} & set(body.get("annotations", {})):
        yield f"{name}: a listed code must name its list (annotation code_list or code_list_by)"


def _lint_class(name: str, body: dict[str, Any]) -> Iterator[str]:
    yield from _named("class", name, name)
    yield from _allowed("class", name, body)
    yield from _worded(name, body)
    for slot, usage in (body.get("slot_usage") or {}).items():
        yield from _allowed("usage", f"{name}.{slot}", usage or {})


def _allowed(where: str, name: str, body: dict[str, Any]) -> Iterator[str]:
    for construct in sorted(set(body) - ALLOWED[where]):
        yield f"{name}: “{construct}” is not allowed here: some of the published formats could not express it"


def _worded(name: str, body: dict[str, Any]) -> Iterator[str]:
    for need in ("title", "description"):
        if not body.get(need) or body[need] == "TODO":
            yield f"{name}: no {need}"


def _named(where: str, shown: str, name: str) -> Iterator[str]:
    if not re.fullmatch(_NAMES[where], name):
        yield f"{shown}: the name does not look like a {where}'s ({_NAMES[where]})"
