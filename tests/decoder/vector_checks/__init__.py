"""Checks of the golden vectors (§18), a module for what belongs together. Nothing is hard-coded from them."""
