"""What archives are unpacked to, and why some are not."""

from __future__ import annotations

import gzip
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exportreport.codec import archive_faults, faults
from exportreport.codec.gzip_pieces import unpacked
from exportreport.codec.limits import DEFAULT_LIMITS, FREE_EXPANSION, Limits
from exportreport.codec.unpacking import PIECE, Budget, Pieces, UnpackingError
from exportreport.codec.zip_members import Archive, shown_name
from tests.codec.packing import DEFLATED, STORED, gzipped, member, overlapping, zip64, zipped

TEXT = b'{"report_type": "LicenseFiling"}\n' * 50

#: What a name has after which a file of it is left out.
HIDDEN = re.compile(r"[/\\]\.[^/\\]*[^./\\]")

#: How links, devices and other things are marked.
KINDS = (stat.S_IFLNK, stat.S_IFIFO, stat.S_IFSOCK, stat.S_IFBLK, stat.S_IFCHR, 0xF000)


def read(data: bytes, limits: Limits = DEFAULT_LIMITS) -> dict[str, bytes | str]:
    """The files of a zip archive by name: their content, or the code of why there is none."""
    try:
        archive = Archive(io.BytesIO(data), limits)
    except UnpackingError as error:
        return {"": error.finding.finding_code}
    found: dict[str, bytes | str] = {}
    for number, entry in enumerate(archive.entries()):
        name = shown_name(entry)
        try:
            content: bytes | str = b"".join(archive.unpacked(entry))
        except UnpackingError as error:
            content = error.finding.finding_code
        found[name if name not in found else f"{name} #{number}"] = content
    return found


def gunzip(data: bytes, limits: Limits = DEFAULT_LIMITS) -> bytes | str:
    try:
        return b"".join(unpacked(io.BytesIO(data), Budget(limits)))
    except UnpackingError as error:
        return error.finding.finding_code


def patched(data: bytes, at: int, new: bytes) -> bytes:
    return data[:at] + new + data[at + len(new) :]


def flipped(data: bytes, at: int) -> bytes:
    return patched(data, at, bytes([data[at] ^ 0x55]))


#: Archives of one file "a" that is not unpacked, and the code that says why.
REFUSED: dict[str, tuple[bytes, str]] = {
    "encrypted": (zipped(member("a", TEXT, flags=0x801)), archive_faults.ENCRYPTED.code),
    "strongly encrypted": (zipped(member("a", TEXT, flags=0x841)), archive_faults.ENCRYPTED.code),
    "by another method": (zipped(member("a", TEXT, method=14)), archive_faults.METHOD.code),
    "by an unknown method": (zipped(member("a", TEXT, method=77)), archive_faults.METHOD.code),
    "wrong checksum": (zipped(member("a", TEXT, checksum=1)), archive_faults.DAMAGED.code),
    "garbled": (flipped(zipped(member("a", TEXT)), 34), archive_faults.DAMAGED.code),
    "longer than it says": (zipped(member("a", TEXT, unpacked=7)), archive_faults.DAMAGED.code),
    "shorter than it says": (zipped(member("a", TEXT, unpacked=len(TEXT) + 1)), archive_faults.DAMAGED.code),
    "stored, longer than it says": (zipped(member("a", TEXT, method=STORED, unpacked=7)), archive_faults.DAMAGED.code),
    "stored, shorter": (zipped(member("a", TEXT, method=STORED, unpacked=99_999)), archive_faults.DAMAGED.code),
    "cut off": (zipped(member("a", TEXT, packed=9)), archive_faults.DAMAGED.code),
    "packed bytes left over": (zipped(replace(member("a", TEXT), data_after=b"x")), archive_faults.DAMAGED.code),
    "reaching into the directory": (zipped(member("a", TEXT, packed=999_999)), archive_faults.DAMAGED.code),
    "not where it says": (zipped(member("a", TEXT, offset=5)), archive_faults.DAMAGED.code),
    "far beyond the end": (zipped(member("a", TEXT, offset=0x7FFFFFFF)), archive_faults.DAMAGED.code),
    "named otherwise before it": (zipped(member("a", TEXT, local_name=b"b")), archive_faults.DAMAGED.code),
    **{f"kind {kind:o}": (zipped(member("a", TEXT, mode=kind | 0o777)), archive_faults.SPECIAL.code) for kind in KINDS},
}

#: Archives of which nothing is unpacked.
REFUSED_WHOLE: dict[str, tuple[bytes, str]] = {
    "begins only": (b"PK\x03\x04", archive_faults.DAMAGED.code),
    "directory missing": (zipped(member("a"))[:-30], archive_faults.DAMAGED.code),
    "last byte missing": (zipped(member("a"))[:-1], archive_faults.DAMAGED.code),
    "something behind": (zipped(member("a")) + b"x", archive_faults.DAMAGED.code),
    "something before": (b"PK\x03\x04" + zipped(member("a")), archive_faults.DAMAGED.code),
    "another archive before": (zipped(member("b")) + zipped(member("a")), archive_faults.DAMAGED.code),
    "more entries than it says": (zipped(member("a"), member("b"), count=1), archive_faults.DAMAGED.code),
    "fewer entries than it says": (zipped(member("a"), count=2), archive_faults.DAMAGED.code),
    "one of several parts": (zipped(member("a"), disk=1), archive_faults.DAMAGED.code),
    "64 bits without their record": (zipped(member("a"), count=0xFFFF), archive_faults.DAMAGED.code),
    "64 bits with a wrong record": (zip64(member("a")).replace(b"PK\x06\x06", b"PK__"), archive_faults.DAMAGED.code),
    "Excel": (zipped(member("[Content_Types].xml"), member("xl/workbook.xml")), faults.OFFICE.code),
    "OpenDocument": (zipped(member("mimetype", method=STORED), member("content.xml")), faults.OFFICE.code),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_cannot_be_trusted_is_refused_and_the_next_is_read(what: str) -> None:
    data, code = REFUSED[what]
    assert read(data) == {"a": code}


@pytest.mark.parametrize("what", REFUSED_WHOLE)
def test_an_archive_that_cannot_be_trusted_is_refused_whole(what: str) -> None:
    data, code = REFUSED_WHOLE[what]
    assert read(data) == {"": code}


def test_what_is_refused_does_not_hide_its_neighbors() -> None:
    data = zipped(member("a", TEXT), member("b", TEXT, flags=0x801), member("c", TEXT, checksum=1), member("d", TEXT))
    said = {"a": TEXT, "b": archive_faults.ENCRYPTED.code, "c": archive_faults.DAMAGED.code, "d": TEXT}
    assert read(data) == said


def test_of_two_files_of_one_name_the_second_is_refused() -> None:
    data = zipped(member("a", b"first"), member("a", b"second"), member("b"))
    assert read(data) == {"a": b"first", "a #1": archive_faults.NAMED_TWICE.code, "b": b"{}"}


@pytest.mark.parametrize(("inner_first", "name"), [(True, "0.json"), (False, "4.json")])
def test_files_that_share_their_bytes_are_refused(inner_first: bool, name: str) -> None:
    data = overlapping(member("0.json", bytes(100_000)), times=5, inner_first=inner_first)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert len(archive.namelist()) == 5
        assert archive.testzip() is None
    found = read(data)
    assert len(found.pop(name)) > 100
    assert list(found.values()) == [archive_faults.DAMAGED.code] * 4


def test_files_in_any_order_of_the_directory_are_read() -> None:
    members = [member(str(number), TEXT * number) for number in range(1, 6)]
    data = zipped(*members)
    end = data.index(b"PK\x01\x02")
    entries = [b"PK\x01\x02" + one for one in data[end : data.index(b"PK\x05\x06")].split(b"PK\x01\x02")[1:]]
    turned = data[:end] + b"".join(reversed(entries)) + data[data.index(b"PK\x05\x06") :]
    assert read(turned) == {str(number): TEXT * number for number in range(1, 6)}
    assert list(read(turned)) == ["5", "4", "3", "2", "1"]


@pytest.mark.parametrize("method", [STORED, DEFLATED])
@pytest.mark.parametrize("write", [zipped, zip64])
def test_both_methods_and_both_sizes_of_numbers(method: int, write: Callable[..., bytes]) -> None:
    assert read(write(member("a", TEXT, method=method), member("é", b""))) == {"a": TEXT, "é": b""}


def test_what_programs_write() -> None:
    """With descriptors behind the files, forced 64 bits, folders, a comment, and names in the old code page."""

    class Stream(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

        def tell(self) -> int:
            raise io.UnsupportedOperation

    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = b"PK\x05\x06 looks like an end"
        archive.mkdir("folder")
        archive.writestr("folder/a", TEXT)
        with archive.open("big", "w", force_zip64=True) as file:
            file.write(TEXT)
        archive.writestr("é", TEXT)
    assert read(stream.getvalue()) == {"folder/a": TEXT, "big": TEXT, "é": TEXT}
    assert read(zipped(member("a"), comment=b"x" * 65_535)) == {"a": b"{}"}


def test_names_are_read_as_their_archive_says() -> None:
    names = [replace(member(""), name=name, flags=flags) for name, flags in ((b"\x82", 0), (b"\xff", 0x800))]
    assert list(read(zipped(*names))) == ["é", r"\xff"]


def test_folders_and_hidden_files_are_left_out() -> None:
    names = ["a/", "a/.hidden", ".git/b", "__MACOSX/a/._c", "a/.DS_Store", "a\\.d", "a/b", "..c/../d", "e."]
    data = zipped(*(member(name, b"" if name.endswith("/") else b"{}") for name in names))
    assert list(read(data)) == ["a/b", "e."]


def test_a_folder_with_content_is_a_file() -> None:
    assert read(zipped(member("a/", TEXT))) == {"a/": TEXT}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", r"\x2e\x2e/\x2e\x2e/etc/passwd"),
        ("..\\..\\boot.ini", "\\x2e\\x2e\\\\x2e\\x2e\\boot.ini"),
        ("/etc/passwd", "/etc/passwd"),
        ("a/./b", r"a/\x2e/b"),
        ("a..b", "a..b"),
    ],
)
def test_steps_out_of_a_folder_are_shown_as_escapes(name: str, shown: str) -> None:
    assert list(read(zipped(member(name)))) == [shown]


# gzip


@pytest.mark.parametrize(
    "members", [[TEXT], [TEXT, TEXT], [b"", TEXT, b""], [b""], [bytes(PIECE)], [bytes(3 * PIECE + 1)]]
)
def test_members_of_gzip_follow_each_other(members: list[bytes]) -> None:
    assert gunzip(gzipped(*members)) == b"".join(members)
    assert gunzip(gzipped(*members) + bytes(20_000)) == b"".join(members)


@pytest.mark.parametrize(
    "data",
    [
        gzipped(TEXT)[:-1],
        gzipped(TEXT)[:-9],
        gzipped(TEXT)[:20],
        gzipped(TEXT)[:2],
        gzipped(TEXT) + b"x",
        gzipped(TEXT) + bytes(9) + b"x",
        gzipped(TEXT) + gzipped(TEXT)[:-3],
        flipped(gzipped(TEXT), 30),
        flipped(gzipped(TEXT), len(gzipped(TEXT)) - 6),
        flipped(gzipped(TEXT), len(gzipped(TEXT)) - 2),
    ],
    ids=range(10),
)
def test_damage_to_gzip_is_seen(data: bytes) -> None:
    with pytest.raises((OSError, EOFError, zlib.error)):
        gzip.decompress(data)
    assert gunzip(data) == archive_faults.DAMAGED.code


# streams


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=30)), st.lists(st.tuples(st.booleans(), st.integers(1, 40)), max_size=40))
def test_pieces_are_read_as_a_file_is(pieces: list[bytes], asked: list[tuple[bool, int]]) -> None:
    ours, file = Pieces(iter(pieces)), io.BytesIO(b"".join(pieces))
    for by_line, size in asked:
        assert (ours.readline(size) if by_line else ours.read(size)) == (
            file.readline(size) if by_line else file.read(size)
        )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.text("ab./\\é\u202e", max_size=9), st.binary(max_size=500)), unique_by=lambda one: one[0]),
    st.booleans(),
)
def test_any_archive_that_python_writes_is_read_alike(files: list[tuple[str, bytes]], deflated: bool) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED) as archive:
        for number, (name, content) in enumerate(files):
            archive.writestr(f"{number}{name}x", content)
    assert list(read(stream.getvalue()).values()) == [
        content for name, content in files if not HIDDEN.search(f"{name}x")
    ]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_raises_anything_else(data: st.DataObject) -> None:
    whole = bytearray(zip64(member("a", TEXT), member("b", TEXT, method=STORED)))
    if data.draw(st.booleans()):
        whole = bytearray(zipped(member("a", TEXT), member("b", TEXT, method=STORED)))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    for content in read(bytes(whole)).values():
        assert content in (TEXT, b"") or str(content).startswith("ER-D-0")


# limits


def test_the_number_of_files() -> None:
    data = zipped(member("a"), member("b"), member("folder/", b""))
    assert list(read(data, Limits(members=3))) == ["a", "b"]
    assert read(data, Limits(members=2)) == {"": archive_faults.TOO_MANY_MEMBERS.code}


@pytest.mark.parametrize("method", [STORED, DEFLATED])
def test_the_bytes_of_a_zip(method: int) -> None:
    data = zipped(*(member(name, b"x" * 1000, method=method) for name in "abc"))
    assert list(read(data, Limits(unpacked_bytes=3000)).values()) == [b"x" * 1000] * 3
    assert read(data, Limits(unpacked_bytes=2999))["c"] == archive_faults.TOO_MUCH_UNPACKED.code
    assert read(data, Limits(unpacked_bytes=1000))["b"] == archive_faults.TOO_MUCH_UNPACKED.code


def test_the_bytes_of_a_gzip() -> None:
    data = gzipped(b"x" * 1000, b"y" * 1000)
    assert gunzip(data, Limits(unpacked_bytes=2000)) == b"x" * 1000 + b"y" * 1000
    assert gunzip(data, Limits(unpacked_bytes=1999)) == archive_faults.TOO_MUCH_UNPACKED.code


def test_the_expansion_is_free_at_first() -> None:
    assert gunzip(gzipped(bytes(FREE_EXPANSION)), Limits(expansion=1)) == bytes(FREE_EXPANSION)
    assert gunzip(gzipped(bytes(FREE_EXPANSION + 1)), Limits(expansion=1)) == archive_faults.EXPANDS.code


@pytest.mark.parametrize(("packed", "unpacked", "held"), [(1, FREE_EXPANSION, True), (1, FREE_EXPANSION + 1, False)])
def test_the_budget_of_small_archives(packed: int, unpacked: int, held: bool) -> None:
    _spend(Budget(Limits(expansion=2)), packed, unpacked, held=held)


@pytest.mark.parametrize(("over", "held"), [(-1, True), (0, True), (1, False)])
def test_the_budget_of_large_archives(over: int, held: bool) -> None:
    _spend(Budget(Limits(expansion=2)), FREE_EXPANSION, 2 * FREE_EXPANSION + over, held=held)


def test_bytes_that_are_read_twice_are_paid_once() -> None:
    budget = Budget(Limits(expansion=2), FREE_EXPANSION)
    budget.spend(FREE_EXPANSION, 2 * FREE_EXPANSION)
    _spend(budget, FREE_EXPANSION, 1, held=False)


def _spend(budget: Budget, packed: int, unpacked: int, *, held: bool) -> None:
    if held:
        budget.spend(packed, unpacked)
        return
    with pytest.raises(UnpackingError) as caught:
        budget.spend(packed, unpacked)
    assert caught.value.finding.finding_code == archive_faults.EXPANDS.code
