"""An independent reader of the Jasaq wire format, written from `wire-format.md` alone.

Each module names the sections of the page that it implements.
"""
