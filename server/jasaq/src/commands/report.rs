//! `report`: figures from pages that are in the book, and what a head reports to the leadership of his subdivision.

mod basis;
mod figures;
mod head;
mod historical;

use std::path::Path;

use jasaq_fieldbook::Fieldbook;
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::report::{Period, Reckoning};

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
    fn of(arguments: &'a PeriodArguments) -> Result<Self, Failure> {
        if arguments.from.zip(arguments.to).is_some_and(|(from, to)| to < from) {
            return Err(Failure::usage("report-days-turned"));
        }
        let squad = arguments.of_squad.as_deref().map(read_prefix).transpose()?;
        let period = Period { from: arguments.from, to: arguments.to, squad };
        Ok(Self { period, profile: None, output: arguments.output.as_deref() })
    }

    fn between((from, to): (Day, Day), written: &'a WrittenArguments) -> Result<Self, Failure> {
        let squad = written.of_squad.as_deref().map(read_prefix).transpose()?;
        let period = Period { from: Some(from), to: Some(to), squad };
        Ok(Self { period, profile: written.profile, output: written.output.as_deref() })
    }

    fn reckoning(&self, fieldbook: &mut Fieldbook) -> Result<Reckoning, Failure> {
        Ok(fieldbook.reckoning()?.within(&self.period))
    }
}

/// One of them.
pub(super) fn run(program: &Program, command: &ReportCommand) -> Result<Reply, Failure> {
    match command {
        ReportCommand::Hours(arguments) => figures::hours(program, &Asked::of(arguments)?),
        ReportCommand::Activity(arguments) => figures::activity(program, &Asked::of(arguments)?),
        ReportCommand::Day { of_day, written } => {
            figures::day(program, (*of_day, &Asked::between((*of_day, *of_day), written)?))
        }
        ReportCommand::Month { month, written } => figures::month(
            program,
            (*month, &Asked::between((month.first_of_month(), month.last_of_month()), written)?),
        ),
        ReportCommand::Head { page, text, send } => {
            head::report(program, (page.as_deref(), text.as_ref()), *send)
        }
        ReportCommand::List => head::list(program),
    }
}
