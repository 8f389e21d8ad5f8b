"""Messages broken in one place each: for every constraint of the model at least one."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from exportreport.standard import Standard
from tests.corpus import class_mutations, form_mutations, message_mutations, reference_mutations, slot_mutations
from tests.corpus.case import Case, Maker
from tests.corpus.constraints import ANY, Constraint, constraints
from tests.corpus.source import Mutation

_OF_SLOTS = slot_mutations.MAKERS | form_mutations.MAKERS | reference_mutations.MAKERS
_OF_ANY: dict[str, Maker] = {"nesting": message_mutations.nesting, "characters": form_mutations.characters}


def mutations(standard: Standard, seed: int = 0) -> Iterator[Mutation]:
    """The mutations of all constraints of ``standard``, in their order; the same for the same ``seed``."""
    for constraint in constraints(standard):
        yield from of(standard, constraint, seed)


def of(standard: Standard, constraint: Constraint, seed: int = 0) -> Iterator[Mutation]:
    """The mutations that break ``constraint``."""
    yield from _maker(standard, constraint)(Case(standard, constraint, Random(f"{seed}/{constraint.id}")))


def _maker(standard: Standard, constraint: Constraint) -> Maker:
    if constraint.owner == ANY:
        return _OF_ANY[constraint.kind]
    if constraint.slot is None:
        return class_mutations.MAKERS[constraint.kind]
    slot = standard.classes[constraint.owner].by_name[constraint.slot]
    return (message_mutations.MAKERS if slot.kind == "name" else _OF_SLOTS)[constraint.kind]
