//! Why an intention about a log, a case or a page is refused. What happened is never refused.

use crate::codes::coded;

coded! {
    /// Why something about a log, a case or a page is not recorded.
    pub enum LogRefused {
        /// There is no such statement in this log.
        NotThere = "not_there",
        /// Another said it: nobody amends or takes back what another said.
        NotYours = "not_yours",
        /// It was taken back already.
        TakenBack = "taken_back",
        /// It is replaced or called off, and not taken back.
        NotTakenBack = "not_taken_back",
        /// It is no entry.
        NotAnEntry = "not_an_entry",
        /// A patrol is no part of itself, nor of one that is a part of it.
        AttachedInARing = "attached_in_a_ring",
        /// There is no such case here.
        NoCase = "no_case",
        /// Nobody is detained in this case.
        NobodyDetained = "nobody_detained",
        /// Who was detained was handed over or released already.
        CaseEnded = "case_ended",
        /// There is nothing in this case that has this key, as far as is read here.
        NotInCase = "not_in_case",
        /// What has this key is of another kind: each is put right by its own.
        AnotherKind = "another_kind",
        /// It was put right or taken back already: what stands now is put right.
        PutRightAlready = "put_right_already",
        /// Who was detained, and force, are put right, and not taken back.
        PutRightOnly = "put_right_only",
        /// There is no such notice here.
        NoNotice = "no_notice",
        /// Nobody said that this notice was told by voice: there is no call to confirm.
        NotToldByVoice = "not_told_by_voice",
        /// Of fewer than two entries nothing is to be decided.
        TooFewEntries = "too_few_entries",
        /// One decision names at most eight.
        TooManyEntries = "too_many_entries",
        /// Nothing differs there.
        NothingToDecide = "nothing_to_decide",
        /// Another value, and that it cannot be decided, needs a reason.
        ReasonNeeded = "reason_needed",
        /// Why a phone is not waited for, where it is none of the reasons in the list, is said in words.
        ExcuseWordsNeeded = "excuse_words_needed",
        /// An amendment of a page says why it is made.
        AmendmentReasonNeeded = "amendment_reason_needed",
        /// The phone by which somebody decides has everything that it has: it is not left out.
        OwnPhone = "own_phone",
        /// What is said anew is what stands already.
        NothingChanged = "nothing_changed",
        /// It is no value of this field.
        NoValue = "no_value",
        /// He is not of the squad, and was not named for the patrol.
        NotOfSquad = "not_of_squad",
        /// It was decided or said so already.
        AlreadySo = "already_so",
        /// The page of this patrol is sealed.
        Sealed = "sealed",
        /// By the subdivision's card whoever seals is not on the squad any more: another head seals.
        SealerEnded = "sealer_ended",
        /// Something stands before the seal.
        GatesClosed = "gates_closed",
        /// More than a page holds: some twenty thousand entries.
        PageTooLong = "page_too_long",
        /// There is no such page here.
        NoPage = "no_page",
        /// Its pieces have not all come.
        PageIncomplete = "page_incomplete",
        /// Its seal is not good.
        SealBroken = "seal_broken",
        /// It says something else than the statements that it rests on.
        PageDiffers = "page_differs",
        /// It rests on statements that are not here.
        PageRestsOnMore = "page_rests_on_more",
        /// It was sealed past what stands before a seal.
        SealedPastGates = "sealed_past_gates",
        /// Another page of this patrol came after it, or beside it.
        NotTheLastPage = "not_the_last_page",
        /// The subdivision has not countersigned it.
        NotCountersigned = "not_countersigned",
        /// It was countersigned already.
        Countersigned = "countersigned",
        /// It was entered into the book already.
        Entered = "entered",
        /// A page is entered once the patrol has gone out, and not on a day that is yet to come.
        EnteredDay = "entered_day",
        /// There is no further number.
        NumberTaken = "number_taken",
        /// Another page has its number too.
        NumberTwice = "number_twice",
        /// No other page has its number.
        NumberIsItsOwn = "number_is_its_own",
        /// It was opened again: the head seals another.
        Reopened = "reopened",
        /// It was not entered into the book.
        NotEntered = "not_entered",
        /// Its pages have numbers in the book, and there is nowhere to say that these stay.
        NumbersStay = "numbers_stay",
        /// Another window or program wrote to this patrol while it was looked at.
        ChangedMeanwhile = "changed_meanwhile",
        /// A patrol with a page is made a part of no other: its page stays its own.
        PartIsSealed = "part_is_sealed",
        /// Nothing came since the page.
        NothingNew = "nothing_new",
        /// It is the patrol of another squad.
        AnotherSquads = "another_squads",
    }
}
