//! What sorts of statements there are.
//!
//! Promises one name for each, which is what travels; a kind that is not here is set aside by whoever reads it, and kept.

use crate::codes::coded;
use crate::limits::{STATEMENT_BYTES_MAX, STATEMENT_BYTES_MAX_LONG};

coded! {
    /// What sort of statement it is.
    pub enum Kind {
        /// A patrol went out.
        PatrolStarted = "patrol_started",
        /// A leg of it began.
        LegStarted = "leg_started",
        /// A leg of it is over.
        LegEnded = "leg_ended",
        /// The patrol is back.
        PatrolEnded = "patrol_ended",
        /// Something was done or seen.
        Entry = "entry",
        /// A piece of where they walked.
        Track = "track",
        /// A named place.
        Waypoint = "waypoint",
        /// What phones may know of a member.
        SquadCard = "squad_card",
        /// A squad was created.
        Squad = "squad",
        /// A person is on a roster.
        NameOn = "name_on",
        /// A person is off a roster.
        NameOff = "name_off",
        /// A photo, a voice note or a scan.
        Attachment = "attachment",
        /// A device has all of an attachment.
        AttachmentHeld = "attachment_held",
        /// A patrol is planned.
        PatrolPlanned = "patrol_planned",
        /// Its head names who goes.
        PatrolAssigned = "patrol_assigned",
        /// Somebody who is named answers.
        PlanAnswered = "plan_answered",
        /// It does not take place.
        PatrolCancelled = "patrol_cancelled",
        /// On which days a member can come.
        Availability = "availability",
        /// An entry is said anew.
        EntryAmended = "entry_amended",
        /// Something happened on the patrol that is no activity.
        Mark = "mark",
        /// Something was seen outside a patrol.
        Observation = "observation",
        /// The subdivision is told at once.
        UrgentNotice = "urgent_notice",
        /// It was told by voice.
        NoticeTold = "notice_told",
        /// The patrol's log holds that there was a notice.
        NoticeLogged = "notice_logged",
        /// The subdivision answers.
        NoticeAnswered = "notice_answered",
        /// Somebody was detained.
        Detained = "detained",
        /// A step after that.
        DetentionStep = "detention_step",
        /// He was handed over.
        HandedOver = "handed_over",
        /// He was released.
        Released = "released",
        /// Force was used.
        ForceUsed = "force_used",
        /// A head or a subdivision holds what others said of a case.
        CaseHeld = "case_held",
        /// Whether entries tell of one event.
        SameEvent = "same_event",
        /// What of a field stands.
        Resolution = "resolution",
        /// A phone is not waited for.
        PhoneExcused = "phone_excused",
        /// Whether a member was there.
        Attendance = "attendance",
        /// A patrol is a part of another.
        PatrolAttached = "patrol_attached",
        /// A piece of a page.
        PagePart = "page_part",
        /// A piece of what opens a page.
        PageOpenings = "page_openings",
        /// A head sealed a page.
        PageSealed = "page_sealed",
        /// A subdivision countersigned one.
        PageCountersigned = "page_countersigned",
        /// One is entered into the book.
        PageEntered = "page_entered",
        /// A sealed patrol is opened again.
        PageReopened = "page_reopened",
        /// A head reports.
        HeadReport = "head_report",
        /// A coordination council decided.
        Decision = "decision",
        /// A head's appointment is over.
        HeadEnded = "head_ended",
        /// A council looked at its rosters.
        Review = "review",
        /// A council remarked something.
        Remark = "remark",
        /// A list of squad members went to the territorial subdivision.
        List = "list",
        /// One line of a list.
        ListLine = "list_line",
        /// A list came in.
        ListReceived = "list_received",
        /// A list was taken back.
        ListWithdrawn = "list_withdrawn",
        /// Somebody is to be removed from a squad.
        ExclusionNotice = "exclusion_notice",
        /// Somebody applied to be a non-staff employee.
        Application = "application",
        /// It was decided about an application.
        ApplicationDecided = "application_decided",
        /// A register was asked about somebody.
        Check = "check",
        /// An intentional administrative offence became known.
        Offence = "offence",
        /// Somebody was registered.
        Registration = "registration",
        /// A certificate was issued.
        Certificate = "certificate",
        /// A certificate is lost.
        CertificateLost = "certificate_lost",
        /// A certificate was printed anew.
        CertificateReprinted = "certificate_reprinted",
        /// A certificate's number was given.
        NumberGiven = "number_given",
        /// Somebody was trained in law.
        Training = "training",
        /// A circumstance arose that excludes.
        Circumstance = "circumstance",
        /// Somebody was struck off.
        StrikeOff = "strike_off",
        /// Somebody was told what concerns him.
        Notice = "notice",
        /// A subdivision supervises a squad.
        Supervision = "supervision",
        /// A member of the phones is this person.
        MemberIs = "member_is",
        /// A member does not wish to go on.
        WishToLeave = "wish_to_leave",
        /// Something is taken back.
        Withdrawn = "withdrawn",
        /// Somebody opened what is kept apart.
        Read = "read",
    }
}

impl Kind {
    /// All keys and values of one such statement together, in bytes.
    #[must_use]
    pub const fn bytes_max(self) -> usize {
        match self {
            Self::EntryAmended
            | Self::Observation
            | Self::UrgentNotice
            | Self::Detained
            | Self::HandedOver
            | Self::ForceUsed
            | Self::Resolution => STATEMENT_BYTES_MAX_LONG,
            _ => STATEMENT_BYTES_MAX,
        }
    }

    /// Whether it is shown only to whoever says what for, beside what the register says of a person otherwise.
    #[must_use]
    pub const fn is_kept_apart(self) -> bool {
        matches!(self, Self::Check | Self::Offence | Self::Circumstance)
    }
}
