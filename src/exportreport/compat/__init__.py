"""Two versions of the standard, or two reports, held against each other: what changed and what it asks for."""
