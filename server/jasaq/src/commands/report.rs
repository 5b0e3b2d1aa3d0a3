//! `report`: figures from pages that are in the book, and what a head reports to the leadership of his subdivision.

mod basis;
mod figures;
mod head;
mod historical;

use std::path::Path;

use jasaq_fieldbook::Fieldbook;
use jasaq_fieldbook::model::ids::hexadecimal;
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::report::{Period, Reckoning};
use jasaq_fieldbook::model::spelling;

use crate::arguments::report::{PeriodArguments, Profile, ReportCommand, WrittenArguments};
use crate::failure::Failure;
use crate::output::Reply;
use crate::program::{Program, read_prefix};

/// What is asked for beside which figures.
struct Asked<'a> {
    period: Period,
    profile: Option<Profile>,
    output: Option<&'a Path>,
}

impl<'a> Asked<'a> {
    fn of(program: &Program, arguments: &'a PeriodArguments) -> Result<Self, Failure> {
        if arguments.from.zip(arguments.to).is_some_and(|(from, to)| to < from) {
            return Err(Failure::usage("report-days-turned"));
        }
        let squad = squad(program, arguments.of_squad.as_deref())?;
        let period = Period { from: arguments.from, to: arguments.to, squad };
        Ok(Self { period, profile: None, output: arguments.output.as_deref() })
    }

    fn between(
        program: &Program,
        (from, to): (Day, Day),
        written: &'a WrittenArguments,
    ) -> Result<Self, Failure> {
        let squad = squad(program, written.of_squad.as_deref())?;
        let period = Period { from: Some(from), to: Some(to), squad };
        Ok(Self { period, profile: written.profile, output: written.output.as_deref() })
    }

    fn reckoning(&self, fieldbook: &mut Fieldbook) -> Result<Reckoning, Failure> {
        Ok(fieldbook.reckoning()?.within(&self.period))
    }
}

/// The roll of the squad that is called so here, else how a roll begins.
fn squad(program: &Program, given: Option<&str>) -> Result<Option<String>, Failure> {
    let Some(given) = given else { return Ok(None) };
    let squads = program.with_fieldbook(|fieldbook| Ok(fieldbook.squads()?))?.unwrap_or_default();
    let is_meant = |name: &String| spelling::is_called(name, given);
    let mut named = squads.iter().filter(|squad| squad.name.as_ref().is_some_and(is_meant));
    match (named.next(), named.next()) {
        (Some(only), None) => Ok(Some(hexadecimal(only.squad.as_bytes()))),
        (Some(_), Some(_)) => Err(Failure::usage("report-squad-of-several")),
        (None, _) => read_prefix(given).map(Some).map_err(|_| Failure::usage("report-squad-unknown")),
    }
}

/// One of them.
pub(super) fn run(program: &Program, command: &ReportCommand) -> Result<Reply, Failure> {
    match command {
        ReportCommand::Hours(arguments) => figures::hours(program, &Asked::of(program, arguments)?),
        ReportCommand::Activity(arguments) => figures::activity(program, &Asked::of(program, arguments)?),
        ReportCommand::Day { of_day, written } => {
            figures::day(program, (*of_day, &Asked::between(program, (*of_day, *of_day), written)?))
        }
        ReportCommand::Month { month, written } => figures::month(
            program,
            (*month, &Asked::between(program, (month.first_of_month(), month.last_of_month()), written)?),
        ),
        ReportCommand::Head { page, text, send } => {
            head::report(program, (page.as_deref(), text.as_ref()), *send)
        }
        ReportCommand::List => head::list(program),
    }
}
