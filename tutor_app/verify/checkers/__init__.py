"""One checker for each kind of task."""
