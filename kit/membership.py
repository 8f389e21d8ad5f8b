"""A message for each thing that a code list can say of a code: on the list, ended, not begun, not on it, unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from exportreport import codelists
from exportreport.build.rules.cases import complete_case
from exportreport.build.rules.records import Case
from exportreport.codelists import CodeList
from exportreport.standard import Document, Slot, Standard

#: Codes that may be on no list; the first that the field's form allows and the list does not have is taken.
STRANGERS = ("QQ", "QQQ", "99", "999999", "9Z999", "no-such-code", "QQ999.z")

#: Codes that lie deeper than lists go: under the first code of a list.
DEEPER = (".z9", "99", "9")

TODAY = "2026-03-01"

_UNPUBLISHED = (("not-published", "99", TODAY),)


class Sample(NamedTuple):
    """A message with one code in question."""

    name: str
    title: str
    document: Document


class Field(NamedTuple):
    """A field whose codes a list judges, and what has to stand beside it."""

    owner: str
    slot: Slot
    beside: dict[str, Any]


def samples(standard: Standard) -> Iterator[Sample]:
    """For each list, in the first field that it judges, a code of each status that it can give."""
    for name, field in sorted(_fields(standard).items()):
        known = codelists.load(name)
        for what, code, day in _asked(known, _form(standard, field.slot)) if known else _UNPUBLISHED:
            title = f"{known.title if known else name}: {code} on {day}"
            yield Sample(f"{name}-{what}", title, _message(standard, field, code, day))


def _message(standard: Standard, field: Field, code: str, day: str) -> Document:
    value = {**field.beside, field.slot.name: [code] if field.slot.many else code}
    return complete_case(Case("", "pass", value=value, as_of=day), field.owner, standard)[0]


def _fields(standard: Standard) -> dict[str, Field]:
    """The first field that each list judges."""
    found: dict[str, Field] = {}
    for owner in standard.classes.values():
        for slot in owner.slots if not owner.abstract else ():
            kind = standard.types.get(slot.range) if slot.kind == "type" else None
            name = slot.code_list or (kind.code_list if kind else None)
            if name:
                found.setdefault(name, Field(owner.name, slot, {}))
            if slot.code_list_by:
                naming = codelists.load(owner.by_name[slot.code_list_by].code_list or "")
                for entry in naming.entries if naming else ():
                    found.setdefault(entry.code, Field(owner.name, slot, {slot.code_list_by: entry.code}))
    return found


def _form(standard: Standard, slot: Slot) -> re.Pattern[str]:
    return re.compile(standard.types[slot.range].pattern or "")


def _asked(known: CodeList, form: re.Pattern[str]) -> Iterator[tuple[str, str, str]]:
    """What to ask of a list: a name for it, the code and the day."""
    codes = [entry.code for entry in known.entries]
    always = [e.code for e in known.entries if not e.valid_from and not e.valid_to]
    ended = [(e.code, e.valid_to) for e in known.entries if e.valid_to]
    begun = [(e.code, e.valid_from) for e in known.entries if e.valid_from]
    if always:
        yield "on-the-list", always[0], TODAY
    for code, last in ended[:1]:
        yield "last-day", code, last
        yield "ended", code, _moved(last, 1)
    for code, first in begun[:1]:
        yield "first-day", code, first
        yield "not-begun", code, _moved(first, -1)
    for code in [one for one in STRANGERS if one not in codes and form.fullmatch(one)][:1]:
        yield "not-on-the-list", code, TODAY
        for day, name in ((known.complete_from, "before-it-is-complete"), (known.complete_to, "after-it-is-complete")):
            if day:
                yield name, code, _moved(day, -1 if name.startswith("before") else 1)
    deeper = [code + end for code in always[:1] for end in DEEPER if form.fullmatch(code + end)]
    for code in [one for one in deeper if one not in codes][:1]:
        yield "deeper", code, TODAY


def _moved(day: str, days: int) -> str:
    return str(date.fromisoformat(day) + timedelta(days))
