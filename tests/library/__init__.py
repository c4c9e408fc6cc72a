"""Tests of the room that keeps everything the user made."""
