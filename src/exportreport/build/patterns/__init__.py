"""Patterns: their trees, their automata, and the proof that no text makes them slow."""
