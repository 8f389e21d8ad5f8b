"""The UK import file of denial notifications: see README.md in this folder."""
