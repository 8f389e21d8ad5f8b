"""A quick yes for documents that are as they should be: the schema and the characters in a single pass.

Most documents have no fault and no character that is worth a warning (`exportreport.codec.characters`). A schema whose
texts may hold usual characters alone says so of both at once. Where it says no, nothing is known yet.
"""

from __future__ import annotations

from functools import cache

import jsonschema_rs

from exportreport.codec.characters import USUAL
from exportreport.standard import Slot, Standard, Value
from exportreport.structure.engine_schema import schema_of

#: The characters beyond ASCII that a text of the standard may hold, as the patterns of the types write them.
BEYOND_ASCII = "\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff"


def is_plain(value: Value, kind: str, standard: Standard) -> bool:
    """Whether ``value`` is a message of ``kind`` without any breach of the schema, all of its characters usual.

    The members named twice that a text may have are not seen in its value.
    """
    carriers = standard.carriers[kind]
    return _validator(kind).is_valid(value) and (not carriers or _carries_plain(value, carriers, standard))


def _carries_plain(value: Value, carriers: tuple[Slot, ...], standard: Standard) -> bool:
    """Whether the messages that ``value`` carries are plain: the schema of its kind leaves them alone."""
    carried = ((message, slot) for slot in carriers for message in value.get(slot.name, ()))  # type: ignore[union-attr]
    return all(_is_plain_carried(message, slot.range, standard) for message, slot in carried)


def _is_plain_carried(message: Value, abstract: str, standard: Standard) -> bool:
    kind = message.get("report_type") if isinstance(message, dict) else None
    return kind in standard.concrete(abstract) and _validator(str(kind)).is_valid(message)


@cache
def _validator(class_name: str) -> jsonschema_rs.Draft4Validator:
    linear = jsonschema_rs.RegexOptions()
    return jsonschema_rs.Draft4Validator(schema_of(class_name, {BEYOND_ASCII: USUAL}), pattern_options=linear)
