"""Measures the app from outside, side by side with a bare Textual app; not part of the test run."""
