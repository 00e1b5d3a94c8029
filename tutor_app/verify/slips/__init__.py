"""Guesses at the slip behind a wrong line. The algebra has refuted the line before one is made."""
