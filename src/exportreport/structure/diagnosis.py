"""From a breach to a finding: what is wrong there, in the words of the model.

Engines say where a document breaks the schema; what is said of it is decided here alone, by looking at the value and
at the model. So every engine and both syntaxes give the same codes and messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from exportreport.finding import Fault, Finding, Path, make, shown
from exportreport.pattern import pattern
from exportreport.standard import Class, Document, Slot, Standard, Type
from exportreport.structure import faults, suggestions
from exportreport.structure.breach import Breach

_ONE_LINE = frozenset({"Reference", "VersionText"})
_SEVERAL_LINES = frozenset({"Text", "LongText"})
_NOT_ALLOWED = pattern("[^\t\n -~\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANKS = " \t\n"

#: An object with more unknown members than this was not misspelled; nothing is guessed about it.
_MOST_GUESSES = 20

#: How many members of an object are looked at for misspelled ones.
_MOST_MEMBERS = 200


#: How many guesses are remembered of a document; beyond that all are forgotten, so that memory is bounded.
_MOST_REMEMBERED = 4_096

#: What the unknown members of a document were meant to be: by class, the names in the object, and the unknown one.
Guesses = dict[tuple[str, tuple[str, ...], str], str | None]


class _Spot(NamedTuple):
    """A place in the document and what the model expects there."""

    path: Path
    value: Any
    owner: Class
    slot: Slot | None
    entry: bool = False

    @property
    def wants_list(self) -> bool:
        return self.slot is not None and self.slot.many and not self.entry


def diagnose(document: Document, kind: str, breach: Breach, standard: Standard, guesses: Guesses) -> Iterator[Finding]:
    """The findings that say ``breach`` of ``document``, a message of ``kind``: one for each cause.

    ``guesses`` are those made for this document so far, since it may have the same unknown member a million times.
    """
    spot = _find(document, kind, breach.path, standard)
    if breach.missing is not None:
        yield from _missing(spot, breach.missing, standard, guesses)
    elif breach.unknown:
        guess = guesses if len(breach.unknown) <= _MOST_GUESSES else None
        yield from (_unknown(spot, name, standard, guess) for name in breach.unknown)
    else:
        yield _wrong(spot, standard)


def _find(document: Document, kind: str, path: Path, standard: Standard) -> _Spot:
    value: Any = document
    owner, slot, entry = standard.classes[kind], None, False
    for step in path:
        if entry := isinstance(step, int):
            value = value[step]
            continue
        if slot is not None:
            owner = _class_of(value, slot, standard)
        slot, value = owner.by_name[step], value[step]
    return _Spot(path, value, owner, slot, entry)


def _class_at(spot: _Spot, standard: Standard) -> Class:
    """The class of the object at ``spot``."""
    return spot.owner if spot.slot is None else _class_of(spot.value, spot.slot, standard)


def _class_of(value: Any, slot: Slot, standard: Standard) -> Class:
    """The class of the object ``value`` of ``slot``; a message among messages is of the class it names."""
    found = standard.classes[slot.range]
    if found.abstract and isinstance(value, dict):
        named = value.get("report_type")
        return standard.classes[named] if named in standard.concrete(slot.range) else found
    return found


def _missing(spot: _Spot, name: str, standard: Standard, guesses: Guesses) -> Iterator[Finding]:
    """That ``name`` is missing; nothing where a misspelled member beside it says so already."""
    if spot.value == {}:
        yield _say(faults.EMPTY_OBJECT, spot)
        return
    owner = _class_at(spot, standard)
    slot = owner.by_name[name]
    unknown = [other for other in islice(spot.value, _MOST_MEMBERS) if other not in owner.by_name]
    told = slot.kind != "name" and len(unknown) <= _MOST_GUESSES  # without its kind no member of a message is judged
    if not told or not any(_meant(spot, other, owner, guesses) == name for other in unknown):
        words = {"title": slot.title, "name": name, "owner": _owner(owner)}
        yield make(faults.MISSING, spot.path, model_path=f"{owner.name}.{name}", **words)


def _unknown(spot: _Spot, name: str, standard: Standard, guesses: Guesses | None) -> Finding:
    owner = _class_at(spot, standard)
    hint = suggestions.question(None if guesses is None else _meant(spot, name, owner, guesses))
    words = {"name": name, "owner": _owner(owner), "hint": hint}
    return make(faults.UNKNOWN, (*spot.path, name), on_name=True, model_path=owner.name, **words)


def _meant(spot: _Spot, name: str, owner: Class, guesses: Guesses) -> str | None:
    """The slot that an unknown member was meant to be: the nearest of those not given already."""
    case = (owner.name, tuple(spot.value), name)
    if case not in guesses:
        if len(guesses) >= _MOST_REMEMBERED:
            guesses.clear()
        absent = {slot.name: slot.name for slot in owner.slots if slot.name not in spot.value}
        guesses[case] = suggestions.nearest(name, absent)
    return guesses[case]


def _wrong(spot: _Spot, standard: Standard) -> Finding:
    if spot.slot is None:
        return _say(faults.EMPTY_OBJECT, spot)
    if spot.value is None:
        return _say(faults.NULL, spot, where=" in the list" if spot.entry else "")
    if spot.wants_list:
        return _say(faults.EMPTY_LIST if spot.value == [] else faults.NOT_LIST, spot)
    if spot.slot.kind == "class":
        owner = _owner(standard.classes[spot.slot.range])
        return _say(faults.EMPTY_OBJECT if spot.value == {} else faults.NOT_OBJECT, spot, owner=owner)
    if spot.slot.kind == "name":
        return _wrong_kind(spot, standard)
    if spot.slot.kind == "enum":
        return _wrong_value(spot, standard)
    return _wrong_type(spot, standard.types[spot.slot.range], standard)


def _wrong_kind(spot: _Spot, standard: Standard) -> Finding:
    kinds = [name for name in standard.kinds if spot.owner.name in standard.lineage(name)]
    value = spot.value if isinstance(spot.value, str) else _found(spot.value)
    return _say(faults.WRONG_KIND, spot, value=value, hint=_nearest_or_all(value, tuple(kinds)))


def _wrong_value(spot: _Spot, standard: Standard) -> Finding:
    assert spot.slot is not None
    if not isinstance(spot.value, str):
        return _say(faults.NOT_TEXT, spot, hint=".")
    if spot.value == "":
        return _say(faults.EMPTY_TEXT, spot)
    enum = standard.enums[spot.slot.range]
    hint = _nearest_or_all(spot.value, enum.codes, {value.title: value.code for value in enum.values})
    return _say(faults.NOT_ON_LIST, spot, hint=hint)


def _nearest_or_all(value: str, codes: tuple[str, ...], words: Mapping[str, str] | None = None) -> str:
    """The code nearest to ``value``, by itself or by its words; else all of them, if they are few."""
    meant = suggestions.nearest(value, {code: code for code in codes} | dict(words or {}))
    return f" ({', '.join(codes)})." if meant is None and len(codes) <= 8 else suggestions.question(meant)


def _wrong_type(spot: _Spot, expected: Type, standard: Standard) -> Finding:
    if expected.base == "integer":
        return _wrong_integer(spot, expected)
    if expected.base == "boolean":
        return _say(faults.NOT_BOOLEAN, spot)
    if not isinstance(spot.value, str):
        return _say(faults.NOT_TEXT, spot, hint=_quoted(spot.value))
    if spot.value == "":
        return _say(faults.EMPTY_TEXT, spot)
    if expected.max_length is not None and len(spot.value) > expected.max_length:
        return _say(faults.TOO_LONG, spot, length=len(spot.value), limit=expected.max_length)
    if expected.name in _ONE_LINE | _SEVERAL_LINES:
        return _wrong_characters(spot, one_line=expected.name in _ONE_LINE)
    meant = suggestions.for_type(spot.value, expected.name, expected.code_list) or _without_blanks(spot.value, expected)
    hint = suggestions.question(meant)
    words = {"type": expected.title, "example": expected.examples[0], "known": standard.schema_version}
    return _say(faults.BY_TYPE.get(expected.name, faults.FORM), spot, hint=hint, **words)


def _without_blanks(value: str, expected: Type) -> str | None:
    """What stands between blanks and line breaks, as pretty-printers put them around values, if that has the form."""
    inner = value.strip(_BLANKS)
    return inner if inner != value and expected.pattern and re.fullmatch(expected.pattern, inner) else None


def _quoted(value: Any) -> str:
    number = isinstance(value, int) and not isinstance(value, bool)
    return f', in quotes: "{value}".' if number else ", in quotes." if isinstance(value, float) else "."


def _wrong_integer(spot: _Spot, expected: Type) -> Finding:
    if isinstance(spot.value, int) and not isinstance(spot.value, bool):
        bounds = {"minimum": f"{expected.minimum:,}", "maximum": f"{expected.maximum:,}"}
        return _say(faults.INTEGER_RANGE, spot, value=str(spot.value), **bounds)
    return _say(faults.NOT_INTEGER, spot)


def _wrong_characters(spot: _Spot, *, one_line: bool) -> Finding:
    text: str = spot.value
    if found := _NOT_ALLOWED.search(text):
        return _say(faults.CHARACTER, spot, character=_name(found[0]))
    if text[0] in _BLANKS or text[-1] in _BLANKS:
        return _say(faults.OUTER_BLANK, spot, edge="begins" if text[0] in _BLANKS else "ends")
    if one_line and (found := re.search(r"[\t\n]", text)):
        return _say(faults.LINE_BREAK, spot, character=_name(found[0]))
    if len(text) > 256 and one_line:
        return _say(faults.TOO_LONG, spot, length=len(text), limit=256)
    return _say(faults.UNEXPLAINED, spot)


def _name(char: str) -> str:
    names = {"\r": "a carriage return", "\n": "a line break", "\t": "a tab", "\x00": "a NUL character"}
    return f"{names[char]} (U+{ord(char):04X})" if char in names else f"the character U+{ord(char):04X}"


def _say(fault: Fault, spot: _Spot, *, value: str | None = None, **words: object) -> Finding:
    title = spot.slot.title if spot.slot else spot.owner.title
    where = f"{spot.owner.name}.{spot.slot.name}" if spot.slot else spot.owner.name
    kept = value if value is not None else _text(spot.value)
    words.setdefault("owner", _owner(spot.owner))
    return make(fault, spot.path, value=kept, model_path=where, title=title, found=_found(spot.value), **words)


def _text(value: Any) -> str | None:
    """The value as it would be written, for scalars; None for objects and lists."""
    if isinstance(value, dict | list) or value is None:
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)


def _found(value: Any) -> str:
    if isinstance(value, dict):
        return "a group of fields"
    if isinstance(value, list):
        return "a list"
    return "null" if value is None else f"“{shown(str(_text(value)))}”"


def _owner(owner: Class) -> str:
    return owner.title[0].lower() + owner.title[1:]
