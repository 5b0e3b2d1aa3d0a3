//! A storm: the steps that people take in it.

use std::collections::{BTreeMap, BTreeSet};

use jasaq_fieldbook::model::ids::{PatrolId, StatementRef};
use jasaq_fieldbook::{ContactReport, ExchangeRefused, FieldbookRefused, RefusalClass, Ticket};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};

use super::invariants::{self, Invariant};
use super::members::Decided;
use super::photos::Photo;
use super::register::{Consoles, Recorded};
use super::shape::{Squad, district};
use super::{Broken, Plan, Scenario};
use crate::field::{Field, Phone, Pipe};
use crate::inside::Hash;
use crate::link::Faults;
use crate::tally::Tally;

const TEXTS: [&str; 3] = ["туман, көріну 50 м", "следы у брода", "тұрғынмен әңгіме, бәрі тыныш"];

/// How many steps pass between two looks at what is claimed.
const STEPS_BETWEEN_LOOKS: usize = 40;

/// Most satchels, and most answers, that are on their way at once.
const UNDER_WAY_MAX: usize = 4;

/// An entry that was acknowledged.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) author: Phone,
    pub(super) patrol: PatrolId,
    pub(super) key: StatementRef,
    pub(super) text: String,
}

/// An answer that has not reached its device yet.
pub(super) struct LateAnswer {
    phone: Phone,
    ticket: Ticket,
    bytes: Vec<u8>,
}

/// A district in bad weather.
pub(super) struct Storm {
    pub(super) field: Field,
    pub(super) plan: Plan,
    pub(super) chance: ChaCha20Rng,
    pub(super) squads: Vec<Squad>,
    pub(super) ss: Vec<Phone>,
    pub(super) consoles: Consoles,
    pub(super) recorded: Recorded,
    /// Who asked to join, and of which squad's head.
    pub(super) joining: Vec<(usize, Phone)>,
    /// Installs of one device.
    pub(super) twins: BTreeSet<Phone>,
    /// Which squad's a patrol is, and every text that anybody began to record in it.
    pub(super) patrols: BTreeMap<PatrolId, (usize, BTreeSet<String>)>,
    pub(super) said: Vec<Said>,
    pub(super) under_way: Vec<LateAnswer>,
    pub(super) satchels: Vec<Vec<u8>>,
    /// Every envelope that some relay ever stored and another state of its disk no longer shows.
    pub(super) ever_at_relay: BTreeSet<Hash>,
    pub(super) backups: Vec<String>,
    pub(super) written: usize,
    pub(super) decided: Decided,
    pub(super) photos: Vec<Photo>,
    /// What was erased, and which squad's it was.
    pub(super) erased: Vec<(usize, PatrolId)>,
}

impl Storm {
    pub(super) fn begin(plan: &Plan) -> Self {
        let has_register = plan.scenario == Scenario::Register;
        let (field, squads, consoles) = district((plan.shape, has_register), plan.seed);
        let mut storm = Self {
            field,
            plan: *plan,
            chance: ChaCha20Rng::seed_from_u64(plan.seed ^ 0x5707),
            squads,
            ss: consoles.ss.clone(),
            consoles,
            recorded: Recorded::default(),
            joining: Vec::new(),
            twins: BTreeSet::new(),
            patrols: BTreeMap::new(),
            said: Vec::new(),
            under_way: Vec::new(),
            satchels: Vec::new(),
            ever_at_relay: BTreeSet::new(),
            backups: Vec::new(),
            written: 0,
            decided: Decided::default(),
            photos: Vec::new(),
            erased: Vec::new(),
        };
        for squad in 0..storm.squads.len() {
            let phone = storm.squads[squad].phones[1];
            let patrol = storm.field.start_patrol(phone);
            storm.patrols.insert(patrol, (squad, BTreeSet::new()));
        }
        storm.field.faults = storm.weather();
        storm
    }

    /// How bad the links are.
    fn weather(&mut self) -> Faults {
        let lie = if self.plan.scenario == Scenario::Lies { 30 } else { 0 };
        let faults = Faults { kill_relay: 6, repeat_answer: 5, lie, ..Faults::storm() };
        match self.plan.scenario {
            Scenario::Satchels => Faults { drop_request: 70, ..faults },
            Scenario::Meetings => Faults { drop_request: 100, ..faults },
            _ => faults,
        }
    }

    pub(super) fn take_tally(&mut self) -> Tally {
        std::mem::take(&mut self.field.tally)
    }

    pub(super) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.chance.next_u64() % bound as u64).unwrap()
    }

    pub(super) fn anybody(&mut self) -> Phone {
        let everybody = self.field.everybody();
        everybody[self.below(everybody.len())]
    }

    pub(super) fn a_squad(&mut self) -> usize {
        self.below(self.squads.len())
    }

    pub(super) fn a_phone_of(&mut self, squad: usize) -> Phone {
        let number = self.below(self.squads[squad].phones.len());
        self.squads[squad].phones[number]
    }

    pub(super) fn a_patrol_of(&mut self, squad: usize) -> PatrolId {
        let patrols: Vec<PatrolId> = self
            .patrols
            .iter()
            .filter(|(_, (of, _))| *of == squad)
            .map(|(patrol, _)| *patrol)
            .collect();
        patrols[self.below(patrols.len())]
    }

    /// All steps, with a look at what is claimed now and then.
    pub(super) fn rage(&mut self) -> Result<(), Broken> {
        for step in 1..=self.plan.steps {
            self.step()?;
            if step.is_multiple_of(STEPS_BETWEEN_LOOKS) {
                invariants::check_any_time(self)?;
            }
        }
        Ok(())
    }

    fn step(&mut self) -> Result<(), Broken> {
        // Scenarios that were there before draw what they drew: a kept seed is still the run that failed.
        let scenario = self.plan.scenario;
        if scenario == Scenario::Members && self.below(4) == 0 {
            return if self.below(2) == 0 { self.decide() } else { self.meet() };
        }
        if scenario == Scenario::Photos && self.below(3) == 0 {
            return self.photograph();
        }
        if scenario == Scenario::Erasures && self.below(6) == 0 {
            return if self.below(4) > 0 { self.erase() } else { self.meet() };
        }
        if scenario == Scenario::Register
            && let Some(taken) = self.register_day()
        {
            return taken;
        }
        let squad = self.a_squad();
        let phone = self.a_phone_of(squad);
        match self.below(100) {
            0..36 => self.write(squad, phone)?,
            36..60 if self.plan.scenario == Scenario::Meetings => self.meet()?,
            36..60 => self.contact()?,
            60..64 => self.contact_answered_later()?,
            64..67 => self.late_answer_comes()?,
            67..73 => self.carry(phone)?,
            73..77 => self.field.crash(phone),
            77..79 => self.field.power_cut(phone),
            79..85 => self.die_within(squad, phone)?,
            85..87 => {
                let patrol = self.field.start_patrol(phone);
                self.patrols.insert(patrol, (squad, BTreeSet::new()));
            }
            87..88 => self.field.minutes_pass(17),
            88..90 => self.two_processes(phone)?,
            _ => self.trouble()?,
        }
        Ok(())
    }

    fn text(&mut self, patrol: PatrolId) -> String {
        let words = TEXTS[self.below(TEXTS.len())];
        let text = format!("{:04} {words}", self.written);
        self.written += 1;
        let (_, texts) = self.patrols.get_mut(&patrol).expect("a patrol of the storm");
        texts.insert(text.clone());
        text
    }

    fn write(&mut self, squad: usize, phone: Phone) -> Result<(), Broken> {
        let patrol = self.a_patrol_of(squad);
        let text = self.text(patrol);
        match self.field.try_write(phone, patrol, &text) {
            Ok(key) => self.said.push(Said { author: phone, patrol, key, text }),
            Err(FieldbookRefused::NoPatrol) => {}
            Err(refused) => return Err(surprise(format!("{phone:?} could not record: {refused}"))),
        }
        Ok(())
    }

    /// Two devices meet; the way between them is good, breaks, or changes a byte.
    pub(super) fn meet(&mut self) -> Result<(), Broken> {
        let (caller, listener) = (self.anybody(), self.anybody());
        let kind = self.below(4);
        let longest = if self.plan.scenario == Scenario::Photos { 250_000 } else { 2_500 };
        let bytes = self.below(longest);
        let piece = 1 + self.below(3_000);
        let pipe = match kind {
            0 => Pipe { breaks_after: bytes, piece, ..Pipe::default() },
            1 => Pipe { spoils: Some(bytes), piece, ..Pipe::default() },
            _ => Pipe { piece, ..Pipe::default() },
        };
        if caller == listener {
            return Ok(());
        }
        let met = self.field.try_meet((caller, listener), pipe, |_, _| false);
        self.field.tally.note(match kind {
            0 if !met.is_even() => "meeting cut",
            1 if !met.is_even() => "meeting spoilt",
            _ => "devices met",
        });
        let know_each_other = self.know_each_other(caller, listener);
        // Who carried a request to be let in and has not heard that it was granted leaves who asked.
        let waits = met.reports.iter().any(|report| report.waits);
        if kind > 1 && know_each_other && !met.is_even() && !waits {
            return Err(surprise(format!(
                "{caller:?} and {listener:?} met and do not hold the same: {met:?}"
            )));
        }
        for (phone, outcome) in [caller, listener].into_iter().zip(met.outcomes) {
            if know_each_other {
                self.weathered(phone, outcome)?;
            }
        }
        Ok(())
    }

    /// Whether neither was removed, as far as anybody knows, and neither waits to be let in.
    fn know_each_other(&mut self, caller: Phone, listener: Phone) -> bool {
        let is_in = |storm: &mut Self, phone: Phone| storm.field.book(phone).status().unwrap().role.is_some();
        [caller, listener]
            .into_iter()
            .all(|phone| !self.is_removed(phone) && is_in(self, phone))
    }

    fn contact(&mut self) -> Result<(), Broken> {
        let anybody = self.anybody();
        let outcome = self.field.try_contact(anybody).1;
        self.weathered(anybody, outcome)
    }

    /// A contact may fail for what the weather brings, and for nothing else.
    pub(super) fn weathered(
        &mut self,
        phone: Phone,
        outcome: Result<(), FieldbookRefused>,
    ) -> Result<(), Broken> {
        let Err(refused) = outcome else { return Ok(()) };
        if matches!(refused, FieldbookRefused::Exchange(ExchangeRefused::OtherRelay)) {
            self.field.tally.note("another relay was noticed");
            // Somebody tells the device of the new one.
            let relay = self.field.relay().id();
            self.field.book(phone).set_relay("memory:", Some(relay)).unwrap();
        }
        if refused.class() == RefusalClass::Unreachable {
            return Ok(());
        }
        Err(surprise(format!("{phone:?} did not get through: {refused}")))
    }

    /// The request goes now; the answer is brought when the system wakes the program again, which may have died meanwhile.
    fn contact_answered_later(&mut self) -> Result<(), Broken> {
        let phone = self.anybody();
        let asked = self.field.over_link(phone, |book, link| {
            let prepared = book.prepare_contact()?;
            Ok((prepared.ticket, link.ask(&prepared.request)))
        });
        match asked {
            Ok((ticket, Ok(bytes))) if self.under_way.len() < UNDER_WAY_MAX => {
                self.under_way.push(LateAnswer { phone, ticket, bytes });
            }
            Ok(_) => {}
            Err(refused) => return self.weathered(phone, Err(refused)),
        }
        Ok(())
    }

    /// In pieces, sometimes not to its end, and sometimes it comes again one day.
    fn late_answer_comes(&mut self) -> Result<(), Broken> {
        if self.under_way.is_empty() {
            return Ok(());
        }
        let number = self.below(self.under_way.len());
        let LateAnswer { phone, ticket, bytes } = self.under_way.swap_remove(number);
        self.field.tally.note("answer came minutes later");
        let until = if self.below(3) == 0 { self.below(bytes.len() + 1) } else { bytes.len() };
        let piece = 1 + self.below(3_000);
        let comes_again = self.below(4) == 0;
        let book = self.field.book(phone);
        let mut answer = book.open_answer(ticket).map_err(|refused| surprise(refused.to_string()))?;
        for piece in bytes[..until].chunks(piece) {
            book.take_answer(&mut answer, piece)
                .map_err(|refused| surprise(refused.to_string()))?;
        }
        let outcome = book.finish_answer(answer, Ok(()), &mut ContactReport::default());
        if comes_again {
            self.field.tally.note("late answer will come again");
            self.under_way.push(LateAnswer { phone, ticket, bytes });
        }
        self.weathered(phone, outcome)
    }

    /// A satchel of everything one device holds; some lie in a pocket for a while, some are cut or damaged on the way.
    pub(super) fn carry(&mut self, from: Phone) -> Result<(), Broken> {
        let to = self.anybody();
        let mut satchel = Vec::new();
        self.field
            .book(from)
            .export_satchel(&mut satchel)
            .map_err(|refused| surprise(refused.to_string()))?;
        if self.satchels.len() < UNDER_WAY_MAX && self.below(3) == 0 {
            self.satchels.push(satchel.clone());
        }
        if self.below(4) == 0 && !self.satchels.is_empty() {
            self.field.tally.note("satchel of an earlier day");
            satchel = self.satchels.swap_remove(0);
        }
        if to == from {
            return Ok(());
        }
        let is_damaged = self.damage(&mut satchel);
        let clones = !self.twins.is_empty();
        match self.field.book(to).import_satchel(&mut satchel.as_slice()) {
            Ok(report) if is_damaged || (!report.cut && (report.refused == 0 || clones)) => Ok(()),
            Err(refused) if is_damaged && refused.class() == RefusalClass::Input => Ok(()),
            Ok(report) => Err(surprise(format!("a good satchel from {from:?} to {to:?}: {report:?}"))),
            Err(refused) => Err(surprise(format!("a satchel from {from:?} to {to:?}: {refused}"))),
        }
    }

    fn damage(&mut self, satchel: &mut Vec<u8>) -> bool {
        match self.below(6) {
            0 => {
                self.field.tally.note("satchel cut");
                let length = self.below(satchel.len());
                satchel.truncate(length);
            }
            1 => {
                self.field.tally.note("satchel damaged");
                let at = self.below(satchel.len());
                satchel[at] ^= 1 << self.below(8);
            }
            _ => return false,
        }
        true
    }

    /// Something is under way on the phone when it dies.
    fn die_within(&mut self, squad: usize, phone: Phone) -> Result<(), Broken> {
        match self.below(4) {
            0 => self.die_within_a_tap(squad, phone),
            1 => {
                let (done, _) = self.field.die_within(phone, |book, _| book.flush());
                done.map(drop).map_err(|refused| surprise(refused.to_string()))
            }
            2 => {
                let mut satchel = Vec::new();
                let from = self.anybody();
                self.field.book(from).export_satchel(&mut satchel).unwrap();
                let (done, _) = self
                    .field
                    .die_within(phone, |book, _| book.import_satchel(&mut satchel.as_slice()));
                done.map(drop).map_err(|refused| surprise(refused.to_string()))
            }
            _ => {
                let (outcome, _) = self
                    .field
                    .die_within(phone, |book, link| book.contact(link, &mut ContactReport::default()));
                self.weathered(phone, outcome)
            }
        }
    }

    fn die_within_a_tap(&mut self, squad: usize, phone: Phone) -> Result<(), Broken> {
        let patrol = self.a_patrol_of(squad);
        let text = self.text(patrol);
        let draft = Field::draft(&text);
        let (done, is_whole) = self.field.die_within(phone, |book, _| book.write_entry(patrol, draft, None));
        match done {
            Ok(key) if is_whole => self.said.push(Said { author: phone, patrol, key, text }),
            Ok(_) | Err(FieldbookRefused::NoPatrol) => {}
            Err(refused) => return Err(surprise(format!("{phone:?} could not record: {refused}"))),
        }
        Ok(())
    }

    /// A console and the command line have one home open.
    fn two_processes(&mut self, phone: Phone) -> Result<(), Broken> {
        self.field.tally.note("two processes on one home");
        let mut other = self.field.second_process(phone);
        let number = self.below(3);
        let outcome = match number {
            0 => other.flush().map(drop),
            1 => self
                .field
                .over_link(phone, |_, link| other.contact(link, &mut ContactReport::default())),
            _ => self.field.book(phone).flush().map(drop),
        };
        self.weathered(phone, outcome)
    }
}

/// Something was refused for no reason that the weather gives.
pub(super) fn surprise(found: String) -> Broken {
    Broken { invariant: Invariant::NoSurprise, found }
}
