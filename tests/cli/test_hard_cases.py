"""What an attacker or an unlucky user can do to the command line."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from exportreport import load, validate, validate_all
from exportreport.cli.main import cli

PROGRAM = str(Path(sys.executable).with_name("exportreport"))


def call(*arguments: str | Path, **more: Any) -> Result:
    return CliRunner().invoke(cli, list(map(str, arguments)), **more)


@pytest.mark.parametrize("most", ["1", "100"])
@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf1",
        b'\xef\xbb\xbf{"a": 1}',
        b"{" + b",".join(b'"a%d": "\xe2\x80\xae"' % n for n in range(150)) + b"}",
        b"{" + b",".join(b'"a": 1' for _ in range(150)) + b"}",
    ],
)
def test_what_stopped_the_reading_decides_whatever_is_shown(data: bytes, most: str) -> None:
    result = call("validate", "-f", "json", "--max-findings", most, "-", input=data)
    assert result.exit_code == 3
    whole = json.loads(result.stdout)
    assert whole["verdict"] == "unreadable"
    assert whole["documents"][0]["findings"][0]["severity"] == "fatal"


@pytest.mark.parametrize("first", [0, 20])
def test_a_long_line_anywhere_leaves_the_others_whole(first: int, tmp_path: Path, good: dict[str, Any]) -> None:
    long = good | {"extensions": [{"source_system": "x", "extension_path": "x", "extension_value": "x" * 65_000}] * 2}
    every = [good] * first + [long] + [good] * 40
    path = tmp_path / "a"
    path.write_text("\n".join(map(json.dumps, every)), encoding="utf-8")
    whole = json.loads(call("validate", "-f", "json", "--max-bytes", "140000", path).stdout)
    assert whole["totals"]["accepted"] == len(every)


def test_small_and_large_inputs_number_lines_alike(tmp_path: Path, good: dict[str, Any]) -> None:
    line = json.dumps(good)
    for count in (2, 60):
        path = tmp_path / str(count)
        path.write_text("\n".join([line] * count) + "\r\n\r" + line + '\n{"a": 1}\n', encoding="utf-8", newline="")
        whole = json.loads(call("validate", "-f", "json", path).stdout)
        assert whole["documents"][-1]["line"] == count + 3
        assert whole["documents"][-1]["findings"][0]["line"] == count + 3


def test_a_missing_comma_is_one_finding_in_one_document() -> None:
    data = b'{"report_type":"LicenseFiling","items":[{"a":1}\n{"b":2}]}'
    (result,) = validate_all(data)
    assert [(f.finding_code, tuple(f.position or ())) for f in result.findings] == [("ER-D-011", (2, 1))]


def test_escapes_in_names_and_pointers_do_not_reach_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "\x1b[31m\u202e.json"
    path.write_text('{"report_type": "Submission", "\\u001b[31mHI\\u202e": 1}', encoding="utf-8")
    out = call("validate", path).stdout
    assert "\x1b" not in out
    assert "\u202e" not in out


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names there are Unicode")
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_file_name_that_is_no_utf8_does_not_stop_the_run(form: str, tmp_path: Path, good: dict[str, Any]) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.json")).write_text("{}")
    (tmp_path / "a").write_text(json.dumps(good))
    done = subprocess.run([PROGRAM, "validate", "-f", form, tmp_path], capture_output=True, check=False)
    assert done.returncode == 3
    assert b"accepted" in done.stdout


def test_outputs_must_not_be_each_other_or_the_input(tmp_path: Path, good: dict[str, Any]) -> None:
    path, out = tmp_path / "a", tmp_path / "out"
    path.write_text(json.dumps(good))
    assert call("validate", path, "-o", path, "--force").exit_code == 2
    assert call("convert", "--to", "xml", path, "-o", path, "--force").exit_code == 2
    convert = ("convert", "--from", "nl_cdiu", "--to", "ndjson", path)
    assert call(*convert, "-o", out, "--ledger", out).exit_code == 2
    assert call(*convert, "--ledger", out, "--refused", tmp_path / "." / "out").exit_code == 2
    assert json.loads(path.read_text()) == good


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links of POSIX")
def test_an_output_keeps_its_mode_and_its_link(tmp_path: Path, good: dict[str, Any]) -> None:
    path, real, link = tmp_path / "a", tmp_path / "real", tmp_path / "link"
    path.write_text(json.dumps(good))
    real.write_text("old")
    real.chmod(0o600)
    link.symlink_to(real)
    assert call("validate", path, "-o", link).exit_code == 2
    assert call("validate", path, "-o", link, "--force").exit_code == 0
    assert link.is_symlink()
    assert "accepted" in real.read_text()
    assert real.stat().st_mode & 0o777 == 0o600
    assert call("validate", path, "-o", "/dev/null", "--force").exit_code == 0
    assert Path("/dev/null").is_char_device()


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and signals of POSIX")
def test_a_closed_pipe_and_a_signal_end_the_run_cleanly(tmp_path: Path, good: dict[str, Any]) -> None:
    path = tmp_path / "a"
    path.write_text("\n".join([json.dumps(good | {"revision": -1})] * 20_000))
    done = subprocess.run(f"{PROGRAM} validate {path} | head -1; exit ${{PIPESTATUS[0]}}", shell=True,
                          executable="/bin/bash", capture_output=True, check=False)  # fmt: skip
    assert done.returncode == 141
    assert done.stderr == b""
    with subprocess.Popen([PROGRAM, "validate", path, "-o", tmp_path / "out"]) as running:
        time.sleep(0.6)
        running.send_signal(signal.SIGTERM)
        assert running.wait() in (143, 0)
    assert not list(tmp_path.glob(".*partial"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_said_in_a_sentence(tmp_path: Path, good: dict[str, Any]) -> None:
    (tmp_path / "a").write_text(json.dumps(good))
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([PROGRAM, "validate", tmp_path / "a"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"internal" not in done.stderr


def test_signs_in_texts_are_no_delimiters(tmp_path: Path, good: dict[str, Any]) -> None:
    for sign in "=,":
        carried = {"source_system": "x", "extension_path": "x", "extension_value": sign * 65_000}
        path = tmp_path / "a"
        path.write_text(json.dumps(good | {"extensions": [carried] * 17}))
        assert call("validate", path).exit_code == 0
        assert call("convert", "--to", "xml", path, "-o", tmp_path / "b", "--force").exit_code == 0
        assert call("validate", tmp_path / "b").exit_code == 0


def test_a_byte_order_mark_before_an_array_is_told_once(good: dict[str, Any]) -> None:
    data = b"\xef\xbb\xbf" + json.dumps([good, good]).encode()
    assert [len(result.findings) for result in validate_all(data)] == [1, 0]


def test_nothing_is_written_as_xml_when_there_is_nothing(tmp_path: Path) -> None:
    header = (Path(__file__).parents[2] / "examples/nl_cdiu/dual_use_excerpt.csv").read_bytes().split(b"\n")[0]
    (tmp_path / "a").write_bytes(header + b"\n")
    result = call("convert", "--from", "nl_cdiu", "--to", "xml", tmp_path / "a", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert not (tmp_path / "out").exists()


def test_options_of_national_formats_are_refused_elsewhere(tmp_path: Path, good: dict[str, Any]) -> None:
    (tmp_path / "a").write_text(json.dumps(good))
    for option in (("--reported-at", "2026-01-01T00:00:00Z"), ("--handling", "public")):
        assert call("convert", "--to", "xml", *option, tmp_path / "a").exit_code == 2


@pytest.mark.parametrize("data", [b"x" * 200_000, b"a,b\n" + b'"x\n' + b'",' + b"," * 200_000])
def test_a_line_without_end_is_no_internal_fault(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(data)
    result = call("convert", "--from", "nl_cdiu", "--to", "ndjson", tmp_path / "a")
    assert result.exit_code == 3
    assert "ER-K-" in result.stderr


def test_load_takes_one_message(good: dict[str, Any]) -> None:
    line = json.dumps(good).encode()
    assert load(line) == good
    with pytest.raises(ValueError, match="several"):
        load(line + b"\n" + line)
    with pytest.raises(ValueError, match="ER-D"):
        load(b"{")
    assert validate(memoryview(line)).accepted  # type: ignore[arg-type]


@pytest.mark.parametrize("option", ["-o", "--save"])
def test_a_file_of_a_folder_that_is_read_is_never_replaced(option: str, tmp_path: Path, good: dict[str, Any]) -> None:
    inside = tmp_path / "inbox" / "a.json"
    inside.parent.mkdir()
    inside.write_text(json.dumps(good), encoding="utf-8")
    before = inside.read_bytes()
    target = str(inside) if option == "-o" else f"json={inside}"
    result = call("validate", inside.parent, option, target, "--force")
    assert result.exit_code == 2
    assert inside.read_bytes() == before


@pytest.mark.parametrize("closed", [(1,), (1, 2), (0, 1, 2)])
def test_closed_streams_leave_the_verdict(closed: tuple[int, ...], tmp_path: Path, good: dict[str, Any]) -> None:
    (tmp_path / "good.json").write_text(json.dumps(good), encoding="utf-8")
    (tmp_path / "bad.json").write_text(json.dumps(good | {"x": 1}), encoding="utf-8")
    shell = " ".join(f"{number}>&-" if number else "<&-" for number in closed)
    for name, status in (("good.json", 0), ("bad.json", 1)):
        command = f'"{PROGRAM}" validate {name} -o {name}.txt {shell}; "{PROGRAM}" validate {name} {shell}'
        assert subprocess.run(["/bin/sh", "-c", command], cwd=tmp_path, check=False).returncode == status
        assert (tmp_path / f"{name}.txt").read_text(encoding="utf-8").startswith(name)


def test_a_link_to_itself_is_unreadable_and_can_be_replaced(tmp_path: Path, good: dict[str, Any]) -> None:
    loop, path = tmp_path / "loop", tmp_path / "good.json"
    loop.symlink_to(loop)
    path.write_text(json.dumps(good), encoding="utf-8")
    assert call("validate", loop).exit_code == 3
    assert call("validate", path, "-o", loop).exit_code == 2
    assert call("validate", path, "-o", loop, "--force").exit_code == 0
    assert "accepted" in loop.read_text(encoding="utf-8")


def test_folders_are_read_however_deep(tmp_path: Path, good: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / "deep"
    deep.mkdir()
    (deep / "e.json").write_text(json.dumps(good), encoding="utf-8")
    monkeypatch.chdir(deep)
    steps = 2_100  # more than Python's own calls go, and in the end more than a path may have
    for _ in range(steps):
        Path("d").mkdir()
        os.chdir("d")
    os.chdir(tmp_path)
    documents = json.loads(call("validate", "-f", "json", "deep").stdout)["documents"]
    os.chdir(deep)
    for _ in range(steps):
        os.chdir("d")
    for _ in range(steps):
        os.chdir("..")
        Path("d").rmdir()
    assert [document["findings"][0]["finding_code"] if document["findings"] else "" for document in documents] == [
        "ER-D-001",
        "",
    ]
    assert documents[-1]["input"] == str(Path("deep/e.json"))


def test_no_name_is_no_folder() -> None:
    assert call("validate", "").exit_code == 3


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
@pytest.mark.parametrize("asked", ["--version", "--help", "validate --help"])
def test_a_reader_that_goes_away_before_anything_is_said(asked: str) -> None:
    done = subprocess.run(f"{PROGRAM} {asked} | true; exit ${{PIPESTATUS[0]}}", shell=True, check=False,
                          executable="/bin/bash", capture_output=True)  # fmt: skip
    assert done.returncode in (0, 141)  # 0 where it was quicker than the reader went
    assert done.stderr == b""
