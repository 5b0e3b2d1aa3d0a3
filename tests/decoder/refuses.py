"""What the tests have in common."""

from __future__ import annotations

import unittest
from typing import Callable

from jasaq_wire.refusal import Refusal


class Refuses(unittest.TestCase):
    """A test that expects refusals by their names."""

    def refused(self, name: str, call: Callable, *arguments: object, **named: object) -> None:
        """The call must be refused as this."""
        with self.assertRaises(Refusal, msg=f"{arguments} {named}") as caught:
            call(*arguments, **named)
        self.assertEqual(caught.exception.name, name, caught.exception)
