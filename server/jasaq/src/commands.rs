//! One function a command: arguments in, a reply or a failure out. Nothing here prints, but what has to be said before
//! a command ends (the relay's address, which patrol is meant, the keys of entries as they are written).

mod attachment;
mod book;
mod card;
mod cases;
mod certificate;
mod check;
mod council;
mod device;
mod district;
mod doctor;
mod entry;
mod erasing;
mod founding;
mod from_paper;
mod held;
mod inviting;
mod joining;
mod judging;
mod keeping;
mod keys;
mod list;
mod lock;
mod meant;
mod meeting;
mod page;
mod patrol;
mod people;
mod person;
mod place;
mod planning;
mod print;
mod reconcile;
mod recovery;
mod register;
mod relay;
mod report;
mod roster;
mod said;
mod satchel;
mod squad;
mod status;
mod sync;
mod telling;
mod track;
mod when;
mod withdrawing;

use crate::arguments::Command;
use crate::arguments::attachment::AttachmentCommand;
use crate::arguments::entry::EntryCommand;
use crate::arguments::exchange::{SatchelCommand, TrackCommand};
use crate::arguments::membership::DeviceCommand;
use crate::arguments::patrol::PatrolCommand;
use crate::arguments::recovery::RecoveryCommand;
use crate::arguments::squad::SquadCommand;
use crate::demo;
use crate::failure::Failure;
use crate::output::Reply;
use crate::program::Program;

pub(crate) use print::pdf_of_page;
pub(crate) use track::{import_report_json, import_report_text};

/// Does what was asked for.
pub(crate) fn run(program: &Program, command: Command) -> Result<Reply, Failure> {
    match command {
        Command::Demo(arguments) => demo::run(program, &arguments),
        Command::Relay(arguments) => relay::run(program, &arguments),
        Command::Init(arguments) => founding::init(program, &arguments),
        Command::Invite(arguments) => inviting::run(program, &arguments),
        Command::Join(arguments) => founding::join(program, &arguments),
        Command::Recovery(RecoveryCommand::Drill { files }) => recovery::drill(program, &files),
        Command::Recovery(RecoveryCommand::Start(arguments)) => recovery::start(program, &arguments),
        Command::Recovery(RecoveryCommand::Keys { files }) => recovery::keys(program, &files),
        Command::Recovery(RecoveryCommand::Remove { device, files }) => {
            recovery::remove(program, &device, &files)
        }
        Command::Recovery(RecoveryCommand::Renew(arguments)) => recovery::renew(program, &arguments),
        Command::Device(DeviceCommand::List) => device::list(program),
        Command::Device(DeviceCommand::Confirm { words, despite_rivals }) => {
            device::confirm(program, &words.join(" "), despite_rivals)
        }
        Command::Device(DeviceCommand::Relay(arguments)) => device::relay(program, &arguments),
        Command::Device(DeviceCommand::Remove(arguments)) => judging::remove(program, &arguments),
        Command::Device(DeviceCommand::Replace(arguments)) => judging::replace(program, &arguments),
        Command::Device(DeviceCommand::Role(arguments)) => judging::change_role(program, &arguments),
        Command::Held(command) => held::run(program, &command),
        Command::Lock(command) => lock::run(program, &command),
        Command::District(command) => district::run(program, &command),
        Command::Decision(command) => council::decide(program, &command),
        Command::Squad(command) => run_squad(program, command),
        Command::List(command) => list::run(program, &command),
        Command::Check(command) => check::run(program, &command),
        Command::Register(command) => register::run(program, &command),
        Command::Certificate(command) => certificate::run(program, &command),
        Command::Training(command) => keeping::training(program, &command),
        Command::StrikeOff(arguments) => keeping::strike_off(program, &arguments),
        Command::Review(command) => council::review(program, &command),
        Command::Person(command) => person::run(program, &command),
        Command::Print(command) => print::run(program, &command),
        Command::Patrol(command) => run_patrol(program, command),
        Command::Entry(command) => run_entry(program, command),
        Command::Observe(arguments) => telling::observe(program, &arguments),
        Command::Notice(command) => telling::run(program, &command),
        Command::Detention(command) => cases::run(program, &command),
        Command::Force(command) => cases::force(program, &command),
        Command::Reconcile(command) => reconcile::run(program, &command),
        Command::Page(command) => page::run(program, &command),
        Command::Book(command) => book::run(program, &command),
        Command::Report(command) => report::run(program, &command),
        Command::Attach(arguments) => attachment::attach(program, &arguments),
        Command::Attachment(command) => run_attachment(program, command),
        Command::Erasure(command) => erasing::run(program, &command),
        Command::Track(TrackCommand::Import { file, patrol, leg }) => {
            track::import(program, &file, (patrol.as_deref(), leg.as_deref()))
        }
        Command::Track(TrackCommand::Export { patrol, format, output }) => {
            track::export(program, patrol.as_deref(), (format, output.as_deref()))
        }
        Command::Satchel(SatchelCommand::Export { file, size_max: None, with_attachments }) => {
            satchel::export(program, &file, with_attachments)
        }
        Command::Satchel(SatchelCommand::Export { file, size_max: Some(size_max), .. }) => {
            satchel::export_parts(program, &file, size_max)
        }
        Command::Satchel(SatchelCommand::Import { files }) => satchel::import(program, &files),
        Command::Meet(arguments) => meeting::run(program, &arguments),
        Command::Sync(arguments) => sync::sync(program, &arguments),
        Command::Status => status::status(program),
        Command::Doctor => doctor::doctor(program),
    }
}

fn run_squad(program: &Program, command: SquadCommand) -> Result<Reply, Failure> {
    match command {
        SquadCommand::Create { name, season } => squad::create(program, &name, season),
        SquadCommand::Card(arguments) => squad::card(program, &arguments),
        SquadCommand::OpenSeason { season, squad } => squad::open_season(program, (squad.as_deref(), season)),
        SquadCommand::CloseSeason { season, squad } => {
            squad::close_season(program, (squad.as_deref(), season))
        }
        SquadCommand::List => squad::list(program),
        SquadCommand::Show { squad: None } => squad::show(program),
        SquadCommand::Show { squad: Some(squad) } => roster::show(program, &squad),
        SquadCommand::Roster { squad } => roster::roster(program, squad.as_deref()),
        SquadCommand::RemoveMember { squad, person, apply } => {
            withdrawing::name(program, (&squad, &person), apply)
        }
    }
}

fn run_attachment(program: &Program, command: AttachmentCommand) -> Result<Reply, Failure> {
    match command {
        AttachmentCommand::List { patrol } => attachment::list(program, patrol.as_deref()),
        AttachmentCommand::Fetch { keys, all, not } => attachment::fetch(program, (&keys, all), !not),
        AttachmentCommand::Save { key, output, thumbnail } => {
            attachment::save(program, &key, (output.as_deref(), thumbnail))
        }
        AttachmentCommand::Erase { key, for_everybody, even_the_last } => {
            attachment::erase(program, &key, (for_everybody, even_the_last))
        }
    }
}

fn run_patrol(program: &Program, command: PatrolCommand) -> Result<Reply, Failure> {
    match command {
        PatrolCommand::Plan(arguments) => planning::plan(program, &arguments),
        PatrolCommand::Crew(arguments) => planning::crew(program, &arguments),
        PatrolCommand::Answer(arguments) => planning::answer(program, &arguments),
        PatrolCommand::Cancel { patrol, reason } => planning::cancel(program, &patrol, reason),
        PatrolCommand::Available(arguments) => planning::available(program, &arguments),
        PatrolCommand::Rota { month } => planning::rota(program, month),
        PatrolCommand::Start(arguments) => patrol::start(program, &arguments),
        PatrolCommand::Leg(arguments) => patrol::leg(program, &arguments),
        PatrolCommand::End { patrol, at } => patrol::end(program, patrol.as_deref(), at.as_ref()),
        PatrolCommand::Mark(arguments) => patrol::mark(program, &arguments),
        PatrolCommand::Code(arguments) => joining::code(program, &arguments),
        PatrolCommand::Join(arguments) => joining::join(program, &arguments),
        PatrolCommand::Attach { part, to } => patrol::attach(program, (&part, &to)),
        PatrolCommand::FromPaper(arguments) => from_paper::run(program, &arguments),
        PatrolCommand::Show { patrol } => patrol::show(program, patrol.as_deref()),
        PatrolCommand::List => patrol::list(program),
        PatrolCommand::Audit { patrol, output } => patrol::audit(program, (patrol.as_deref(), &output)),
        PatrolCommand::Erase { patrol, for_everybody } => {
            erasing::erase_patrol(program, &patrol, for_everybody)
        }
    }
}

fn run_entry(program: &Program, command: EntryCommand) -> Result<Reply, Failure> {
    match command {
        EntryCommand::Add(arguments) => entry::add(program, &arguments),
        EntryCommand::Amend(arguments) => entry::amend(program, &arguments),
        EntryCommand::Withdraw { key, reason, patrol } => {
            entry::withdraw(program, (patrol.as_deref(), &key), reason)
        }
        EntryCommand::Draft(command) => entry::draft(program, &command),
    }
}
