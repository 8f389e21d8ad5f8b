"""A loss planted in the product is found, in either syntax, and shown by a small message."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, settings

from exportreport.standard import Standard
from tests.lossless import planted
from tests.lossless.each_slot import each_slot
from tests.lossless.strategies import messages
from tests.lossless.trips import Product, both

Document = dict[str, Any]

#: Without chance: each run looks at the same messages.
_SETTINGS = settings(
    max_examples=3000, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
_NOT_SMALLER = settings(_SETTINGS, phases=[Phase.generate])


def changed(document: Document, trial: Product) -> list[str]:
    return [what for trip in both(document, trial) for what in trip.changed]


def differs(document: Document, change: planted.Change) -> bool:
    """Whether there is anything to lose in ``document``."""
    return json.dumps(change(document)) != json.dumps(document)


@pytest.fixture(scope="module")
def each(the_standard: Standard) -> list[Document]:
    return list(each_slot(the_standard))


@pytest.mark.parametrize("room", [planted.in_writer, planted.in_reader])
@pytest.mark.parametrize("syntax", ["json", "xml"])
@pytest.mark.parametrize("loss", planted.LOSSES)
def test_a_loss_is_found(loss: str, syntax: str, room: Any, trial: Product, each: list[Document]) -> None:
    change = planted.LOSSES[loss]
    concerned = [document for document in each if differs(document, change)][:1]
    assert concerned
    for document in concerned:
        assert found_in(document, room(trial, change, syntax))


def found_in(document: Document, trial: Product) -> bool:
    """Whether a loss is seen: as a change, or because what was written is refused."""
    try:
        return bool(changed(document, trial))
    except ValueError:
        return True


@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # of what was found: it was not made smaller
@pytest.mark.parametrize("loss", planted.LOSSES)
def test_chance_finds_a_loss_too(loss: str, the_standard: Standard, trial: Product) -> None:
    change = planted.LOSSES[loss]
    document = find(messages(the_standard), lambda made: differs(made, change), settings=_NOT_SMALLER)
    assert found_in(document, planted.in_writer(trial, change, "xml"))


def test_errors_that_compensate_are_found(trial: Product, each: list[Document]) -> None:
    """Both ends are equal; only a reader that is not ours sees what stood between."""
    swap = planted.LOSSES["swaps two entries"]
    document = next(document for document in each if differs(document, swap))
    from_json, _ = both(document, planted.compensating(trial))
    assert {what.split(":")[0] for what in from_json.changed} == {"XML between"}


def _single_values(value: Any) -> Iterator[str]:
    if isinstance(value, (dict, list)):
        for child in value.values() if isinstance(value, dict) else value:
            yield from _single_values(child)
    else:
        yield str(value)


@pytest.mark.parametrize(
    ("loss", "longest"),
    [("drops a trailing zero", "0.00"), ("normalizes to NFC", "e\u0301")],
)
def test_what_is_found_is_small(loss: str, longest: str, the_standard: Standard, trial: Product) -> None:
    """The message that shows a loss has little else: whoever mends it sees what it is about."""
    change = planted.LOSSES[loss]
    smallest = find(messages(the_standard), lambda made: differs(made, change), settings=_SETTINGS)
    assert changed(smallest, planted.in_writer(trial, change, "json"))
    (shown,) = [one for one in _single_values(smallest) if differs({"a": one}, change)]
    assert len(shown) <= len(longest)
    assert len(json.dumps(smallest)) < 700
