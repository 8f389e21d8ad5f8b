"""Where a document breaks the schema: what an engine finds, before it has words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from exportreport.finding import Path
from exportreport.standard import Document, Slot, Standard


class Breach(NamedTuple):
    """One place that breaks the schema.

    Without ``missing`` and ``unknown`` the value at ``path`` itself is wrong; otherwise the object there lacks the
    member ``missing``, or has the members ``unknown``, which its class does not know. It stands for ``times`` breaches
    that come to findings of the same severity, where nobody wants to hear of them one by one.
    """

    path: Path
    missing: str | None = None
    unknown: tuple[str, ...] = ()
    times: int = 1

    def under(self, path: Path) -> Breach:
        """The same breach of an object that stands at ``path``."""
        return self._replace(path=path + self.path)


class Enough:
    """Whether so many findings of a document are told that all others are only counted (`said`)."""

    __slots__ = ("said",)

    def __init__(self) -> None:
        self.said = False


#: An engine's check of an object of a class: the object and the class's name in, breaches out.
Check = Callable[[Document, str], Iterable[Breach]]


def check_message(document: Document, kind: str, standard: Standard, check: Check) -> Iterable[Breach]:
    """The breaches of a message of ``kind``, those of the messages it carries included.

    An engine leaves lists of messages alone, since only here the kind of each is told apart first: the words for a
    wrong report would otherwise drown in those for all the kinds it is not.
    """
    own = check(document, kind)
    carriers = standard.carriers[kind]
    return chain(own, _check_carriers(document, carriers, standard, check)) if carriers else own


def _check_carriers(
    document: Document, carriers: tuple[Slot, ...], standard: Standard, check: Check
) -> Iterator[Breach]:
    for slot in carriers:
        carried = document.get(slot.name)
        if isinstance(carried, list):
            for index, message in enumerate(carried):
                yield from check_carried(message, slot.range, (slot.name, index), standard, check)


def check_carried(message: object, abstract: str, place: Path, standard: Standard, check: Check) -> Iterator[Breach]:
    """The breaches of one ``message`` of the class ``abstract`` that another carries at ``place``."""
    if not isinstance(message, dict) or not message:
        yield Breach(place)
    elif "report_type" not in message:
        yield Breach(place, missing="report_type")
    elif message["report_type"] not in standard.concrete(abstract):
        yield Breach((*place, "report_type"))
    else:
        yield from (breach.under(place) for breach in check(message, message["report_type"]))
