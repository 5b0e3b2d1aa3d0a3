//! Arguments of plans: what is said of a patrol before it goes out.

use clap::{ArgGroup, Args};
use jasaq_fieldbook::model::moment::Day;
use jasaq_fieldbook::model::patrol::{ActivityMode, AreaComponent, Transport};
use jasaq_fieldbook::model::planning::CanCome;
use jasaq_fieldbook::model::words::{Name, Note};

use super::codes::{self, WallTime};

/// `patrol plan`
#[derive(Debug, Args)]
pub(crate) struct PlanArguments {
    /// When it goes out, like 2026-03-05T08:00 by the clock here
    #[arg(long, value_name = "DATETIME", value_parser = codes::wall_time)]
    pub(crate) from: WallTime,
    /// When it is back: at most two weeks later
    #[arg(long, value_name = "DATETIME", value_parser = codes::wall_time)]
    pub(crate) until: WallTime,
    /// What the sector is called
    #[arg(long, value_name = "NAME", value_parser = codes::plain_name)]
    pub(crate) sector: Name,
    /// The part of the border space it lies in
    #[arg(long, value_parser = codes::area())]
    pub(crate) area: AreaComponent,
    /// On their own, jointly with the structural subdivision, or both
    #[arg(long, value_parser = codes::mode())]
    pub(crate) mode: ActivityMode,
    /// The representative of the structural subdivision with whom it is planned
    #[arg(long, value_name = "NAME", value_parser = codes::plain_name)]
    pub(crate) representative: Name,
    /// Along which way. If left unset, it is open
    #[arg(long, value_name = "TEXT")]
    pub(crate) route: Option<Note>,
    /// What they are to do
    #[arg(long, value_name = "TEXT")]
    pub(crate) task: Option<Note>,
    /// How they move. If left unset, it is open
    #[arg(long, value_parser = codes::transport())]
    pub(crate) transport: Option<Transport>,
    /// The planned patrol that is to go out so instead: its id, or how it begins. If left unset, it is a new one
    #[arg(long, value_name = "PATROL")]
    pub(crate) replace: Option<String>,
}

/// `patrol crew`
#[derive(Debug, Args)]
pub(crate) struct CrewArguments {
    /// The planned patrol's id, or how it begins
    pub(crate) patrol: String,
    /// Who goes: a member's id, or how it begins; as often as there are members
    #[arg(long = "member", value_name = "MEMBER", required = true)]
    pub(crate) members: Vec<String>,
    /// Which of them leads: his id, or how it begins
    #[arg(long, value_name = "MEMBER")]
    pub(crate) leader: String,
}

/// `patrol answer`
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("answer").required(true).args(["comes", "does_not_come"]))]
pub(crate) struct AnswerArguments {
    /// The planned patrol's id, or how it begins
    pub(crate) patrol: String,
    /// He comes
    #[arg(long)]
    pub(crate) comes: bool,
    /// He does not come
    #[arg(long)]
    pub(crate) does_not_come: bool,
    /// A word with it
    #[arg(long = "note", value_name = "TEXT")]
    pub(crate) word: Option<Note>,
}

/// `patrol available`
#[derive(Debug, Args)]
pub(crate) struct AvailableArguments {
    /// From which day on
    #[arg(long, value_name = "DATE", value_parser = codes::day)]
    pub(crate) from: Day,
    /// Up to which day, it included. If left unset, that one day
    #[arg(long, value_name = "DATE", value_parser = codes::day)]
    pub(crate) until: Option<Day>,
    /// Whether he can come
    #[arg(long, value_parser = codes::can_come())]
    pub(crate) can: CanCome,
}
