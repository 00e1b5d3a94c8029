"""Turns a Solution into bytes, one file per format. No Qt."""
