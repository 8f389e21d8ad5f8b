"""The implementers' kit: the standard, cases with their outcomes, and what they mean, for software that is not ours."""
