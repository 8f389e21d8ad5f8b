"""Where the objects of a class stand in the XML form (STANDARD section 3), as steps of XPath."""

from __future__ import annotations

from exportreport.standard import Standard


def holders(standard: Standard, name: str) -> tuple[str, ...]:
    """The kinds of report inside which an object of the class ``name`` can stand, in the standard's order."""
    return tuple(kind for kind in reports(standard) if name in _inside(standard, kind))


def elements(standard: Standard, name: str) -> tuple[str, ...]:
    """The names of the elements that are objects of the class ``name``: by class in lists, else by slot."""
    concrete = set(standard.concrete(name))
    found = [kind for kind in standard.kinds if kind in concrete]
    for body in standard.classes.values():
        for slot in body.slots:
            if slot.kind == "class" and slot.range in concrete:
                found.append(slot.range if slot.many else slot.name)
    return tuple(dict.fromkeys(found))


def reports(standard: Standard) -> tuple[str, ...]:
    """The kinds of report, in the standard's order."""
    return tuple(kind for kind in standard.kinds if "Report" in standard.lineage(kind)[1:])


def only_in_reports(standard: Standard, name: str) -> bool:
    """Whether every object of the class ``name`` is a report or stands in one."""
    others = set(standard.kinds) - set(reports(standard))
    return name in standard.lineage(reports(standard)[0]) or not any(
        name == kind or name in _inside(standard, kind) for kind in others
    )


def _inside(standard: Standard, kind: str) -> set[str]:
    inside: set[str] = set()
    waiting = [kind]
    while waiting:
        body = standard.classes[waiting.pop()]
        ranges = {slot.range for slot in body.slots if slot.kind == "class"} - inside
        ranges = {name for name in ranges if not standard.classes[name].abstract}
        inside |= ranges
        waiting.extend(ranges)
    return inside


def one_of(names: tuple[str, ...], axis: str = "") -> str:
    """A step to elements with one of the ``names``, with no union, so that a predicate can follow."""
    if len(names) == 1:
        return f"{axis}er:{names[0]}"
    return f"{axis}er:*[" + " or ".join(f"self::er:{name}" for name in names) + "]"
