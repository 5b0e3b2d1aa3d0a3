"""Checks of the golden vectors (§19), a module for what belongs together. Nothing is hard-coded from them."""
