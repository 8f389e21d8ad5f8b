"""The documentation site: what people wrote, and the reference that is made from the standard."""
