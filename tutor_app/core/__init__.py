"""Values and ports shared by every room. Imports nothing but the standard library."""
