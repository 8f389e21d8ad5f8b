"""XML to JSON and JSON to XML beside xmltodict, on the same documents."""

from __future__ import annotations

import json
import time

import orjson

from bench import corpus
from exportreport import standard
from exportreport.codec import json_text, xml_text


def conversions(known: standard.Standard, count: int, rounds: int) -> dict[str, list[float]]:
    """How many times faster than xmltodict: XML to JSON, and JSON to XML; the ratio of each round."""
    import xmltodict

    lines = corpus.filings(known, count, 3500, 7500, wrong=False)
    texts = [xml_text.encode(orjson.loads(line), known) for line in lines]
    trees = [xmltodict.parse(text) for text in texts]
    documents = [orjson.loads(line) for line in lines]
    pairs = {
        "XML to JSON": (
            lambda: [json_text.encode(xml_text.decode(text, known).value, known, ordered=True) for text in texts],  # type: ignore[arg-type]
            lambda: [json.dumps(xmltodict.parse(text)) for text in texts],
        ),
        "JSON to XML": (
            lambda: [xml_text.encode(document, known) for document in documents],
            lambda: [xmltodict.unparse(tree) for tree in trees],
        ),
    }
    found: dict[str, list[float]] = {}
    for name, (own, others) in pairs.items():
        own(), others()
        for _ in range(rounds):
            begin = time.process_time()
            own()
            middle = time.process_time()
            others()
            found.setdefault(name, []).append((time.process_time() - middle) / (middle - begin))
    return found
