"""Commands of `stem-tutor` that need a file of their own. They know the ports, not the hosts."""
