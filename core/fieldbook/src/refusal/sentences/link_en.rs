//! English: the carrier, the certificate, and what the relay answers.

use jasaq_protocol::sync::ContactBroken;

use crate::exchange::{CarrierFailed, CertificateFlaw};

const NEWER: &str = "This relay is newer than this program; everything recorded stays on this device. Renew the \
            program and exchange again.";

pub(super) fn carrier(failed: &CarrierFailed) -> String {
    let sentence = match failed {
        CarrierFailed::Unreachable => {
            "The relay does not answer; everything recorded stays on this device. Check the connection \
            and exchange again later, or hand the records over as a file."
        }
        CarrierFailed::NoSuchHost => {
            "No relay was found under this name; everything recorded stays on this device. Check the \
            connection and the spelling of the address, then exchange again."
        }
        CarrierFailed::Certificate(flaw) => certificate(*flaw),
        CarrierFailed::Status(403) => {
            "The relay does not know this device, or no longer does: perhaps whoever let it in was removed \
            meanwhile. Nothing is lost; everything is on this device. Meet the head or the subdivision, or take \
            a satchel of theirs; then the status says how it stands."
        }
        CarrierFailed::Status(407) => {
            "A proxy on the way to the relay wants you to sign in (status 407); everything recorded stays \
            on this device. Ask who runs this network, or exchange over another one."
        }
        CarrierFailed::Status(426) => NEWER,
        CarrierFailed::Status(501) => {
            "This relay is older than this program (status 501); everything recorded stays on this device. Tell who \
            runs the relay to renew it, then exchange again."
        }
        CarrierFailed::Status(507) => {
            "The relay has no room left (status 507); everything recorded stays on this device. Tell \
            the structural subdivision and exchange again later."
        }
        // 511 is how a network says that it wants people to sign in first.
        CarrierFailed::NotARelay | CarrierFailed::Status(511) => {
            "What answered is not the relay: the network may want you to sign in first. Everything \
            recorded stays on this device; open the network's sign-in page, sign in and exchange \
            again."
        }
        CarrierFailed::Status(status @ (408 | 409 | 429 | 500..)) => {
            return format!(
                "The relay is busy or out of order (status {status}); everything recorded stays on this \
                device. Exchange again a little later."
            );
        }
        CarrierFailed::Status(status) => {
            return format!(
                "The request was not accepted (status {status}): perhaps what answered is not a relay. Everything \
                recorded stays on this device. Check the address; if it is right, renew the program, and if \
                that does not help, tell the structural subdivision the status."
            );
        }
        CarrierFailed::Broken => {
            "The connection broke; what came is kept, and everything recorded stays on this device. \
            Exchange again when there is a connection: it goes on where it stopped."
        }
    };
    sentence.to_owned()
}

pub(super) fn contact(broken: ContactBroken) -> &'static str {
    match broken {
        ContactBroken::Garbage(_) => {
            "The answer of the relay is damaged or cannot be read; everything recorded stays on this \
            device. Exchange again; if that does not help, renew the program."
        }
        ContactBroken::Cut => {
            "The answer of the relay broke off; what came is kept, and everything recorded stays on \
            this device. Exchange again: it goes on where it stopped."
        }
        ContactBroken::Receipt => {
            "What answers cannot show that it is the relay this device knows; everything recorded stays on \
            this device. Do not go on, and ask the structural subdivision: only if it says that the relay \
            was replaced, enter the new identity that it gives you."
        }
        ContactBroken::Newer => NEWER,
    }
}

const fn certificate(flaw: CertificateFlaw) -> &'static str {
    match flaw {
        CertificateFlaw::Expired => {
            "The certificate of the relay has expired, or the clock of this device is ahead. Everything \
            recorded stays on this device; check date and time, and if they are right, tell who runs the \
            relay to renew the certificate."
        }
        CertificateFlaw::NotYetValid => {
            "The certificate of the relay is not valid yet, or the clock of this device is behind. Everything \
            recorded stays on this device; check date and time, and if they are right, tell who runs the \
            relay that its certificate is not valid yet."
        }
        CertificateFlaw::OtherHost => {
            "The certificate is of another address than the one of the relay; everything recorded stays on \
            this device. Check the address; if it is right, tell who runs the relay, or exchange over \
            another network."
        }
        CertificateFlaw::UnknownAuthority => {
            "Nobody this device trusts vouches for the certificate of the relay. Everything recorded stays on \
            this device; exchange over another network, or ask who runs the relay for the file of its \
            authority."
        }
        CertificateFlaw::Unusable => {
            "No safe connection to the relay came about; everything recorded stays on this device. Exchange \
            again over another network; if that does not help, tell who runs the relay."
        }
    }
}
