"""The types of the expression language in an author's words."""

from __future__ import annotations

from exportreport.build.cel.tree import Type

_WORDS = {
    "boolean": "true or false",
    "int": "a number",
    "integer": "an integer slot",
    "compared": "the sign that compare() gives",
    "decimal": "a decimal",
    "date": "a date",
    "datetime": "a date and time",
    "text": "a text",
    "literal": "a text",
}


def shown(type_: Type) -> str:
    """``type_`` in words, with its article."""
    if type_.name == "object":
        return f"an object of class {type_.of}"
    if type_.name == "enum":
        return f"a value of {type_.of}"
    if type_.name == "code":
        return f"a code of the list {type_.of}"
    if type_.name == "list" and type_.item:
        return f"a list, each entry {shown(type_.item)}"
    return _WORDS.get(type_.name, "unknown")
