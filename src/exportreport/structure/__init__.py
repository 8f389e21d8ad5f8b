"""The structural check of a document against the model, and its findings."""
