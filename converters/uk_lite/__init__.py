"""Licenses as the UK system LITE hands them to customs: see README.md in this folder."""
