//! An engagement's certificates, with what was said of each.

use crate::records::{CertificateRecord, Said, said};
use crate::register::{Certificate, CertificateLost, CertificateReprinted, Record};
use crate::stated::Stated;

/// Certificates and what was said of them.
#[derive(Default)]
pub(super) struct Papers {
    issued: Vec<Said<Certificate>>,
    lost: Vec<Said<CertificateLost>>,
    reprinted: Vec<Said<CertificateReprinted>>,
}

impl Papers {
    pub(super) fn hear(&mut self, stated: &Stated, record: &Record) {
        match record {
            Record::Certificate(certificate) => self.issued.push(said(stated, certificate)),
            Record::CertificateLost(lost) => self.lost.push(said(stated, lost)),
            Record::CertificateReprinted(reprinted) => self.reprinted.push(said(stated, reprinted)),
            _ => {}
        }
    }

    pub(super) fn settle(mut self, is_struck_off: bool) -> Vec<CertificateRecord> {
        self.issued.sort_by_key(|said| said.what.day);
        self.reprinted.sort_by_key(|said| said.what.print);
        let settle = |issued: Said<Certificate>| {
            let number = issued.what.number.clone();
            let of_it = self.reprinted.iter().filter(|said| said.what.number == number);
            let lost = self.lost.iter().filter(|said| said.what.number == number);
            CertificateRecord {
                reprints: of_it.cloned().collect(),
                lost: lost.cloned().collect(),
                is_struck_off,
                issued,
            }
        };
        self.issued.into_iter().map(settle).collect()
    }
}
