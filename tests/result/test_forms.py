"""What holds for every form of a result: one pass, bounded memory, same bytes, nothing hostile, nothing redacted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from exportreport.cli import options
from exportreport.explaining import faults_of
from exportreport.finding import Finding, Position, Severity, Verdict, visible
from exportreport.result.forms import FORMS, together, writer
from exportreport.result.record import Result, Tally
from exportreport.result.run import Run
from exportreport.standard import Standard
from tests.memory import PEAK
from tests.result.running import EVERY_FORM, EXAMPLES, HOSTILE, MOMENT, as_form, validate, write

each_form = pytest.mark.parametrize("form", EVERY_FORM)


def test_the_command_offers_every_form() -> None:
    assert tuple(FORMS) == options.FORMS


def results(count: int, tally: Tally, seen: list[int]) -> Iterator[tuple[str, Result]]:
    finding = Finding("ER-S-017", Severity.ERROR, "Wrong.", ("denial_kind",), position=Position(1, 2))
    for number in range(1, count + 1):
        wrong = number % 2 == 0
        verdict = Verdict.REJECTED if wrong else Verdict.ACCEPTED
        result = Result(verdict, (finding,) * wrong, {Severity.ERROR: 1} if wrong else {}, "json", number=number,
                        received_digest="sha256:" + "0" * 64)  # fmt: skip
        tally.add(result)
        seen.append(number)
        yield "a", result


@each_form
def test_a_writer_gives_one_piece_for_each_result(form: str, the_standard: Standard) -> None:
    """So that several forms can be written in one pass, and no result waits in memory."""
    tally, seen = Tally(), list[int]()
    run = Run(the_standard, tally, faults_of, reported_at=MOMENT)
    for number, _ in enumerate(writer(form)(results(500, tally, seen), run), start=1):
        if len(seen) < 500:
            assert len(seen) <= number <= len(seen) + 3


def test_all_forms_together_take_one_pass(the_standard: Standard) -> None:
    tally, seen = Tally(), list[int]()
    run = Run(the_standard, tally, faults_of, reported_at=MOMENT)
    files = [b"".join(pieces) for pieces in zip(*together(results(50, tally, seen), dict.fromkeys(FORMS, run)),
                                                strict=True)]  # fmt: skip
    assert seen == list(range(1, 51))
    for form, data in zip(FORMS, files, strict=True):
        again = Tally()
        alone = Run(the_standard, again, faults_of, reported_at=MOMENT)
        assert data == b"".join(writer(form)(results(50, again, []), alone)), form


def test_several_outputs_of_one_run(tmp_path: Path, bad: dict[str, Any]) -> None:
    path = write(tmp_path / "a", bad)
    forms = [form for form in EVERY_FORM if form != "text"]
    saves = [f"--save={form}={tmp_path / form}" for form in forms]
    result = validate(path, "--reported-at", MOMENT, *saves)
    assert result.exit_code == 1
    assert "ER-S-017" in result.stdout
    for form in forms:
        assert (tmp_path / form).read_bytes() == validate(path, "-f", form, "--reported-at", MOMENT).stdout_bytes


_MEASURED = (
    PEAK
    + """
import sys
from exportreport.cli.main import main
try:
    main()
except SystemExit:
    sys.stderr.write(str(peak()))
"""
)


@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured as POSIX systems tell it")
def test_memory_stays_flat_however_many_documents_there_are(
    tmp_path: Path, good: dict[str, Any], bad: dict[str, Any]
) -> None:
    peaks = []
    for count in (1_000, 8_000):
        path = write(tmp_path / str(count), *[good, bad] * (count // 2))
        saves = [f"--save={form}={tmp_path / form}" for form in ("json", "sarif", "csv", "junit", "github")]
        done = subprocess.run([sys.executable, "-c", _MEASURED, "validate", path, "--force", "-o", tmp_path / "text",
                               *saves], capture_output=True, check=False)  # fmt: skip
        peaks.append(int(done.stderr))
    assert peaks[1] - peaks[0] < 8_192


def test_all_outputs_are_written_or_none(tmp_path: Path, good: dict[str, Any]) -> None:
    path, kept = write(tmp_path / "a", good), tmp_path / "kept"
    kept.write_text("kept")
    assert validate(path, "--save", f"json={tmp_path / 'new'}", "--save", f"csv={kept}").exit_code == 2
    assert kept.read_text() == "kept"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a", "kept"]


@pytest.mark.parametrize("value", ["json", "json=", "=x", "htlm=x", "json=-"])
def test_a_save_that_cannot_be_is_wrong_use(value: str, tmp_path: Path, good: dict[str, Any]) -> None:
    assert validate(write(tmp_path / "a", good), "--save", value).exit_code == 2


def test_a_form_that_is_nearly_right_is_guessed(tmp_path: Path, good: dict[str, Any]) -> None:
    assert "html" in validate(write(tmp_path / "a", good), "--save", "htlm=x").stderr


@pytest.mark.parametrize("other", ["a", "b"])
def test_outputs_do_not_replace_each_other_or_an_input(other: str, tmp_path: Path, good: dict[str, Any]) -> None:
    path = write(tmp_path / "a", good)
    out = tmp_path / other
    assert validate(path, "--force", "-o", tmp_path / "b", "--save", f"json={out}").exit_code == 2


@each_form
def test_the_same_input_gives_the_same_bytes(form: str) -> None:
    folder = EXAMPLES / "invalid"
    several = [folder] if form != "acknowledgement-xml" else [folder / "wrong-order.xml"]
    assert as_form(form, *several) == as_form(form, *several)


@each_form
def test_nothing_hostile_reaches_a_reader(form: str, hostile: Path) -> None:
    said = as_form(form, hostile).removeprefix("\ufeff")
    assert not [c for c in said if not c.isprintable() and c not in "\r\n\t"]
    assert "<script>alert" not in said or form in ("text", "json", "sarif", "csv", "github", "acknowledgement-json")


@each_form
@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names there are Unicode")
def test_a_file_name_that_is_no_text_does_not_stop_a_form(form: str, tmp_path: Path, bad: dict[str, Any]) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\x1b[2J.json"))
    write(path, bad)
    program = Path(sys.executable).with_name("exportreport")
    done = subprocess.run([program, "validate", "-f", form, path], capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stderr == b""
    assert b"\x1b" not in done.stdout
    assert done.stdout.decode()


@each_form
def test_errors_of_use_show_no_hostile_name(form: str, tmp_path: Path) -> None:
    path = tmp_path / "\x1b[2J\u202e"
    path.write_text("{}")
    program = Path(sys.executable).with_name("exportreport")
    done = subprocess.run([program, "validate", "-f", form, path, "-o", path], capture_output=True, check=False)
    assert done.returncode == 2
    assert b"\x1b" not in done.stderr
    assert "\u202e" not in done.stderr.decode()


@each_form
def test_a_redacted_result_says_nothing_of_the_filing(form: str, tmp_path: Path, good: dict[str, Any]) -> None:
    secret = "Zz9Secret"
    documents = [
        good | {"denial_kind": secret, "report_id": secret},
        good | {secret: 1},
        good | {"reporting_state": secret.lower(), "denied_partys": [secret]},
        good | {"additional_information": f"{secret} e\u0301"},
        good | {"denial_reference": [secret]},
    ]
    path = write(tmp_path / "a", *documents)
    result = validate("-f", form, "--redact", "-v", "--reported-at", MOMENT, path)
    assert result.exit_code == 1
    assert "ER-S-017" in result.stdout
    assert secret.lower() not in result.output.lower()
    assert "did you mean" not in result.output
    assert "denied_parties" not in result.output


@each_form
@pytest.mark.parametrize(
    "text",
    [
        '<Zz9Secret xmlns="urn:Zz9Secret"/>',
        '<DenialNotice xmlns="https://w3id.org/exportreport/1" xmlns:a="urn:Zz9Secret">'
        "<a:Zz9Secret/><report_id/><a:Zz9Secret><Zz9Secret/></a:Zz9Secret></DenialNotice>",
    ],
)
def test_a_redacted_result_names_no_element_of_others(form: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(text, encoding="utf-8")
    result = validate("-f", form, "--redact", "-v", "--reported-at", MOMENT, path)
    assert result.exit_code in (1, 3)
    assert "Zz9Secret" not in result.output


def test_a_redacted_result_names_files_and_places(tmp_path: Path, bad: dict[str, Any]) -> None:
    whole = json.loads(as_form("json", "--redact", write(tmp_path / "named", bad)))
    (finding,) = whole["documents"][0]["findings"]
    assert whole["documents"][0]["input"].endswith("named")
    assert (finding["pointer"], finding["line"]) == ("/denial_kind", 1)
    assert "value" not in finding
    assert "report_id" not in whole["documents"][0]


def test_the_hostile_values_are_worth_testing() -> None:
    assert sum(visible(text) != text for text in HOSTILE) >= 6


@each_form
def test_min_severity_hides_and_changes_nothing_else(form: str, tmp_path: Path, good: dict[str, Any]) -> None:
    path = write(tmp_path / "a", good | {"additional_information": "e\u0301"})
    plain, hidden = (validate("-f", form, "--fail-on", "warning", *more, path)
                     for more in ((), ("--min-severity", "error")))  # fmt: skip
    assert plain.exit_code == hidden.exit_code == 1
    assert "ER-D-2" in plain.stdout
    assert "ER-D-2" not in hidden.stdout


@pytest.mark.parametrize("day", ["2026-02-30", "tomorrow", "24.11.2026", "2026-11-24T00:00:00Z", ""])
def test_a_day_that_is_none_is_wrong_use(day: str, tmp_path: Path, good: dict[str, Any]) -> None:
    assert validate("--as-of", day, write(tmp_path / "a", good)).exit_code == 2
    assert validate("--reported-at", day, write(tmp_path / "a", good)).exit_code == (
        2 if day != "2026-11-24T00:00:00Z" else 0
    )


def test_a_profile_that_is_none_is_wrong_use(tmp_path: Path, good: dict[str, Any]) -> None:
    assert validate("-p", "surveilance", write(tmp_path / "a", good)).exit_code == 2


def test_the_limits_are_shown_without_a_file() -> None:
    result = validate("--limits")
    assert result.exit_code == 0
    assert "67,108,864" in result.stdout
    assert "--max-delimiters" in result.stdout
