"""What a reader says when it does not take some bytes."""

from __future__ import annotations


class Refusal(Exception):
    """Bytes are refused. `name` is the reason in the page's words, `detail` says more to people."""

    def __init__(self, name: str, detail: str = "") -> None:
        super().__init__(f"{name}: {detail}" if detail else name)
        self.name = name
        self.detail = detail


class Newer(Refusal):
    """Not wrong, but written by a newer program (§15, *what a reader does with what it does not know*)."""
