"""What a host brings along: its hardware, its watchers, and its defects."""

from jasaq import Activity, ActivityMode, BorderServiceKind, Carrier, KeyHolder, NewEntry, Watcher

# The smallest picture there can be, with a remark in it.
PICTURE = b"\xff\xd8\xff\xfe\x00\x07fog, \xff\xda\x00\x02\x01\x02\x03\xff\xd9"


class Hardware(KeyHolder):
    """A phone's hardware, as a host would write one over the system's: here it turns bits, and says no if it is told to."""

    def __init__(self, mask=0x5A):
        self.mask, self.refuses, self.asked = mask, None, 0

    def wrap(self, key):
        return self.unwrap(key)

    def unwrap(self, wrapped):
        self.asked += 1
        if self.refuses:
            raise self.refuses
        return bytes(byte ^ self.mask for byte in wrapped)


class Notices(Watcher):
    """Keeps what it is told."""

    def __init__(self):
        self.told = []

    def custody_changed(self, notice):
        self.told.append(notice)


class Raising(Carrier, Watcher):
    """A host with a defect: whatever it is asked, it raises."""

    def fetch_identity(self, address):
        raise ValueError("Айдос, +7 700 000 00 00")

    def carry(self, address, request, answer_bytes_max):
        raise ValueError("Айдос, +7 700 000 00 00")

    def carry_parts(self, address, request, answer_bytes_max):
        raise ValueError("Айдос, +7 700 000 00 00")

    def custody_changed(self, notice):
        raise ValueError("Айдос, +7 700 000 00 00")


def round_of(text, **more):
    kind = Activity.BORDER_SERVICE(kind=BorderServiceKind.ROUND, mode=ActivityMode.JOINT)
    return NewEntry(activity=kind, text=text, **more)
