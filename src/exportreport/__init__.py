"""An open reporting standard for export controls, and its validator."""

__version__ = "0.1.0"
