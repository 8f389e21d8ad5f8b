"""Measure the validator beside others on the same documents: ``python -m bench.field [--out FILE]``.

The documents are the examples under numbers of their own; one in ten has one fault, made from a seed. Each round gives
them to each peer in turn, so that all meet the same machine; the figure of a peer is the median over the rounds of its
time against that of parsing alone. Of a peer that does not reject exactly those that are wrong, it is told.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from bench import corpus
from bench.exchange import conversions
from bench.peers import json_peers, xml_peers
from bench.peers.peer import Act, Peer
from exportreport import standard
from exportreport.codec import xml_text

#: How many documents a process alone is given.
PART = 40

#: A document, and whether something is wrong with it.
Given = tuple[bytes, bool]

GROUPS = {"json": (json_peers.PEERS, json_peers.YARDSTICK), "xml": (xml_peers.PEERS, xml_peers.YARDSTICK)}

#: Faults as an XML document may have them: what is looked for, and what stands there then.
FAULTS = (
    (rb"<(\w+:)?reported_at>[^<]*</(\w+:)?reported_at>", b""),
    (rb"(<(?:\w+:)?report_id>)[^<]*<", rb"\1<"),
    (rb"(<(?:\w+:)?reported_at>)[0-9]{4}-[0-9]{2}", rb"\g<1>2026-13"),
    (rb"(<(?:\w+:)?reporting_state>)[A-Z]{2}", rb"\1nowhere"),
    (rb"(</(?:\w+:)?report_id>)", rb"\1<nobody_knows>1</nobody_knows>"),
)


def json_documents(known: standard.Standard, count: int) -> list[Given]:
    return [(data, place % 10 == 9) for place, data in enumerate(corpus.filings(known, count, 3500, 7500))]


def xml_documents(known: standard.Standard, count: int) -> list[Given]:
    made = []
    for place, line in enumerate(corpus.filings(known, count, 3500, 7500, wrong=False)):
        data, wrong = xml_text.encode(orjson.loads(line), known), place % 10 == 9
        if wrong:
            find, put = FAULTS[place // 10 % len(FAULTS)]
            data, changed = re.subn(find, put, data, count=1)
            assert changed, find
        made.append((data, wrong))
    return made


def seconds(act: Act, documents: Sequence[Given]) -> float:
    gc.collect()
    gc.disable()
    given = [data for data, _ in documents]
    begin = time.perf_counter()
    act(given)
    spent = time.perf_counter() - begin
    gc.enable()
    return spent


def measured(peers: Sequence[Peer], yardstick: Peer, documents: list[Given], rounds: int) -> list[dict[str, Any]]:
    """For each peer its ratios to the yardstick, and which verdicts it missed."""
    acts = [(peer, peer.made(), documents) for peer in peers]
    base = yardstick.made()
    ratios: dict[str, list[float]] = {peer.name: [] for peer in peers}
    rates: dict[str, list[float]] = {peer.name: [] for peer in peers}
    for number in range(rounds + 1):
        for peer, act, given in acts:
            spent, least = seconds(act, given), seconds(base, given)
            if number:  # the first round warms up
                ratios[peer.name].append(spent / least)
                rates[peer.name].append(len(given) / spent)
    return [_row(peer, act, given, ratios[peer.name], rates[peer.name]) for peer, act, given in acts]


def _row(peer: Peer, act: Act, given: list[Given], ratios: list[float], rates: list[float]) -> dict[str, Any]:
    said = list(zip(act([data for data, _ in given]), (wrong for _, wrong in given), strict=True))
    return {
        "name": peer.name, "does": peer.does, "version": peer.version, "documents": len(given),
        "wrong": sum(wrong for _, wrong in given),
        "rejected": None if said[0][0] is None else sum(not accepted for accepted, _ in said),
        "missed": None if said[0][0] is None else sum(bool(accepted) and wrong for accepted, wrong in said),
        "false": None if said[0][0] is None else sum(not accepted and not wrong for accepted, wrong in said),
        "ratio": statistics.median(ratios), "least": min(ratios), "most": max(ratios),
        "rate": statistics.median(rates),
    }  # fmt: skip


def alone(group: str, name: str) -> dict[str, float]:
    """What one peer needs in a process of its own: seconds until it is ready, and memory at most, in MiB."""
    call = [sys.executable, "-m", "bench.field", "--alone", group, name]
    out = subprocess.run(call, capture_output=True, check=True, text=True).stdout
    found: dict[str, float] = json.loads(out.splitlines()[-1])
    return found


def stand_alone(group: str, name: str) -> None:
    """Be the process of `alone`: the documents are read from a file that was made before."""
    given = [bytes.fromhex(line) for line in Path(os.environ["BENCH_DOCUMENTS"]).read_text().split()]
    before = peak()
    peers, yardstick = GROUPS[group]
    peer = next(one for one in (*peers, yardstick) if one.name == name)
    begin = time.perf_counter()
    act = peer.made()
    ready = time.perf_counter() - begin
    act(given)
    print(json.dumps({"start": ready, "memory": peak() - before}))


def peak() -> float:
    """The most memory that this process had until now, in MiB. That of `resource` counts what started it as well."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found
    return int(found[1]) / 1024


def by_java(documents: list[Given], rounds: int) -> dict[str, Any] | None:
    """The validator that comes with every Java, in a machine that is warm."""
    if not shutil.which("java"):
        return None
    source = Path(__file__).parent / "peers" / "Validation.java"
    data = b"".join(one + b"\0" for one, _ in documents)
    call = ["java", str(source), str(xml_peers.XSD), str(max(rounds, 20))]
    out = subprocess.run(call, input=data, capture_output=True, check=True).stdout.decode()
    verdicts, spent, start = out.split()
    said = [(verdict == "1", wrong) for verdict, (_, wrong) in zip(verdicts, documents, strict=True)]
    base = xml_peers.parsing()
    ratio = float(spent) / min(seconds(base, documents) for _ in range(rounds))
    java = subprocess.run(["java", "--version"], capture_output=True, check=True, text=True).stdout.split("\n")[0]
    return {
        "name": "Java, javax.xml.validation", "does": "XML Schema, all errors", "version": java,
        "documents": len(documents), "wrong": sum(wrong for _, wrong in said),
        "rejected": sum(rejected for rejected, _ in said),
        "missed": sum(wrong and not rejected for rejected, wrong in said),
        "false": sum(rejected and not wrong for rejected, wrong in said),
        "ratio": ratio, "least": ratio, "most": ratio, "rate": len(documents) / float(spent),
        "start": float(start), "memory": None,
    }  # fmt: skip


def machine() -> dict[str, Any]:
    """What it was measured on."""
    cpu = (
        re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text()) if Path("/proc/cpuinfo").exists() else None
    )
    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": cpu[1] if cpu else platform.processor(), "cores": os.cpu_count(), "memory": round(pages / 2**30),
        "python": platform.python_version(),
    }  # fmt: skip


def run(count: int, rounds: int, folder: Path) -> dict[str, Any]:
    known = standard.load()
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, check=True, text=True).stdout
    found: dict[str, Any] = {"machine": machine(), "rounds": rounds, "documents": count, "commit": commit.strip()}
    for group, documents in (("json", json_documents(known, count)), ("xml", xml_documents(known, count))):
        peers, yardstick = GROUPS[group]
        rows = measured(peers, yardstick, documents, rounds)
        kept = folder / f"{group}.hex"
        kept.write_text("\n".join(data.hex() for data, _ in documents[:PART]))
        os.environ["BENCH_DOCUMENTS"] = str(kept)
        rows = [row | alone(group, row["name"]) for row in rows]
        if group == "xml" and (java := by_java(documents, rounds)):
            rows.append(java)
        found[group] = rows
    found["conversions"] = conversions(known, count // 4, rounds)
    return found


def show(found: dict[str, Any]) -> None:
    print(f"{'':34}{'x parsing':>10}  {'spread':14}{'per second':>11}  {'rejected':>9}  start   memory")
    for group in ("json", "xml"):
        for row in sorted(found[group], key=lambda row: float(row["ratio"])):
            verdict = "" if row["rejected"] is None else f"{row['rejected']} of {row['wrong']}"
            spread = f"{row['least']:.1f} to {row['most']:.1f}"
            memory = "" if row["memory"] is None else f"{row['memory']:6.0f} M"
            name = f"{group}: {row['name']}"
            figures = (
                f"{row['ratio']:10.1f}  {spread:14}{row['rate']:11,.0f}  {verdict:>9}  {row['start']:5.2f}s {memory}"
            )
            print(f"{name:34}{figures}")
    for name, ratios in found["conversions"].items():
        middle, least, most = statistics.median(ratios), min(ratios), max(ratios)
        print(f"{name}, times faster than xmltodict: {middle:.1f} ({least:.1f} to {most:.1f})")
    for name, ratio in advantages(found).items():
        print(f"structure, times faster than {name} on the same verdicts: {ratio:.0f} (must 50)")


def advantages(found: dict[str, Any]) -> dict[str, float]:
    """How many times faster than the validators in Python the check of structure is."""
    ratios = {row["name"]: float(row["ratio"]) for row in found["json"]}
    return {name: ratios[name] / ratios["exportreport, structure"] for name in ("jsonschema", "linkml.validator")}


def main() -> None:
    import tempfile

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer documents and rounds")
    parser.add_argument("--out", type=Path, help="also write the figures here, as JSON")
    parser.add_argument("--alone", nargs=2, metavar=("GROUP", "NAME"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.alone:
        stand_alone(*chosen.alone)
        return
    count, rounds = (100, 3) if chosen.quick else (400, 9)
    with tempfile.TemporaryDirectory() as folder:
        found = run(count, rounds, Path(folder))
    show(found)
    if chosen.out:
        chosen.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
