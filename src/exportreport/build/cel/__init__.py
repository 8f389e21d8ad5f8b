"""The language of the rules: a subset of CEL that cannot fail on a document whose structure is valid."""
