"""The use cases. Plain Python: drives the ports, knows no window and no process."""
