"""Measure the validator beside others on the same documents: ``python -m bench.field`` prints it, `bench.run` keeps it.

The documents are the examples under numbers of their own; one in ten has one fault, made from a seed. Each round gives
them to each peer in turn, so that all meet the same machine; the figure of a peer is the median over the rounds of its
time against that of parsing alone. Of a peer that does not reject exactly those that are wrong, it is told.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench import alone, corpus
from bench.corpus import Given
from bench.peers import json_peers, sourcemeta, xml_peers
from bench.peers.peer import Act, Peer
from exportreport import standard

#: How many documents a process alone is given.
PART = 40

GROUPS = {"json": (json_peers.PEERS, json_peers.YARDSTICK), "xml": (xml_peers.PEERS, xml_peers.YARDSTICK)}

#: From and to how many bytes of JSON the documents have.
SIZES = 3500, 7500


def seconds(act: Act, documents: Sequence[Given]) -> float:
    """The time of ``act``: that of the processor, which others on the machine disturb less than that of the wall."""
    given = [one.data for one in documents]
    gc.collect()
    gc.disable()
    begin = time.process_time()
    act(given)
    spent = time.process_time() - begin
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
    said = judged(act([one.data for one in given]), given)
    about = {"name": peer.name, "does": peer.does, "version": peer.version}
    return about | said | spread(ratios) | {"rate": statistics.median(rates)}


def judged(verdicts: Sequence[bool | None], given: Sequence[Given]) -> dict[str, Any]:
    """How the verdicts compare with what was put in: faults missed by kind, and what is right but was rejected."""
    put = Counter(one.fault for one in given if one.fault)
    told: dict[str, Any] = {"documents": len(given), "wrong": put.total(), "put": put}
    if None in verdicts:
        return told | {"rejected": None, "missed": None, "false": None}
    pairs = list(zip(verdicts, given, strict=True))
    return told | {
        "rejected": sum(not accepted for accepted, _ in pairs),
        "missed": Counter(one.fault for accepted, one in pairs if accepted and one.fault),
        "false": sum(not accepted and not one.fault for accepted, one in pairs),
    }


def spread(ratios: Sequence[float]) -> dict[str, float]:
    """Median, least and most, as the figures of a run keep them."""
    return {"found": statistics.median(ratios), "least": min(ratios), "most": max(ratios)}


def by_java(documents: list[Given], rounds: int, folder: Path) -> dict[str, Any] | None:
    """The validator that comes with every Java, in a machine that is warm; its start is one with one document."""
    if not shutil.which("java") or not shutil.which("javac"):
        return None
    source = Path(__file__).parent / "peers" / "Validation.java"
    subprocess.run(["javac", "-d", str(folder), str(source)], check=True)
    call = ["java", "-cp", str(folder), "Validation", str(xml_peers.XSD)]
    base = xml_peers.parsing()
    ratios, rates, verdicts = [], [], ""
    for _ in range(max(2, rounds // 3)):
        verdicts, spent = _java([*call, "20"], documents)
        ratios.append(spent / min(seconds(base, documents) for _ in range(3)))
        rates.append(len(documents) / spent)
    java = subprocess.run(["java", "--version"], capture_output=True, check=True, text=True).stdout.split("\n")[0]
    about = {"name": "Java, javax.xml.validation", "does": "XML Schema, all errors", "version": java.split()[1]}
    said = judged([verdict == "0" for verdict in verdicts], documents)
    one = folder / "one.bin"
    one.write_bytes(documents[0].data + b"\0")
    alone_ = alone.of_program(["sh", "-c", f'exec "$@" < {one}', "sh", *call, "1"], 5)
    return about | said | spread(ratios) | {"rate": statistics.median(rates)} | alone_


def _java(call: list[str], documents: Sequence[Given]) -> tuple[str, float]:
    """The verdicts, and the least seconds of a round."""
    data = b"".join(one.data + b"\0" for one in documents)
    verdicts, spent, _ = subprocess.run(call, input=data, capture_output=True, check=True).stdout.decode().split()
    return verdicts, float(spent)


def by_sourcemeta(documents: list[Given], rounds: int, folder: Path) -> dict[str, Any] | None:
    """The JSON Schema CLI of Sourcemeta, where it is installed."""
    program = sourcemeta.found()
    if program is None:
        return None
    judge = sourcemeta.Judge(program, [one.data for one in documents], folder)
    base = json_peers.parsing()
    ratios, rates = [], []
    for _ in range(rounds):
        spent = judge.seconds()
        ratios.append(spent / seconds(base, documents))
        rates.append(len(documents) / spent)
    about = {
        "name": sourcemeta.NAME,
        "does": "JSON Schema, all errors; reads files by itself",
        "version": program.version,
    }
    said = judged(judge.verdicts(), documents)
    schema, _, one = judge.files[0]
    alone_ = alone.of_program(judge.call(schema, one), 5)
    return about | said | spread(ratios) | {"rate": statistics.median(rates)} | alone_


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


def run(known: standard.Standard, count: int, rounds: int) -> dict[str, Any]:
    """The rows of all peers, by group."""
    corpora = {"json": corpus.mixed(known, count, *SIZES), "xml": corpus.mixed_xml(known, count, *SIZES)}
    found: dict[str, Any] = {"bare": alone.measured("", "", "", 5)}
    for group, documents in corpora.items():
        peers, yardstick = GROUPS[group]
        rows = measured(peers, yardstick, documents, rounds)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            kept = folder / "documents.hex"
            kept.write_text("\n".join(one.data.hex() for one in documents[:PART]))
            rows = [row | alone.measured(group, row["name"], str(kept), 3) for row in rows]
            program = by_sourcemeta if group == "json" else by_java
            further = program(documents, rounds, folder)
        found[group] = [*rows, further] if further else rows
    return found


def show(found: dict[str, Any]) -> None:
    print(f"{'':34}{'x parsing':>10}  {'spread':14}{'per second':>11}  {'rejected':>10}  start   memory")
    for group in ("json", "xml"):
        for row in sorted(found[group], key=lambda row: float(row["found"])):
            caught = (
                "" if row["rejected"] is None else f"{row['wrong'] - sum(row['missed'].values())} of {row['wrong']}"
            )
            limits = f"{row['least']:.1f} to {row['most']:.1f}"
            name = f"{group}: {row['name']}"
            costs = f"{row['start']:5.2f}s {row['memory']:6.0f} M"
            print(f"{name:34}{row['found']:10.1f}  {limits:14}{row['rate']:11,.0f}  {caught:>10}  {costs}")


def advantage(known: standard.Standard, count: int, rounds: int, name: str) -> list[float]:
    """How many times faster than the peer ``name`` the check of structure is; of each round. Both must give the same
    verdicts on the documents: those that the peer cannot judge as the standard does are left out."""
    own, peer = json_peers.PEERS[0].made(), next(one for one in json_peers.PEERS if one.name == name).made()
    documents = corpus.mixed(known, count, *SIZES)
    lines = [one.data for one in documents]
    pairs = zip(documents, own(lines), peer(lines), strict=True)
    same = [one for one, ours, theirs in pairs if ours == theirs == (not one.fault)]
    return [seconds(peer, same) / seconds(own, same) for _ in range(rounds)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    show(run(standard.load(), asked.documents, asked.rounds))


if __name__ == "__main__":
    main()
