"""Everything of the standard has its place on the site, with its description and an example."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
from lxml import etree

from exportreport import standard
from exportreport.codelists import known as known_lists
from exportreport.codelists import load
from exportreport.conversion import Format
from exportreport.rules import catalogue
from exportreport_converters import FORMATS
from website import addresses, make
from website.knowledge import Knowledge, known
from website.markdown import plain

MODEL = standard.load()

CLASSES = list(MODEL.classes.values())

Record = Mapping[str, Any]


@cache
def knowledge() -> Knowledge:
    return known(make.CHECKOUT)


@cache
def site() -> dict[str, bytes]:
    return make.pages(knowledge())


def text(path: str) -> str:
    return site()[path].decode()


def section(page: str, anchor: str) -> str:
    """What stands under the heading with the anchor, as far as the next heading of its level or above."""
    [found] = re.findall(rf"^(#+)( .*\{{ #{re.escape(anchor)} \}}\n(?:.*\n)*)", page, re.MULTILINE)
    level, rest = found
    return re.split(rf"^#{{1,{len(level)}}} ", rest, flags=re.MULTILINE)[0]


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("one", CLASSES, ids=lambda one: one.name)
def test_a_class_has_its_page(one: standard.Class) -> None:
    page = text(addresses.of_class(one.name))
    assert plain(one.description) in page
    [written] = blocks(page, "json")
    [element] = blocks(page, "xml")
    members = json.loads(written)
    named = [name for name in members if name != "report_type"]
    root = etree.fromstring(element.encode())
    seen = list(dict.fromkeys(etree.QName(child).localname for child in root))
    assert named == seen
    assert set(members) <= set().union(*(MODEL.classes[kind].by_name for kind in MODEL.concrete(one.name)))
    for slot in one.slots:
        place = section(page, slot.name)
        assert plain(slot.description) in place
        assert "Example: " in place
        assert all(box in place.replace("&#95;", "_") for box in (*slot.exact_mappings, *slot.close_mappings))


@pytest.mark.parametrize("one", MODEL.enums.values(), ids=lambda one: one.name)
def test_a_closed_list_has_its_page(one: standard.Enum) -> None:
    page = text(addresses.of_enum(one.name))
    assert plain(one.description) in page
    for value in one.values:
        place = section(page, addresses.anchor(value.code))
        assert plain(value.description) in place
        assert "Example: " in place
        assert f">{value.code}&lt;/".replace("_", "&#95;") in place.replace("&gt;", ">")


@pytest.mark.parametrize("one", MODEL.types.values(), ids=lambda one: one.name)
def test_a_type_has_its_place(one: standard.Type) -> None:
    place = section(text("reference/types.md"), one.name.lower())
    assert plain(one.description) in place
    assert "Examples: <code>" in place


@pytest.mark.parametrize("rule", catalogue.records("rules"), ids=lambda rule: rule["code"])
def test_a_rule_has_its_page(rule: Record) -> None:
    page = text(addresses.of_rule(rule["code"]))
    told = (rule["title"], rule["reason"], rule["resolution"], *rule.get("basis", ()))
    assert all(plain(words) in page for words in told)
    good, bad = (page.partition(f"## {title} example\n")[2].partition("\n## ")[0] for title in ("Good", "Bad"))
    for example in (good, bad):
        assert [json.loads(part) for part in blocks(example, "json")]
        assert [etree.fromstring(part.encode()) for part in blocks(example, "xml")]
    assert good != bad
    assert f"({rule['code']}.md)" in text("reference/rules/index.md")


@pytest.mark.parametrize("name", known_lists())
def test_a_code_list_has_its_page(name: str) -> None:
    page, found = text(addresses.of_list(name)), load(name)
    assert found
    assert plain(found.title) in page
    assert plain(found.source) in page
    assert " means “" in page
    places = re.findall(r'<tr(?: id="code-([^"]*)")?>', page.partition("<tbody>")[2])
    assert len(places) == len(found.entries)
    named = [place for place in places if place]
    assert len(named) == len(set(named)) == len(found.by_code)


@pytest.mark.parametrize("profile", catalogue.records("profiles"), ids=lambda profile: profile["id"])
def test_a_profile_has_its_page(profile: Record) -> None:
    page = text(addresses.of_profile(profile["id"]))
    assert plain(profile["description"]) in page
    assert all(f"rules/{code}.md)" in page for code in (*profile["rules"], *profile.get("raises", {})))


@pytest.mark.parametrize("one", FORMATS.values(), ids=lambda one: one.name)
def test_a_national_format_has_its_page(one: Format) -> None:
    page = text(addresses.of_format(one.id))
    place = page.partition(f"## {plain(one.name)}\n")[2].partition("\n## ")[0]
    assert plain(one.title) in place
    table = place.partition("-fields }")[2].partition("\n### ")[0].replace("&#95;", "_").replace("&#42;", "*")
    assert all(field.column.replace("|", "&#124;") in table.replace("&amp;", "&") for field in one.fields)


def test_a_rule_stands_with_the_slots_that_it_reads() -> None:
    touched = knowledge().touched["ER-C-111"]
    assert touched == {("EndUse", "end_users"), ("Report", "parties"), ("Party", "key")}
    assert "rules/ER-C-111.md)" in section(text("reference/classes/LicenseFiling.md"), "parties")
    assert "rules/ER-C-111.md)" not in section(text("reference/classes/Submission.md"), "report_id")


def test_nothing_is_fetched_from_elsewhere() -> None:
    settings = (make.CHECKOUT / "website" / "mkdocs.yml").read_text(encoding="utf-8")
    own = "".join(data.decode() for path, data in site().items() if path.startswith("assets/"))
    assert "http" not in settings + own
    assert "font: false" in settings
    pictures = [
        link
        for path, data in site().items()
        if path.endswith(".md")
        for link in re.findall(r"!\[[^]]*\]\(([^)]*)\)", data.decode())
    ]
    assert pictures
    assert not [link for link in pictures if ":" in link]


def test_links_of_written_pages_lead_to_where_things_are_on_the_site() -> None:
    vendor = text("start-vendor.md")
    assert "](reference/classes/DenialNotice.md)" in vendor
    assert "](files/src/exportreport/artifacts/xsd/exportreport.xsd)" in vendor
    assert site()["files/src/exportreport/artifacts/xsd/exportreport.xsd"].startswith(b"<?xml")
    assert "](contributing.md)" in text("start-editor.md")
    assert "](../judging-elsewhere.md)" in text("rules/standard.md")


def test_every_page_that_people_wrote_can_be_found() -> None:
    settings = (make.CHECKOUT / "website" / "mkdocs.yml").read_text(encoding="utf-8")
    navigation = settings.partition("\nnav:\n")[2]
    named = set(re.findall(r": (\S+\.md)$", navigation, re.MULTILINE))
    written = {path.name for path in (make.CHECKOUT / "docs").glob("*.md")}
    assert written <= named
    assert named <= set(site())
