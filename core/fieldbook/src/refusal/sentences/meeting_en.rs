//! English: what goes wrong where two devices meet.

use jasaq_protocol::sync::meeting::MeetingCodeRefused;

use crate::exchange::MeetingFailed;

pub(super) const fn meeting(failed: MeetingFailed) -> &'static str {
    match failed {
        MeetingFailed::Code(MeetingCodeRefused::Form) => {
            "This is not the code of a meeting; everything recorded stays on this device. Ask for the code on the other \
            device's screen and enter it whole."
        }
        MeetingFailed::Code(MeetingCodeRefused::Damaged) => {
            "There is a mistake in this code, or a part is missing; everything recorded stays on this device. Compare it \
            with the other device's screen and enter it again."
        }
        MeetingFailed::Code(MeetingCodeRefused::Newer) | MeetingFailed::Newer => {
            "The other device has a newer program; everything recorded stays on this device. Renew the program and \
            meet again, or hand the records over as a file."
        }
        MeetingFailed::Nobody => {
            "The other device was not found; everything recorded stays on this device. See that both are on one \
            network, or let one open an access point; or hand the records over as a file."
        }
        MeetingFailed::NotADevice => {
            "What answered is not a device with this program; everything recorded stays on this device. Show a new \
            code and meet again."
        }
        MeetingFailed::OtherCode => {
            "The other side does not know the code that was shown, so it was told nothing; everything recorded stays on this \
            device. Show a new code and meet again."
        }
        MeetingFailed::Foreign => {
            "The other device is of another territory, so nothing was exchanged; everything recorded stays on this \
            device. Nothing needs to be done."
        }
        MeetingFailed::Unknown => {
            "One of the two devices does not know the other as a member, so it tells it nothing; what came is kept. Let \
            the newer one meet who invited it, then meet again."
        }
        MeetingFailed::Misbehaved => {
            "The two programs did not understand each other, or the other one does not keep to the rules; what came whole is \
            kept. Renew both programs and meet again, or hand the records over as a file."
        }
        MeetingFailed::Stalled => {
            "The other device says nothing any more; what came is kept, and everything recorded stays on this device. \
            Bring them closer and meet again: it goes on where it stopped."
        }
        MeetingFailed::Cut => {
            "The connection to the other device broke; what came is kept, and everything recorded stays on this device. \
            Meet again: it goes on where it stopped."
        }
    }
}
