"""What refers to what in a report, and which keys are each an entry's own: asked by rules, not by the structure."""

from __future__ import annotations

from collections.abc import Mapping

#: The slots that refer to another part of the report, by class, and the code for a reference to what is not there.
REFERENCES: Mapping[tuple[str, str], str] = {
    ("EndUse", "end_users"): "ER-C-111",
    ("SupportingDocument", "party_keys"): "ER-C-112",
    ("Decision", "party_keys"): "ER-C-113",
    ("Condition", "party_keys"): "ER-C-114",
    ("RiskFactor", "party_keys"): "ER-C-115",
    ("EndUseCheck", "party_keys"): "ER-C-116",
    ("Declaration", "declared_by"): "ER-C-117",
    ("Authorization", "holder"): "ER-C-118",
    ("Drawdown", "declarant"): "ER-C-119",
    ("Drawdown", "delivered_to"): "ER-C-120",
    ("Ownership", "owner"): "ER-C-121",
    ("SupportingDocument", "item_numbers"): "ER-C-131",
    ("EndUse", "item_numbers"): "ER-C-132",
    ("RiskFactor", "item_numbers"): "ER-C-133",
    ("Recommendation", "item_numbers"): "ER-C-134",
    ("Decision", "item_numbers"): "ER-C-135",
    ("AuthorizationLimit", "item_numbers"): "ER-C-136",
    ("Condition", "item_numbers"): "ER-C-137",
    ("Drawdown", "item_numbers"): "ER-C-138",
    ("UsageTotal", "item_numbers"): "ER-C-139",
    ("EndUseCheck", "item_numbers"): "ER-C-140",
    ("PriorAuthorization", "item_numbers"): "ER-C-141",
    ("TechnicalSafeguard", "document_keys"): "ER-C-142",
    ("Appeal", "decision_key"): "ER-C-143",
}

#: The keys that tell the entries of a list apart, by class, and the code for one that two entries have.
KEYS: Mapping[tuple[str, str], str] = {
    ("Party", "key"): "ER-C-101",
    ("Item", "item_number"): "ER-C-102",
    ("SupportingDocument", "key"): "ER-C-103",
    ("Decision", "key"): "ER-C-104",
    ("RiskAssessment", "key"): "ER-C-105",
}
