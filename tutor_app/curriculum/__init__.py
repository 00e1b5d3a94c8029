"""Skills: each draws problems of one kind and writes their exact worked steps.

Integers and `Fraction`s only; nothing but the standard library and `core`.
"""
