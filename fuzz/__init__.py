"""Coverage-guided fuzzing of the validator, with a mutator that knows what a message looks like."""
