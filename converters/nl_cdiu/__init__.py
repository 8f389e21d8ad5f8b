"""The published list of Dutch dual-use licenses (CDIU): see README.md in this folder."""
