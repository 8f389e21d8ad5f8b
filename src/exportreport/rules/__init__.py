"""The rules: their records, the functions they call, their evaluation, and what came of each."""
