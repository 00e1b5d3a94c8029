"""Kinds of problems that bring their own wording, task and checker, one file each."""
