"""What kind of message a document is: told before anything else is looked at."""

from __future__ import annotations

from exportreport.codec import faults
from exportreport.finding import Finding, make, shown
from exportreport.standard import Standard, Value

#: Longer names are not compared: they were not meant to be a kind, and comparing costs time.
_LONGEST = 64


def kind_of(value: Value, standard: Standard) -> str | Finding:
    """The kind of the message ``value``, one of the standard's; or why it has none (STANDARD section 1)."""
    if not isinstance(value, dict):
        return make(faults.NOT_OBJECT, (), found=_found(value))
    if "report_type" not in value:
        return make(faults.KIND_MISSING, (), model_path="Message.report_type")
    named = value["report_type"]
    if isinstance(named, str) and named in standard.kinds:
        return named
    return unknown(named if isinstance(named, str) else _found(named), standard)


def unknown(named: str, standard: Standard) -> Finding:
    """The finding that there is no kind called ``named``, with the kind that was probably meant."""
    place, slot = ("report_type",), "Message.report_type"
    return make(faults.KIND_UNKNOWN, place, model_path=slot, value=named, hint=_hint(named, standard))


def _hint(named: str, standard: Standard) -> str:
    from difflib import get_close_matches

    by_fold = {_fold(kind): kind for kind in standard.kinds}
    near = get_close_matches(_fold(named), by_fold, n=1, cutoff=0.6) if len(named) < _LONGEST else []
    return f"; did you mean {by_fold[near[0]]}?" if near else f" ({', '.join(standard.kinds)})."


def _fold(named: str) -> str:
    return "".join(c for c in named.lower() if c.isalnum())


def _found(value: Value) -> str:
    if value is None:
        return "null"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a group of fields"
    words = {bool: "true or false", str: "a text"}
    return words.get(type(value), "a number") + f" ({shown(str(value))})" * (not isinstance(value, bool))
