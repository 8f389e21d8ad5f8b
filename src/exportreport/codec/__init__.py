"""Bytes to documents and back, in JSON and XML, and the places of findings in the text."""
