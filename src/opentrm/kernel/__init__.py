"""Floor 0: the words every other part speaks. Standard library only."""
