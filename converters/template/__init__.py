"""Our own template, for those who have no system at all: see README.md in this folder."""
