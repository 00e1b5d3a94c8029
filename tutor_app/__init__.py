"""STEM Tutor: an offline tutor that checks its model's maths line by line."""

__version__ = "0.1.0"
