"""The configuration for KoSIT's validator: valid by its schema, and run the way that validator runs it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from lxml import etree
from saxonche import PySaxonProcessor

from exportreport import artifact, pipeline
from exportreport.codec import xml_text
from exportreport.finding import Finding
from exportreport.rules import catalogue
from exportreport.standard import load
from tests.witnesses.cases import placed
from tests.witnesses.schematron_engines import numbered

STANDARD = load()
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SCENARIOS = etree.parse(artifact.FOLDER / "kosit" / "scenarios.xml")
SPACES = {"s": "http://www.xoev.de/de/validator/framework/1/scenarios", "er": STANDARD.namespace}
FAILED = "{http://purl.oclc.org/dsdl/svrl}failed-assert"
TOLD = (FAILED, "{http://purl.oclc.org/dsdl/svrl}successful-report")


def location(parent: str) -> Path:
    """The file of the resource under ``parent`` in the scenario."""
    [name] = SCENARIOS.xpath(f"//s:{parent}/s:resource/s:location/text()", namespaces=SPACES)
    return artifact.FOLDER / str(name)


class Judged(NamedTuple):
    """What the validator would say: whether it accepts, and its findings: code, severity and pointer."""

    accepted: bool
    findings: set[tuple[str, str, str]]


class ByScenario:
    """The scenario's steps in their order: match, XSD, compiled Schematron; any failed assert refuses."""

    def __init__(self) -> None:
        [self.match] = SCENARIOS.xpath("//s:match/text()", namespaces=SPACES)
        self.schema = etree.XMLSchema(etree.parse(location("validateWithXmlSchema")))
        self.saxon = PySaxonProcessor(license=False)
        compiler = self.saxon.new_xslt30_processor()
        self.rules = compiler.compile_stylesheet(stylesheet_file=str(location("validateWithSchematron")))

    def __call__(self, data: bytes) -> Judged:
        root = etree.fromstring(data)
        assert root.xpath(self.match, namespaces=SPACES)
        if not self.schema.validate(root):
            return Judged(False, set())
        tree, pointers = numbered(STANDARD, document(data))
        node = self.saxon.parse_xml(xml_text=etree.tostring(tree, encoding="unicode"))
        output = etree.fromstring(self.rules.transform_to_string(xdm_node=node).encode())
        told = [one for one in output if one.tag in TOLD]
        findings = {(str(one.get("id")), str(one.get("role")), pointers[place(tree, one)]) for one in told}
        return Judged(not any(one.tag == FAILED for one in told), findings)


def place(tree: Any, one: Any) -> str:
    [element] = tree.xpath(one.get("location"), namespaces=SPACES)
    return str(element.get("n"))


def document(data: bytes) -> Any:
    return xml_text.decode(data, STANDARD).value


def ours(data: bytes) -> Judged:
    (result,) = pipeline.check(data, STANDARD)
    rules = [one for one in result.findings if one.finding_code in catalogue.rules()]
    grave = any(one.severity.value == "error" for one in rules)
    return Judged(not grave, {(one.finding_code, one.severity.value, listed(one)) for one in rules})


def listed(finding: Finding) -> str:
    """Where the Schematron points: to the list, where we point to an entry of it."""
    pointer, at = finding.pointer or "", catalogue.rules()[finding.finding_code].at
    above, _, last = pointer.rpartition("/")
    return above if at and last.isdigit() and above.endswith(f"/{at}") else pointer


@pytest.fixture(scope="module")
def by_scenario() -> ByScenario:
    return ByScenario()


def test_the_scenarios_are_valid_by_the_schema_of_kosit(real_data: Path) -> None:
    schema = etree.XMLSchema(etree.parse(real_data / "schemas" / "kosit-scenarios.xsd"))
    schema.assertValid(SCENARIOS)
    planted = etree.fromstring(etree.tostring(SCENARIOS))
    planted.remove(planted.find("s:noScenarioReport", SPACES))
    assert not schema.validate(planted)


def test_every_resource_is_there() -> None:
    names = SCENARIOS.xpath("//s:location/text()", namespaces=SPACES)
    assert len(names) == 4 and all((artifact.FOLDER / str(name)).is_file() for name in names)


def documents() -> Iterator[bytes]:
    """Examples with and without fault, and a case here and there, those of every profile among them."""
    yield from (path.read_bytes() for path in sorted((EXAMPLES / "valid").glob("*/*.xml"))[::3])
    yield from (path.read_bytes() for path in sorted((EXAMPLES / "against-rules").glob("*.xml")))
    yield from (xml_text.encode(case.document, STANDARD) for case in placed()[::41])


def test_it_says_what_our_validator_says_of_the_rules(by_scenario: ByScenario) -> None:
    said = [(by_scenario(data), ours(data)) for data in documents()]
    assert [one for one, other in said if one != other] == []
    accepted = [one.accepted for one, _ in said]
    assert accepted.count(True) > 10 and accepted.count(False) > 10
    severities = {severity for one, _ in said for _, severity, _ in one.findings}
    assert {"error", "warning"} <= severities


def test_a_profile_raises_what_it_raises(by_scenario: ByScenario) -> None:
    """The same report, naming the profile and not: the severity differs, and both ways are ours."""
    shown = 0
    for profile in [one for one in catalogue.profiles().values() if one.raises]:
        for case in [one.document for one in placed() if profile.id in one.document.get("profiles", ())][:20]:
            without = {name: value for name, value in case.items() if name != "profiles"}
            named, unnamed = ours(encoded(case)).findings, ours(encoded(without)).findings
            if {one for one in named if one[0] in profile.raises} - unnamed:
                assert by_scenario(encoded(case)).findings == named
                assert by_scenario(encoded(without)).findings == unnamed
                shown += 1
                break
    assert shown


def encoded(told: Any) -> bytes:
    return xml_text.encode(told, STANDARD)


@pytest.mark.parametrize("name", ["wrong-order", "unknown-element", "decimal-comma"])
def test_a_broken_structure_is_refused_by_the_xsd(name: str, by_scenario: ByScenario) -> None:
    data = (EXAMPLES / "invalid" / f"{name}.xml").read_bytes()
    assert by_scenario(data) == Judged(False, set())


def test_another_document_matches_no_scenario(by_scenario: ByScenario) -> None:
    assert not etree.fromstring("<LicenseFiling/>").xpath(by_scenario.match, namespaces=SPACES)
