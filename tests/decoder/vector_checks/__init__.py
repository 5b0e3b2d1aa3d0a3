"""Checks of the golden vectors (§17), a module for what belongs together. Nothing is hard-coded from them."""
