"""A district around the phone under test: consoles and the head's phone are the program's, the relay is a real one.

Everything lives in one temporary folder and ends with it. Nothing here waits by the clock: the relay says when it listens,
a command is done when it ends.
"""

import json
import os
import subprocess
import tempfile
from pathlib import Path

PROGRAM = os.environ["JASAQ_PROGRAM"]

# What the person running the tests has set for his own fieldbook is not ours.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("JASAQ_")}


class Device:
    """A device of the program's, by its home folder."""

    def __init__(self, home):
        self.home = home

    def run(self, *arguments, given=""):
        """Runs a command and returns what it says."""
        command = [PROGRAM, "--json", "--home", self.home, *arguments]
        ended = subprocess.run(command, input=given, capture_output=True, text=True, env=ENVIRONMENT)
        if ended.returncode != 0:
            raise AssertionError(f"{' '.join(arguments)} ended with {ended.returncode}: {ended.stderr}")
        return json.loads(ended.stdout)

    def sync(self):
        """Takes what there is and gives what is owed for it: acks go out with the contact after."""
        self.run("sync")
        self.run("sync")

    def invite(self, *membering):
        """Makes a code that lets one device join, and lets the relay know."""
        code = self.run("invite", *membering)["code"]
        self.sync()
        return code

    def confirm(self, words):
        """Lets in the device that waits with these words; returns the member's id."""
        self.sync()
        waiting = [join["words"] for join in self.run("device", "list")["waiting"]]
        assert waiting == [words], f"{waiting} wait where {words} was read out"
        member = self.run("device", "confirm", words)["added"]["member"]
        self.sync()
        return member


class District:
    """A territory with a relay, an SS console, a squad and its head."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="jasaq-python-")
        self.ts = self.device("ts")
        root = self.ts.run("init", "--sheets", str(self.path("sheets")))["root_key"]
        self.relay, self.address = self.start_relay(root)
        self.ts.run("device", "relay", self.address)
        self.ts.sync()
        self.ss = self.join("ss", self.ts, "--role", "ss", "--office", "SS 1")
        self.ss.run("squad", "create", "Сарысу")
        self.head = self.join("head", self.ss, "--role", "head")

    def path(self, name):
        return Path(self.folder.name, name)

    def device(self, name):
        return Device(str(self.path(name)))

    def start_relay(self, root):
        """The relay ends when its standard input does: also when this process is killed."""
        command = [PROGRAM, "--json", "relay", "--listen", "127.0.0.1:0", "--data", str(self.path("relay.db"))]
        command += ["--trust", root, "--until-stdin-ends"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        with self.path("relay.trace").open("w") as trace:
            relay = subprocess.Popen(command, text=True, env=ENVIRONMENT, stderr=trace, **pipes)
        ready = relay.stdout.readline()
        assert ready, f"the relay did not come up: {self.path('relay.trace').read_text()}"
        return relay, json.loads(ready)["address"]

    def join(self, name, inviter, *membering):
        """A device of the program's joins."""
        device = self.device(name)
        code = inviter.invite(*membering)
        words = device.run("join", "-", given=code)["words"]
        device.sync()
        inviter.confirm(words)
        device.sync()
        return device

    def close(self):
        """Ends the relay and takes everything away."""
        self.relay.stdin.close()
        self.relay.stdout.close()
        assert self.relay.wait() == 0, f"the relay ended badly: {self.path('relay.trace').read_text()}"
        self.folder.cleanup()
