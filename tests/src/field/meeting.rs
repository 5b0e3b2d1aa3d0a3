//! Two devices meet, over a pipe that may break anywhere.

use jasaq_fieldbook::protocol::sync::meeting::Stage;
use jasaq_fieldbook::{FieldbookRefused, MeetingReport, OpenMeeting};

use super::{Field, Phone};

/// A way between two devices.
#[derive(Debug, Clone, Copy)]
pub struct Pipe {
    /// It breaks after so many bytes, both ways together.
    pub breaks_after: usize,
    /// In pieces of this size, in bytes.
    pub piece: usize,
    /// The byte that is changed on the way, counted as the bytes that cross are.
    pub spoils: Option<usize>,
}

impl Default for Pipe {
    fn default() -> Self {
        Self { breaks_after: usize::MAX, piece: 1_400, spoils: None }
    }
}

/// How a meeting went, at both ends: who called comes first.
#[derive(Debug)]
pub struct Met {
    /// What each end did.
    pub reports: [MeetingReport; 2],
    /// What each end says of it.
    pub outcomes: [Result<(), FieldbookRefused>; 2],
    /// Every stage that either end showed, in order.
    pub stages: Vec<Stage>,
    /// Bytes that crossed.
    pub bytes: usize,
}

impl Met {
    /// Whether both hold the same now.
    #[must_use]
    pub fn is_even(&self) -> bool {
        self.reports.iter().all(|report| report.even)
    }
}

impl Field {
    /// Two devices meet over a kind pipe, and hold the same then.
    pub fn meet(&mut self, caller: Phone, listener: Phone) -> Met {
        let met = self.try_meet((caller, listener), Pipe::default(), |_, _| false);
        assert!(met.is_even(), "{met:?}");
        met
    }

    /// Two devices meet. Who asks to be let in is answered by `lets_in`.
    pub fn try_meet(
        &mut self,
        (caller, listener): (Phone, Phone),
        pipe: Pipe,
        mut lets_in: impl FnMut(&mut Self, &str) -> bool,
    ) -> Met {
        let code = self.book(listener).make_meeting_code(Vec::new());
        let mut ends = [
            (caller, self.book(caller).call_to_meeting(&code).unwrap()),
            (listener, self.book(listener).listen_for_meeting(&code).unwrap()),
        ];
        let (mut bytes, mut stages, mut is_whole) = (0, Vec::new(), true);
        while is_whole {
            let mut moved = false;
            for from in [0, 1] {
                let mut said = ends[from].1.outgoing();
                let fits = said.len().min(pipe.breaks_after.saturating_sub(bytes));
                is_whole &= fits == said.len();
                said.truncate(fits);
                if let Some(byte) =
                    pipe.spoils.and_then(|at| at.checked_sub(bytes)).and_then(|at| said.get_mut(at))
                {
                    *byte ^= 0x40;
                }
                bytes += fits;
                moved |= fits > 0;
                let (phone, end) = &mut ends[1 - from];
                for piece in said.chunks(pipe.piece) {
                    self.book(*phone).take_in_meeting(end, piece).unwrap();
                    stages.push(end.stage());
                }
                moved |= self.answer_who_asks(*phone, end, &mut lets_in);
            }
            is_whole &= moved;
        }
        let mut reports = [MeetingReport::default(); 2];
        let mut outcomes = Vec::new();
        for ((phone, end), report) in ends.into_iter().zip(&mut reports) {
            outcomes.push(self.book(phone).finish_meeting(end, None, report));
        }
        let outcomes = outcomes.try_into().expect("there are two ends");
        Met { reports, outcomes, stages, bytes }
    }

    fn answer_who_asks(
        &mut self,
        phone: Phone,
        end: &mut OpenMeeting,
        lets_in: &mut impl FnMut(&mut Self, &str) -> bool,
    ) -> bool {
        let Some(words) = end.asks().map(|join| join.words.to_string()) else { return false };
        if lets_in(self, &words) {
            self.book(phone).confirm(&words).unwrap();
        }
        self.book(phone).resume_meeting(end).unwrap();
        true
    }
}
