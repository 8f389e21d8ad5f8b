"""The mapping of our own template is what its tables and the model say; `--golden` writes it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from conversion_cases import FOLDER

from exportreport import codelists
from exportreport.cli.main import cli
from exportreport.conversion import MappingError
from exportreport.conversion.template_mapping import code_list_of, files_of, read_layout, slot_at
from exportreport.standard import Standard

OURS = FOLDER / "template"
LAYOUTS = ("license_filing", "denial_notice", "reexport_notice")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_made_is_current(layout: str, the_standard: Standard, request: pytest.FixtureRequest) -> None:
    made = files_of(read_layout(OURS / layout, the_standard), the_standard)
    assert {f"{layout}/mapping.toml", f"{layout}/fields.csv"} < set(made)
    for name, text in made.items():
        if request.config.getoption("--golden"):
            (OURS / name).write_text(text, encoding="utf-8")
        assert (OURS / name).read_text(encoding="utf-8") == text, f"{name} is stale: make golden writes it"


def test_every_table_of_codes_is_one_of_those_made(the_standard: Standard) -> None:
    made = {
        name
        for layout in LAYOUTS
        for name in files_of(read_layout(OURS / layout, the_standard), the_standard)
        if "/" not in name
    }
    assert {path.name for path in OURS.glob("*.csv")} == made


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_code_list_of_a_column_is_there(layout: str, the_standard: Standard) -> None:
    lists = {code_list_of(one.slot, the_standard) for one in read_layout(OURS / layout, the_standard).columns} - {None}
    assert {"countries", "currencies", "units"} <= lists
    assert all(codelists.load(str(name)) is not None for name in lists)


@pytest.mark.parametrize("target", ["/items", "/items/*/nothing", "/parties/{x}/name/first", "/items/*"])
def test_a_column_that_goes_nowhere_is_named(target: str, the_standard: Standard) -> None:
    with pytest.raises(MappingError, match="target"):
        slot_at("LicenseFiling", target, the_standard)


def test_a_column_is_added_by_one_line(tmp_path: Path, the_standard: Standard) -> None:
    source = OURS / "denial_notice"
    folder = tmp_path / "denial_notice"
    folder.mkdir()
    (folder / "layout.toml").write_bytes((source / "layout.toml").read_bytes())
    columns = (source / "columns.csv").read_text(encoding="utf-8")
    (folder / "columns.csv").write_text(columns + "review_due_on,/review_due_on,,,\n", encoding="utf-8")
    made = files_of(read_layout(folder, the_standard), the_standard)
    assert 'name = "review_due_on"' in made["denial_notice/mapping.toml"]
    assert "review_due_on,date,day,/review_due_on," in made["denial_notice/fields.csv"]


def test_a_column_that_the_model_does_not_have_is_named_with_its_place(
    tmp_path: Path, the_standard: Standard, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = tmp_path / "template" / "denial_notice"
    shutil.copytree(OURS / "denial_notice", layout)
    table = layout / "columns.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",/reporting_state,", ",/state_of_report,"), "utf-8")
    with pytest.raises(MappingError, match=r"^denial_notice/columns\.csv:3:17: .*state_of_report"):
        read_layout(layout, the_standard)
    monkeypatch.setattr("importlib.resources.files", lambda _: tmp_path)
    result = CliRunner().invoke(cli, ["formats", "template", "denial_notice"])
    assert result.exit_code == 2 and "denial_notice/columns.csv:3:17: " in result.output
