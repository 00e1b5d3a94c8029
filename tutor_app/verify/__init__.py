"""Checks mathematics without trusting the model. The only room that imports SymPy."""
