"""§1: the version that every form carries."""

VERSION = 1
