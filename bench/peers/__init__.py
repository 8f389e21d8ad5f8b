"""Others that judge or read the same documents: the field in which the validator is measured."""
