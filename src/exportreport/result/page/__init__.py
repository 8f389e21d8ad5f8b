"""The page that shows a result in a browser: its parts, its style, and its script."""
