"""`exportreport validate`: what is read, what is said, and the exit status."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from exportreport.cli.main import cli
from exportreport.codec import xml_text
from exportreport.standard import Standard

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    def call(*arguments: str, **more: Any) -> Result:
        return CliRunner().invoke(cli, list(arguments), **more)

    return call


def write(path: Path, *documents: object) -> str:
    path.write_text("\n".join(json.dumps(one) for one in documents), encoding="utf-8")
    return str(path)


def findings(result: Result) -> list[tuple[str, str | None, int | None]]:
    whole = json.loads(result.stdout)
    return [(f["finding_code"], f.get("pointer"), f.get("line")) for d in whole["documents"] for f in d["findings"]]


def test_an_accepted_file_is_status_0(run: Run, tmp_path: Path, good: dict[str, Any]) -> None:
    result = run("validate", write(tmp_path / "a", good))
    assert result.exit_code == 0
    assert "accepted" in result.stdout


def test_a_rejected_file_is_status_1_with_code_and_place(run: Run, tmp_path: Path, bad: dict[str, Any]) -> None:
    result = run("validate", "-f", "json", write(tmp_path / "a", bad))
    assert result.exit_code == 1
    assert findings(result) == [("ER-S-017", "/denial_kind", 1)]


def test_xml_is_recognized_by_its_content(
    run: Run, tmp_path: Path, good: dict[str, Any], the_standard: Standard
) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(xml_text.encode(good, the_standard))
    result = run("validate", "-f", "json", str(path))
    assert result.exit_code == 0
    assert json.loads(result.stdout)["documents"][0]["syntax"] == "xml"


def test_lines_are_told_apart_and_counted(run: Run, tmp_path: Path, good: dict[str, Any], bad: dict[str, Any]) -> None:
    path = tmp_path / "a.ndjson"
    path.write_text(f"{json.dumps(good)}\n\n{json.dumps(bad)}\n{{broken\n", encoding="utf-8")
    whole = json.loads(run("validate", "-f", "json", str(path)).stdout)
    assert [d["verdict"] for d in whole["documents"]] == ["accepted", "rejected", "unreadable"]
    assert [d["line"] for d in whole["documents"]] == [1, 3, 4]
    assert [d["number"] for d in whole["documents"]] == [1, 2, 3]
    assert [f["line"] for d in whole["documents"] for f in d["findings"]] == [3, 4]
    assert whole["totals"]["documents"] == 3


def test_long_lines_of_a_long_file_are_read_one_by_one(
    run: Run, tmp_path: Path, good: dict[str, Any], bad: dict[str, Any]
) -> None:
    path = write(tmp_path / "a", *[good] * 200, bad)
    assert Path(path).stat().st_size > 65_536
    whole = json.loads(run("validate", "-f", "json", path).stdout)
    assert whole["totals"]["accepted"] == 200
    assert whole["documents"][200]["findings"][0]["line"] == 201


def test_a_line_over_the_limit_does_not_swallow_its_neighbors(run: Run, tmp_path: Path, good: dict[str, Any]) -> None:
    path = tmp_path / "a"
    line = json.dumps(good)
    path.write_text("\n".join([line] * 40 + [json.dumps("x" * 200_000), line]) + "\n" + "\n" * 66_000, encoding="utf-8")
    result = run("validate", "-f", "json", "--max-bytes", "100000", str(path))
    whole = json.loads(result.stdout)
    assert [d["verdict"] for d in whole["documents"]] == ["accepted"] * 40 + ["undecided", "accepted"]
    assert result.exit_code == 4


def test_an_array_holds_several_documents(run: Run, tmp_path: Path, good: dict[str, Any], bad: dict[str, Any]) -> None:
    result = run("validate", "-f", "json", write(tmp_path / "a", [good, bad]))
    assert result.exit_code == 1
    assert findings(result) == [("ER-S-017", "/denial_kind", 1)]
    assert [d["number"] for d in json.loads(result.stdout)["documents"]] == [1, 2]


def test_of_many_documents_only_those_not_accepted_are_named(
    run: Run, tmp_path: Path, good: dict[str, Any], bad: dict[str, Any]
) -> None:
    lines = run("validate", write(tmp_path / "a", good, bad, good), write(tmp_path / "b", good)).stdout.splitlines()
    named = [line for line in lines if not line.startswith(" ")]
    assert [line.rpartition("/")[2].split(":")[0] for line in named[:2]] == ["a, document 2 (line 2)", "b"]
    assert named[2] == "What to do:"


def test_a_folder_stands_for_its_files(run: Run, tmp_path: Path, good: dict[str, Any], bad: dict[str, Any]) -> None:
    (tmp_path / "in").mkdir()
    write(tmp_path / "in" / "b", bad)
    write(tmp_path / "a", good)
    write(tmp_path / ".hidden", bad)
    (tmp_path / "link").symlink_to(tmp_path / "a")
    whole = json.loads(run("validate", "-f", "json", str(tmp_path)).stdout)
    assert [Path(d["input"]).name for d in whole["documents"]] == ["a", "b"]


def test_standard_input(run: Run, good: dict[str, Any]) -> None:
    assert run("validate", "-", input=json.dumps(good)).exit_code == 0


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"", 3), (b"hello", 3), (b"{", 3), (b"PK\x03\x04", 3), (b'{"report_type": "Invoice"}', 3), (b"{}", 3)],
)
def test_what_cannot_be_read_is_status_3(run: Run, tmp_path: Path, content: bytes, status: int) -> None:
    (tmp_path / "a").write_bytes(content)
    assert run("validate", str(tmp_path / "a")).exit_code == status


def test_the_gravest_of_several_files_counts(
    run: Run, tmp_path: Path, good: dict[str, Any], bad: dict[str, Any]
) -> None:
    files = [write(tmp_path / "a", good), write(tmp_path / "b", bad), write(tmp_path / "c", "text")]
    assert run("validate", *files[:2]).exit_code == 1
    assert run("validate", *files).exit_code == 3
    assert run("validate", "--max-bytes", "9", *files).exit_code == 4


def test_wrong_use_is_status_2(run: Run, tmp_path: Path, good: dict[str, Any]) -> None:
    assert run("validate").exit_code == 2
    assert run("validate", "-", "-", input="{}").exit_code == 2
    (tmp_path / "empty").mkdir()
    assert run("validate", str(tmp_path / "empty")).exit_code == 2
    assert run("validate", "--format", "pdf", write(tmp_path / "a", good)).exit_code == 2
    assert run("nonsense").exit_code == 2


def test_what_is_no_regular_file_is_named_not_read(run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    result = run("validate", "-f", "json", str(tmp_path / "pipe"))
    assert result.exit_code == 3
    assert findings(result)[0][0].startswith("ER-D-0")


def test_fail_on_changes_the_status_alone(run: Run, tmp_path: Path, bad: dict[str, Any]) -> None:
    path = write(tmp_path / "a", bad)
    result = run("validate", "-f", "json", "--fail-on", "never", path)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["verdict"] == "rejected"


def test_warnings_are_accepted_unless_asked_otherwise(run: Run, tmp_path: Path, good: dict[str, Any]) -> None:
    path = write(tmp_path / "a", good | {"additional_information": "e\u0301"})
    assert run("validate", path).exit_code == 0
    assert run("validate", "--fail-on", "warning", path).exit_code == 1


def test_max_findings_cuts_what_is_shown_not_the_totals(run: Run, tmp_path: Path, good: dict[str, Any]) -> None:
    path = write(tmp_path / "a", good | {f"x{n}": 1 for n in range(20)})
    whole = json.loads(run("validate", "-f", "json", "--max-findings", "3", path).stdout)
    assert len(whole["documents"][0]["findings"]) == 3
    assert whole["documents"][0]["totals"]["error_count"] == 20
    assert "17 more" in run("validate", "--max-findings", "3", path).stdout


def test_the_json_result_is_reproducible(run: Run, tmp_path: Path, bad: dict[str, Any]) -> None:
    path = write(tmp_path / "a", bad)
    assert run("validate", "-f", "json", path).stdout == run("validate", "-f", "json", path).stdout


def test_the_json_result_pins_versions_and_digests(
    run: Run, tmp_path: Path, good: dict[str, Any], the_standard: Standard
) -> None:
    whole = json.loads(run("validate", "-f", "json", write(tmp_path / "a", good)).stdout)
    assert whole["standard"]["version"] == the_standard.version
    assert whole["standard"]["model_digest"] == the_standard.digest
    assert whole["documents"][0]["received_digest"].startswith("sha256:")


def test_an_output_file_is_replaced_only_by_force(run: Run, tmp_path: Path, good: dict[str, Any]) -> None:
    path, out = write(tmp_path / "a", good), tmp_path / "out"
    out.write_text("kept")
    assert run("validate", path, "-o", str(out)).exit_code == 2
    assert out.read_text() == "kept"
    assert run("validate", path, "-o", str(out), "--force").exit_code == 0
    assert "accepted" in out.read_text()
    assert stat.S_IMODE(out.stat().st_mode) & 0o044
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "out"]


def test_color_is_for_terminals(run: Run, tmp_path: Path, bad: dict[str, Any]) -> None:
    path = write(tmp_path / "a", bad)
    assert "\x1b[" not in run("validate", path).stdout
    assert "\x1b[" in run("validate", "--color", "always", path, color=True).stdout


def test_quiet_names_only_what_is_not_accepted(
    run: Run, tmp_path: Path, good: dict[str, Any], bad: dict[str, Any]
) -> None:
    assert run("validate", "-q", write(tmp_path / "a", good)).stdout == ""
    assert "rejected" in run("validate", "-q", write(tmp_path / "b", bad)).stdout


def test_hostile_values_are_made_visible(run: Run, tmp_path: Path, good: dict[str, Any]) -> None:
    path = write(tmp_path / "a", good | {"denial_kind": "\x1b[2J\u202eevil"})
    out = run("validate", path).stdout
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_an_internal_fault_is_status_70(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from exportreport.cli import commands, main

    def broken(**_: object) -> None:
        raise RuntimeError("secret value")

    monkeypatch.setattr(commands, "cli", broken)
    monkeypatch.setattr("sys.argv", ["exportreport"])
    with pytest.raises(SystemExit) as ended:
        main.main()
    assert ended.value.code == 70
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert "secret" not in said


def test_a_file_that_is_gone_does_not_stop_the_others(run: Run, tmp_path: Path, good: dict[str, Any]) -> None:
    result = run("validate", "-f", "json", str(tmp_path / "absent"), write(tmp_path / "a", good))
    assert result.exit_code == 3
    assert [d["verdict"] for d in json.loads(result.stdout)["documents"]] == ["unreadable", "accepted"]


@pytest.mark.parametrize("number", ["0.10000000000000000001", "12345678901234567890.12", "129600.00", "1E2"])
def test_a_number_is_quoted_as_it_stands_in_the_file(
    run: Run, tmp_path: Path, good: dict[str, Any], number: str
) -> None:
    path = tmp_path / "a"
    path.write_text(json.dumps(good | {"revision": 4711}).replace("4711", number))
    (finding,) = json.loads(run("validate", "-f", "json", str(path)).stdout)["documents"][0]["findings"]
    assert finding["value"] == number
    assert f"“{number}”" in finding["message"]


def test_the_result_says_what_to_do_about_each_code(run: Run, tmp_path: Path, bad: dict[str, Any]) -> None:
    path = write(tmp_path / "a", bad)
    codes = json.loads(run("validate", "-f", "json", path).stdout)["codes"]
    assert list(codes) == ["ER-S-017"]
    assert set(codes["ER-S-017"]) == {"title", "reason", "resolution"}
    assert codes["ER-S-017"]["resolution"] in run("validate", path).stdout
