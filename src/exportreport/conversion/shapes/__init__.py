"""Readers and writers by physical shape: files in, flat records with their places out, and back."""
