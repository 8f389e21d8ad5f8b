"""Where findings stand in an XML text: called only when there are findings.

The path of a finding is one of the document, so it is followed with the model in hand: in XML a list of
objects is a wrapper, and a list of values an element repeated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from exportreport.codec import faults, lines, xml_source
from exportreport.codec.xml_elements import Elements
from exportreport.codec.xml_shapes import MESSAGES, OBJECT, Member, Shape, Shapes, shapes_of
from exportreport.finding import Finding, Path
from exportreport.standard import Standard


def place(data: bytes, findings: Sequence[Finding], standard: Standard) -> list[Finding]:
    """``findings`` with their positions in ``data`` and, where an element is meant, its XPath.

    The position is that of the element's ``<``, for stray text that of its first character. What is not there
    is placed at its nearest existing ancestor. Never raises. The prefix ``er`` stands for the standard's
    namespace.
    """
    text = xml_source.read(data)
    whole = xml_source.text_of(data)
    in_utf8 = text if isinstance(text, bytes) and any(map(_needs_elements, findings)) else b""
    stray = {f.element for f in findings if f.element is not None and _is_stray(f)}
    root = xml_source.start_of_root(in_utf8)
    places = _Places(Elements(in_utf8, stray), shapes_of(standard), standard.namespace, root)
    meant = [places.element(finding) for finding in findings]
    starts = [places.start(f, e) for f, e in zip(findings, meant, strict=True)]
    known = _code_points(in_utf8, {start for start in starts if start is not None})
    offsets = [f.offset if start is None else known[start] for f, start in zip(findings, starts, strict=True)]
    found = lines.positions(whole, {offset for offset in offsets if offset is not None})
    return [
        f if o is None else f._replace(position=found[o], xpath=f.xpath if e is None else places.xpath(e))
        for f, o, e in zip(findings, offsets, meant, strict=True)
    ]


def _is_stray(finding: Finding) -> bool:
    return finding.finding_code == faults.STRAY_TEXT.code


def _needs_elements(finding: Finding) -> bool:
    return finding.offset is None and (finding.element is not None or finding.path is not None)


def _code_points(text: bytes, offsets: set[int]) -> dict[int, int]:
    """For each of ``offsets``, in bytes of the UTF-8 ``text``, the one in code points; in one pass."""
    found, before, count = {}, 0, 0
    for offset in sorted(offsets):
        count += len(text[before:offset].decode("utf-8", "replace"))
        found[offset], before = count, offset
    return found


@dataclass(slots=True)
class _Spot:
    """An element met on a path, and what the model says of it.

    ``shape`` is its class. Where it is a list, ``entries`` are its entries, and ``of`` the class of each;
    messages have each their own. Where it is ``lost``, the path goes on to what does not exist.
    """

    element: int
    shape: Shape | None = None
    entries: list[int] | None = None
    of: Shape | None = None
    messages: bool = False
    lost: bool = False


@dataclass(slots=True)
class _Places:
    """Answers where a finding stands; remembers each step of a path and each XPath that it has found."""

    elements: Elements
    shapes: Shapes
    namespace: str
    root: int
    spots: dict[Path, _Spot] = field(default_factory=dict)
    xpaths: dict[int, str] = field(default_factory=dict)

    def element(self, finding: Finding) -> int | None:
        """The number of the element that ``finding`` means, or None where it means none."""
        if not self.elements.names:
            return None
        if finding.element is not None:
            return min(finding.element, len(self.elements.names) - 1)
        if finding.offset is not None or finding.path is None:
            return None
        return self._spot(finding.path).element

    def start(self, finding: Finding, element: int | None) -> int | None:
        """The offset in bytes of the place that ``finding`` means in ``element``.

        Parsers differ over letters in names that Unicode got late; without an element it is the first.
        """
        if element is None:
            return self.root if _needs_elements(finding) else None
        start = self.elements.starts[element]
        return self.elements.texts.get(element, start) if _is_stray(finding) else start

    def _spot(self, path: Path) -> _Spot:
        """The spot at the end of ``path``, or the last one on the way to it."""
        known = next((n for n in range(len(path), 0, -1) if path[:n] in self.spots), 0)
        spot = self.spots[path[:known]] if known else _Spot(0, self.shapes.get(self.elements.local(0)))
        for length in range(known + 1, len(path) + 1):
            spot = self.spots[path[:length]] = self._step(spot, path[length - 1])
        return spot

    def _step(self, spot: _Spot, step: str | int) -> _Spot:
        if isinstance(step, int):
            found = self._entry(spot, step)
        elif step == "report_type" and spot.shape is not None and spot.shape.is_message:
            found = _Spot(spot.element)
        else:
            found = self._child(spot, step)
        return found or _Spot(spot.element, lost=True)

    def _entry(self, spot: _Spot, index: int) -> _Spot | None:
        if spot.entries is None or not 0 <= index < len(spot.entries):
            return None
        element = spot.entries[index]
        return _Spot(element, self.shapes.get(self.elements.local(element)) if spot.messages else spot.of)

    def _child(self, spot: _Spot, name: str) -> _Spot | None:
        same = self.elements.children(spot.element).by_local.get(name)
        if same is None or spot.lost:
            return None
        member = spot.shape.members.get(f"{{{self.namespace}}}{name}") if spot.shape else None
        if member is None:
            return _Spot(self._first_of_ours(same) if spot.shape else same[-1])
        if member.many:
            return _Spot(same[0], entries=same)
        if member.form < OBJECT:
            return _Spot(same[-1])
        if member.form == OBJECT:
            return _Spot(same[-1], member.shape)
        return self._wrapper(same[-1], member)

    def _first_of_ours(self, same: list[int]) -> int:
        """The first of elements of one name and parent that the decoder reads: others are of another standard."""
        around = {self._namespace(0), self._namespace(self.elements.parents[same[0]])}
        return next((element for element in same if self._namespace(element) in around), same[0])

    def _namespace(self, element: int) -> str:
        return self.elements.names[element].rpartition("}")[0]

    def _wrapper(self, element: int, member: Member) -> _Spot:
        """The spot of a list of objects, without the entries that the decoder leaves out."""
        inside = self.elements.children(element).ordered
        if member.form == MESSAGES:
            return _Spot(element, entries=inside, messages=True)
        kept = [child for child in inside if self._is_entry(child, member.shape)]
        return _Spot(element, entries=kept, of=member.shape)

    def _is_entry(self, child: int, shape: Shape) -> bool:
        if self.elements.local(child) == shape.name:
            return True
        return self.elements.first[child] >= 0 and "{" + self.elements.names[child] not in shape.members

    def xpath(self, element: int) -> str:
        """The XPath of ``element``; an index stands only where siblings have the same name."""
        way = []
        while element >= 0 and element not in self.xpaths:
            way.append(element)
            element = self.elements.parents[element]
        path = self.xpaths.get(element, "")
        for step in reversed(way):
            path = self.xpaths[step] = f"{path}/{self._name(step)}"
        return path

    def _name(self, element: int) -> str:
        name = self.elements.names[element]
        namespace, _, local = name.rpartition("}")
        step = f"er:{local}" if namespace == self.namespace else f"*[local-name()='{local}']"
        parent = self.elements.parents[element]
        same = self.elements.children(parent).counts[name] if parent >= 0 else 1
        return step if same == 1 else f"{step}[{self.elements.ranks[element]}]"
