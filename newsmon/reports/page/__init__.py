"""The page that an editor opens: one topic, or all of them, as one HTML file."""
