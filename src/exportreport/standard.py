"""The compiled standard as frozen records: what every room knows of classes, slots, types and values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Literal, NamedTuple

from exportreport import artifact

#: What a decoder gives and an encoder takes: text, integers, booleans, lists and objects. ``float`` and ``None``
#: never occur in a valid document; they are kept so that what was sent can be named in a finding.
Value = str | int | bool | float | None | list["Value"] | dict[str, "Value"]

#: One message as plain values.
Document = dict[str, Value]


class Type(NamedTuple):
    """A kind of single value and its one lexical form (the standard's section on values).

    ``pattern`` is anchored (``^...$``) and means the same in Python, Rust, ECMAScript and, without its anchors, in
    XSD. ``max_length`` counts code points. ``minimum`` and ``maximum`` are given for integers alone.
    """

    name: str
    title: str
    description: str
    base: Literal["text", "integer", "boolean"]
    pattern: str | None = None
    max_length: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    code_list: str | None = None
    examples: tuple[str, ...] = ()


class EnumValue(NamedTuple):
    """One code of a closed list."""

    code: str
    title: str
    description: str


class Enum(NamedTuple):
    """A closed list of codes that changes only with the model."""

    name: str
    title: str
    description: str
    values: tuple[EnumValue, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in the model's order."""
        return tuple(value.code for value in self.values)


class Slot(NamedTuple):
    """One field of a class: the name of the JSON member and of the XML element.

    ``kind`` says what ``range`` names; ``kind`` "name" is the slot that holds the kind of message itself.
    ``code_list`` is the list that the value is a code of; ``code_list_by`` the slot beside it that names the list.
    ``mappings`` are the fields of national formats, as ``format:field``, split by how close they are.
    """

    name: str
    title: str
    description: str
    range: str
    kind: Literal["class", "enum", "type", "name"]
    required: bool = False
    many: bool = False
    code_list: str | None = None
    code_list_by: str | None = None
    examples: tuple[str, ...] = ()
    exact_mappings: tuple[str, ...] = ()
    close_mappings: tuple[str, ...] = ()


class _Class(NamedTuple):
    name: str
    title: str
    description: str
    parent: str | None
    abstract: bool
    slots: tuple[Slot, ...]


class Class(_Class):
    """A kind of object and its slots, inherited ones first, in the order of the XML elements."""

    @cached_property
    def by_name(self) -> Mapping[str, Slot]:
        """The slots by their names."""
        return {slot.name: slot for slot in self.slots}

    @cached_property
    def place(self) -> Callable[[str], int]:
        """Gives the place of a slot, by its name, in the order of the class; KeyError for what is no slot of it."""
        return {slot.name: place for place, slot in enumerate(self.slots)}.__getitem__


class _Standard(NamedTuple):
    version: str
    schema_version: str
    namespace: str
    digest: str
    kinds: tuple[str, ...]
    types: Mapping[str, Type]
    enums: Mapping[str, Enum]
    classes: Mapping[str, Class]


class Standard(_Standard):
    """The whole model. Loaded once (`load`) and passed to whoever needs it."""

    @cached_property
    def _concrete(self) -> Mapping[str, tuple[str, ...]]:
        return {name: tuple(k for k in self.kinds if name in self.lineage(k)) or (name,) for name in self.classes}

    @cached_property
    def carriers(self) -> Mapping[str, tuple[Slot, ...]]:
        """For each kind of message the slots that hold other messages."""
        return {
            kind: tuple(s for s in self.classes[kind].slots if s.kind == "class" and self.classes[s.range].abstract)
            for kind in self.kinds
        }

    def lineage(self, name: str) -> tuple[str, ...]:
        """The class ``name`` and its ancestors, nearest first."""
        chain = []
        step: str | None = name
        while step is not None:
            chain.append(step)
            step = self.classes[step].parent
        return tuple(chain)

    def concrete(self, name: str) -> tuple[str, ...]:
        """The classes an object of class ``name`` may be of: the kinds under an abstract class, else itself."""
        return self._concrete[name] if self.classes[name].abstract else (name,)


def load() -> Standard:
    """The standard that this release was built with.

    The source is ``artifacts/model.json``, made from the LinkML model by ``exportreport build``.
    """
    import orjson

    data = artifact.read("model.json")
    return from_json(orjson.loads(data))


def from_json(model: Mapping[str, Any]) -> Standard:
    """The records of ``model``, the parsed ``model.json``."""
    return Standard(
        version=model["version"],
        schema_version=model["schema_version"],
        namespace=model["namespace"],
        digest=model["digest"],
        kinds=tuple(model["kinds"]),
        types={name: Type(name, **_tuples(body)) for name, body in model["types"].items()},
        enums={name: _enum(name, body) for name, body in model["enums"].items()},
        classes={name: _class(name, body) for name, body in model["classes"].items()},
    )


def _enum(name: str, body: Mapping[str, Any]) -> Enum:
    values = tuple(EnumValue(code, **words) for code, words in body["values"].items())
    return Enum(name, body["title"], body["description"], values)


def _class(name: str, body: Mapping[str, Any]) -> Class:
    slots = tuple(Slot(slot, **_tuples(words)) for slot, words in body["slots"].items())
    return Class(name, body["title"], body["description"], body.get("parent"), body.get("abstract", False), slots)


def _tuples(body: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in body.items()}
