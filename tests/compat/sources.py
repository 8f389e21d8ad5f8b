"""Changes of the sources of the standard, made in a copy, and what the build makes of the copy for a comparison."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from exportreport.build import coded_slots, codelist_index, codelists, json_schema, lint
from exportreport.build.read import read
from exportreport.build.rules import publish
from exportreport.build.rules.evaluation import modules
from exportreport.build.rules.sources import Sources, read_sources
from exportreport.standard import Standard, from_json

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "schema"


def changed_copy(edits: Iterable[Mapping[str, Any]], folder: Path) -> Path:
    """A copy of the sources in ``folder`` with the ``edits`` made."""
    schema = Path(shutil.copytree(SCHEMA, folder / "schema"))
    trees: dict[Path, Any] = {}
    for edit in edits:
        path = schema / edit["file"]
        if "at" in edit:
            if path not in trees:
                trees[path] = yaml.safe_load(path.read_text(encoding="utf-8"))
            _edit_tree(trees[path], edit)
        else:
            _edit_file(path, schema, edit)
    for path, tree in trees.items():
        path.write_text(yaml.safe_dump(tree, sort_keys=False, allow_unicode=False), encoding="utf-8")
    return schema


def _edit_tree(tree: Any, edit: Mapping[str, Any]) -> None:
    *way, last = edit["at"].split(".")
    for step in way:
        tree = tree[step] if step in tree else tree.setdefault(step, {})
    if "set" in edit:
        assert tree.get(last) != edit["set"], f"{edit['at']} is that already"
        tree[last] = edit["set"]
    elif "rename" in edit:
        pairs = [(edit["rename"] if name == last else name, body) for name, body in tree.items()]
        assert last in tree
        tree.clear()
        tree.update(pairs)
    elif "append" in edit:
        tree.setdefault(last, []).append(edit["append"])
    elif "take" in edit:
        tree[last].remove(edit["take"])
    elif "last" in edit:
        tree[last][edit["last"]] = tree[last].pop(edit["last"])
    else:
        assert edit["drop"]
        del tree[last]


def _edit_file(path: Path, schema: Path, edit: Mapping[str, Any]) -> None:
    if "copy" in edit:
        assert not path.exists()
        shutil.copyfile(schema / edit["copy"], path)
    elif "delete" in edit:
        path.unlink()
    else:
        text = path.read_text(encoding="utf-8")
        assert edit["find"] in text, f"{path.name} does not hold {edit['find']!r}"
        path.write_text(text.replace(edit["find"], edit["replace"], 1), encoding="utf-8")


def model_files(schema: Path) -> dict[str, bytes]:
    """The model of the copy, held to its law and built."""
    faults = list(lint.lint([schema / "exportreport.yaml", *sorted((schema / "modules").glob("*.yaml"))]))
    assert not faults
    return {"model.json": json.dumps(read(schema / "exportreport.yaml")).encode()}


def catalogue_files(schema: Path, model: bytes) -> dict[str, bytes]:
    """The rules, profiles, functions and code lists of the copy, held to their law and built."""
    lists, _ = _read(schema, from_json(json.loads(model)))
    return _published(schema, lists)


def _published(schema: Path, lists: list[dict[str, Any]]) -> dict[str, bytes]:
    files = {name: json.dumps(content).encode() for name, content in publish.published(schema)}
    return files | {f"codelists/{one['id']}.json": json.dumps(one).encode() for one in lists}


def judging_files(schema: Path) -> dict[str, bytes]:
    """All that judging needs of the copy: what the build makes of it, but for what is published for others."""
    files = model_files(schema)
    standard = from_json(json.loads(files["model.json"]))
    lists, sources = _read(schema, standard)
    for kind in standard.kinds:
        files[f"engine/{kind}.json"] = json.dumps(json_schema.engine_schema(standard, kind)).encode()
    files["evaluation/membership.py"] = coded_slots.module(standard, "").encode()
    files["codelists.index.json"] = json.dumps(codelist_index.index(lists)).encode()
    files.update(modules(standard, sources, ""))
    return files | _published(schema, lists)


def _read(schema: Path, standard: Standard) -> tuple[list[dict[str, Any]], Sources]:
    lists = codelists.lists(schema, standard)
    whole = [one for one in lists if not {"depth", "partial"} & set(one)]
    known = {one["id"]: frozenset(entry["code"] for entry in one["codes"]) for one in whole}
    sources = read_sources(schema, standard, known)
    assert not sources.faults
    return lists, sources
