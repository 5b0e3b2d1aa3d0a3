"""The cases of tests/vectors/books, by name."""
