"""Which engine checks the structure: the fast one where it is installed, or the one in Python alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, NamedTuple

from exportreport.standard import Standard, Value
from exportreport.structure.breach import Check, Enough

if TYPE_CHECKING:
    from exportreport.structure.alike import Alike

#: Whether a message of a kind has no breach, and usual characters alone.
IsPlain = Callable[[Value, str, Standard], bool]


class Engine(NamedTuple):
    """How structure is checked: ``search`` is the check of what is probably wrong; ``is_plain`` knows what is not.

    ``check_whole`` is the check of what has unusual characters.
    """

    check: Check
    search: Check
    check_whole: Check
    is_plain: IsPlain | None
    alike: Callable[[Standard, Enough], Alike | None]


def engine_of(name: Literal["rust", "pure"] | None) -> Engine:
    """The engine called ``name``; without a name the fast one if it is there. ImportError where "rust" is not."""
    if name != "pure":
        try:
            from exportreport.structure import engine

            return Engine(engine.check, engine.search, engine.check_whole, engine.is_plain, engine.alike)
        except ImportError:
            if name == "rust":
                raise
    from exportreport.structure import pure

    return Engine(pure.check, pure.check, pure.check, None, lambda *_: None)
