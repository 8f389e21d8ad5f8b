"""The published lists of Swiss licenses (SECO): see README.md in this folder."""
