"""Applications on form BIS-748P, and the letter of 15 CFR 750.6: see README.md in this folder."""
