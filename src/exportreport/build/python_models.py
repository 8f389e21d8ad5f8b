"""The classes of the standard as models of pydantic, for programs in Python that make or take messages.

The models hold messages to the structure, as the JSON Schema does. LinkML's own generator lets null stand for what is
left out, takes texts for numbers, and does not know the patterns of types.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from exportreport.standard import Class, Enum, Slot, Standard, Type

_HEAD = '''"""The messages of the exportreport standard {version} as models of pydantic (2.7 or later).

    message = exportreport_models.MESSAGE.validate_json(data)
    message.document()    # plain values, without what is left out

Dates and decimals are texts, as in the messages. The models know the structure; the rules they do not know.
"""

from __future__ import annotations

import typing as t

import pydantic as p


class Model(p.BaseModel):
    """What all classes share: no other members, no conversions, no null, no empty object."""

    model_config = p.ConfigDict(extra="forbid", strict=True)

    @p.model_validator(mode="before")
    @classmethod
    def _given(cls, value: t.Any) -> t.Any:
        if isinstance(value, dict) and (not value or None in value.values()):
            raise ValueError("what is not known is left out: no null, no empty object")
        return value

    def document(self) -> dict[str, t.Any]:
        """The message as plain values."""
        return self.model_dump(exclude_none=True)

'''


def module(standard: Standard, note: str) -> str:
    """The module of the models."""
    parts = [
        f"# {note}\n",
        _HEAD.replace("{version}", standard.version),
        *(_type(one) for one in standard.types.values()),
        *(_enum(one) for one in standard.enums.values()),
        *(_class(standard, one) for one in standard.classes.values() if not one.abstract),
        f"Message = {_union(standard.kinds)}\n",
        "#: Reads a message of any kind.\nMESSAGE: p.TypeAdapter[t.Any] = p.TypeAdapter(Message)\n",
    ]
    return "\n".join(parts)


def _type(one: Type) -> str:
    if one.base == "boolean":
        of, limits = "bool", ["strict=True"]
    elif one.base == "integer":
        of, limits = "int", ["strict=True", f"ge={one.minimum}", f"le={one.maximum}"]
    else:
        length = [f"max_length={one.max_length}"] if one.max_length else []
        of, limits = "str", ["strict=True", f"pattern={_quoted(one.pattern or '')}", *length]
    return f"{_comment(one.description)}{one.name} = t.Annotated[{of}, p.Field({', '.join(limits)})]\n"


def _enum(one: Enum) -> str:
    codes = "".join(f"    {_quoted(code)},\n" for code in one.codes)
    return f"{_comment(one.description)}{one.name} = t.Literal[\n{codes}]\n"


def _class(standard: Standard, body: Class) -> str:
    members = "".join(_member(standard, body, slot) for slot in body.slots)
    return f"\nclass {body.name}(Model):\n    {_documentation(body.description)}\n\n{members}"


def _member(standard: Standard, owner: Class, slot: Slot) -> str:
    if slot.kind == "name":
        return f"    {slot.name}: t.Literal[{_quoted(owner.name)}]\n"
    of = slot.range
    if slot.kind == "class" and standard.classes[of].abstract:
        of = _union(standard.concrete(of))
    if slot.many:
        of = f"t.Annotated[list[{of}], p.Field(min_length=1)]"
    words = f"title={_quoted(slot.title)}, description={_quoted(slot.description)}"
    if slot.required:
        return f"    {slot.name}: {of} = p.Field({words})\n"
    return f"    {slot.name}: {of} | None = p.Field(None, {words})\n"


def _union(kinds: tuple[str, ...]) -> str:
    return f't.Annotated[{" | ".join(kinds)}, p.Field(discriminator="report_type")]'


def _comment(text: str) -> str:
    return f"#: {text}\n"


def _documentation(text: str) -> str:
    return _quoted(text) if '"' in text else f'"""{text}"""'


def _quoted(text: str) -> str:
    return "".join(_escaped(text))


def _escaped(text: str) -> Iterator[str]:
    """A literal of Python in ASCII: characters that nobody can see are told by their numbers."""
    for sign in json.dumps(text, ensure_ascii=False):
        point = ord(sign)
        yield sign if point < 127 else f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"
