"""One person's case: who works on it, what was said, decided, agreed and done."""
