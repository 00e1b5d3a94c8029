"""The workshop: trains, converts and evaluates the models that the tutor runs."""
