"""The mappings of all formats against the model: each target is a place that the standard has."""

from __future__ import annotations

import pytest

from exportreport import standard
from exportreport.conversion.model_check import misplaced, wrong_with
from exportreport.conversion.parts import steps_in
from exportreport_converters import FORMATS

STANDARD = standard.load()


@pytest.mark.parametrize("name", FORMATS)
def test_every_target_is_a_value_of_the_model(name: str) -> None:
    assert dict(misplaced(FORMATS[name], STANDARD)) == {}


@pytest.mark.parametrize("target", ["/items/x", "/items/name", "/revision/0", "/items/0/quantity", "/items"])
def test_a_target_that_the_model_does_not_have_is_found(target: str) -> None:
    assert wrong_with("LicenseFiling", steps_in(target), STANDARD)
