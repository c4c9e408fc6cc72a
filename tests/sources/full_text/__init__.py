"""Tests of the converter of full-text pages."""
