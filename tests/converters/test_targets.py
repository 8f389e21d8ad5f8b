"""The mappings of all formats against the model: each target is a place that the standard has."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from conversion_cases import FOLDER

from exportreport import codelists, standard
from exportreport.conversion.model_check import ended, misfits, wrong_with
from exportreport.conversion.parts import steps_in
from exportreport.standard import Standard
from exportreport_converters import FORMATS

STANDARD = standard.load()


@pytest.mark.parametrize("name", FORMATS)
def test_every_target_and_every_fixed_value_is_one_of_the_model(name: str) -> None:
    assert [str(one) for one in misfits(FORMATS[name], STANDARD, ours=True)] == []


@pytest.mark.parametrize("target", ["/items/x", "/items/name", "/revision/0", "/items/0/quantity", "/items"])
def test_a_target_that_the_model_does_not_have_is_found(target: str) -> None:
    assert wrong_with("LicenseFiling", steps_in(target), STANDARD)


def places(found: Sequence[object]) -> set[str]:
    """Format, layout, file and line of what was found, without its column."""
    return {str(one).rpartition(": the target")[0].rpartition(":")[0] for one in found}


def line_of(path: str, text: str) -> str:
    """Where ``text`` stands in the file of a format."""
    lines = (FOLDER / path).read_text(encoding="utf-8").splitlines()
    return f"{path}:{next(number for number, line in enumerate(lines, 1) if text in line)}"


def without(kind: str, code: str) -> Standard:
    """The standard after a value of a closed list was taken out of it."""
    enum = STANDARD.enums[kind]
    kept = tuple(value for value in enum.values if value.code != code)
    assert kept != enum.values
    return STANDARD._replace(enums={**STANDARD.enums, kind: enum._replace(values=kept)})


@pytest.mark.parametrize(
    ("name", "kind", "code", "where", "text"),
    [
        (
            "us_bis748p/export",
            "PartyRole",
            "license_recipient",
            "us_bis748p/export/mapping.toml",
            "license_recipient}/roles",
        ),
        ("uk_lite/license", "AuthorizationKind", "open", "uk_lite/types.csv", ",open,"),
        (
            "us_ddtc_reexport/request",
            "ChangeKind",
            "change_of_end_use",
            "us_ddtc_reexport/changes.csv",
            ",change_of_end_use,",
        ),
        ("eu_annex3/b", "PartyRole", "broker", "eu_annex3/b/forms.csv", ",broker,"),
        ("uk_lite/license", "Sensitivity", "restricted", "uk_lite/license/mapping.toml", "/handling/sensitivity"),
    ],
)
def test_a_value_that_the_model_no_longer_has_is_found_with_its_line(
    name: str, kind: str, code: str, where: str, text: str
) -> None:
    assert line_of(where, text) in places(misfits(FORMATS[name], without(kind, code), ours=True))


def test_a_slot_that_the_model_no_longer_has_is_found_with_its_line() -> None:
    one = STANDARD.classes["Drawdown"]
    slots = tuple(slot for slot in one.slots if slot.name != "claim_reference")
    changed = STANDARD._replace(classes={**STANDARD.classes, "Drawdown": one._replace(slots=slots)})
    found = places(misfits(FORMATS["uk_chief/usage_data"], changed))
    assert found == {line_of("uk_chief/usage_data/fields.csv", "/claim_reference")}


def test_a_code_that_its_list_no_longer_has_is_found_with_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = codelists.status
    monkeypatch.setattr(codelists, "status", lambda n, c, d: "unknown" if c in ("KGM", "FR") else whole(n, c, d))
    found = places(misfits(FORMATS["uk_lite/license"], STANDARD))
    assert found == {line_of("uk_lite/units.csv", ",KGM,")}
    assert line_of("nl_cdiu/places.csv", ",country,FR,") in places(misfits(FORMATS["nl_cdiu/dual_use"], STANDARD))


def test_a_code_that_an_open_list_no_longer_has_is_found_in_our_own_tables(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    groups = codelists.load("country_groups")
    assert groups is not None and groups.open
    fewer = groups._replace(entries=tuple(entry for entry in groups.entries if entry.code != "uk:G012"))
    loaded = codelists.load
    monkeypatch.setattr(codelists, "load", lambda name: fewer if name == "country_groups" else loaded(name))
    form = FORMATS["uk_chief/licence_data"]
    assert any("uk:G012" in one.wrong for one in misfits(form, STANDARD, ours=True))
    assert not misfits(form, STANDARD)


def test_a_code_that_has_ended_is_told_apart_from_one_that_is_none() -> None:
    form = FORMATS["nl_cdiu/dual_use"]
    assert line_of("nl_cdiu/places.csv", ",country,YU,") in places(ended(form, STANDARD, "2026-11-25"))
    assert not ended(form, STANDARD, "1995-01-01")
