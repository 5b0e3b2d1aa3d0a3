//! Persons detained that day, one for each kind of receiver, and the force that was used (001-§10(4)-(5), 12(3)). They are invented.

use jasaq_fieldbook::FieldbookRefused;
use jasaq_fieldbook::model::detention::{
    Company, Detained, DetentionStep, DutyNotice, DutyTrigger, ForceUsed, HandedOver, StepKind,
};
use jasaq_fieldbook::model::entry::{ProtectedObject, ReceiverKind};
use jasaq_fieldbook::model::ids::CaseId;
use jasaq_fieldbook::model::notice::Channel;
use jasaq_fieldbook::model::planning::Before;
use jasaq_fieldbook::model::position::Place;
use jasaq_fieldbook::model::words::{Label, Name, Note, WordsRefused};

use crate::demo::cast::Part;
use crate::demo::setup::{Field, missing};
use crate::demo::words;
use crate::failure::Failure;

use ReceiverKind::{BorderUnit, LawEnforcementBody, OtherAuthorisedBody};

/// What became of somebody who was detained.
#[derive(Debug)]
struct Detention {
    by: Part,
    said: &'static str,
    /// As he called himself.
    person: &'static str,
    offence: &'static str,
    object: ProtectedObject,
    /// In which language the grounds were explained.
    language: &'static str,
    handed: &'static str,
    receiver: ReceiverKind,
    body: &'static str,
    officer: &'static str,
    citizenship: Option<&'static str>,
}

/// Three, one for each kind of receiver.
static DETENTIONS: [Detention; 3] = [
    Detention {
        by: Part::Head,
        said: "Белгісіз адам ұсталды, қарсылық жоқ. Мәліметтері қорғалған жазбада.",
        person: "Н. Н.",
        offence: "шекаралық аймақта құжатсыз болу",
        object: ProtectedObject::BorderRegime,
        language: "қазақ",
        handed: "Бекетке жеткізілді, кезекші қабылдады.",
        receiver: BorderUnit,
        body: "2034 әскери бөлімі",
        officer: "аға лейтенант Қ. Садықов",
        citizenship: None,
    },
    Detention {
        by: Part::Gulnar,
        said: "Задержан человек без документов. Данные в защищённой записи.",
        person: "М. М.",
        offence: "переход в неустановленном месте",
        object: ProtectedObject::StateBorder,
        language: "русский",
        handed: "Передан сотрудникам полиции вместе с изъятым, акт составлен.",
        receiver: LawEnforcementBody,
        body: "РОП Панфиловского района",
        officer: "капитан полиции Д. Ким",
        citizenship: Some("без гражданства, с его слов"),
    },
    Detention {
        by: Part::Gulnar,
        said: "Задержан рыбак с запрещёнными сетями. Данные в защищённой записи.",
        person: "С. С.",
        offence: "лов сетями в рыболовной зоне",
        object: ProtectedObject::FishingZoneRegime,
        language: "русский",
        handed: "Передан рыбной инспекции вместе с сетями.",
        receiver: OtherAuthorisedBody,
        body: "инспекция рыбного хозяйства",
        officer: "инспектор А. Орлов",
        citizenship: None,
    },
];

/// One thing that is done in a case, at a minute of the day.
#[derive(Debug, Clone, Copy)]
pub(super) struct CaseAct {
    pub(super) minute: i64,
    pub(super) what: What,
}

/// What is done, and in which of [`DETENTIONS`].
#[derive(Debug, Clone, Copy)]
pub(super) enum What {
    Detain(usize),
    Step(usize, StepKind),
    HandOver(usize),
    Force,
}

const fn at(hour: i64, minute: i64, what: What) -> CaseAct {
    CaseAct { minute: hour * 60 + minute, what }
}

use StepKind::{GroundsExplained, InDelivery, UnitTold};

/// The acts, in their order.
pub(super) static ACTS: [CaseAct; 16] = [
    at(11, 26, What::Detain(0)),
    at(11, 28, What::Step(0, GroundsExplained)),
    at(11, 30, What::Step(0, UnitTold)),
    at(11, 32, What::Step(0, InDelivery)),
    at(12, 2, What::HandOver(0)),
    at(13, 28, What::Detain(1)),
    at(13, 30, What::Step(1, GroundsExplained)),
    at(13, 32, What::Step(1, UnitTold)),
    at(13, 35, What::Force),
    at(13, 38, What::Step(1, InDelivery)),
    at(13, 50, What::HandOver(1)),
    at(14, 40, What::Detain(2)),
    at(14, 42, What::Step(2, GroundsExplained)),
    at(14, 43, What::Step(2, UnitTold)),
    at(14, 44, What::Step(2, InDelivery)),
    at(14, 55, What::HandOver(2)),
];

/// The cases of the day.
#[derive(Debug, Default)]
pub(super) struct Cases {
    /// In the order of [`DETENTIONS`].
    detained: Vec<CaseId>,
}

impl Cases {
    /// Does one act.
    pub(super) fn act(&mut self, field: &mut Field, act: CaseAct) -> Result<(), Failure> {
        let patrol = field.patrol;
        match act.what {
            What::Detain(which) => {
                let story = story(which)?;
                let detained = words(|| story.detained())?;
                let said = (patrol, story.said.to_owned());
                self.detained.push(field.device(story.by).fieldbook.detain(said, detained)?);
            }
            What::Step(which, kind) => {
                let story = story(which)?;
                let step = words(|| story.step(kind))?;
                let of = (patrol, self.case(which)?);
                field.device(story.by).fieldbook.step_of_case(of, step)?;
            }
            What::HandOver(which) => {
                let story = story(which)?;
                let handed = words(|| story.handed_over())?;
                let of = (patrol, self.case(which)?);
                field
                    .device(story.by)
                    .fieldbook
                    .hand_over(of, (story.handed.to_owned(), handed))?;
            }
            What::Force => {
                let said = "Дене күші қолданылды: қашуға әрекет тоқтатылды, зақым жоқ.".to_owned();
                let force = (Place::default(), words(force_used)?);
                field.device(Part::Head).fieldbook.use_force((patrol, said), force)?;
            }
        }
        Ok(())
    }

    fn case(&self, which: usize) -> Result<CaseId, FieldbookRefused> {
        self.detained.get(which).copied().ok_or_else(missing)
    }
}

impl Detention {
    fn detained(&self) -> Result<Detained, WordsRefused> {
        Ok(Detained {
            patrol: None,
            full_name: Some(Name::new(self.person)?),
            born: None,
            paper: None,
            offence: Note::new(self.offence)?,
            protected_object: Some(self.object),
            place: Place::default(),
            occurred_at: None,
            replaces: Before::default(),
            because: None,
        })
    }

    fn step(&self, step: StepKind) -> Result<DetentionStep, WordsRefused> {
        let is_explained = step == StepKind::GroundsExplained;
        let language = is_explained.then(|| Label::new(self.language)).transpose()?;
        let channel = (step == StepKind::UnitTold).then_some(Channel::Radio);
        Ok(DetentionStep { language, channel, ..DetentionStep::new(step) })
    }

    fn handed_over(&self) -> Result<HandedOver, WordsRefused> {
        let citizenship = self.citizenship.map(Label::new).transpose()?;
        let duty = citizenship.map(|citizenship| DutyNotice {
            trigger: DutyTrigger::WithoutPapers,
            citizenship,
            company: Some(Company::Alone),
        });
        Ok(HandedOver {
            receiver: self.receiver,
            body: Name::new(self.body)?,
            officer: Name::new(self.officer)?,
            at_place: None,
            items: None,
            duty,
            occurred_at: None,
            replaces: Before::default(),
            because: None,
        })
    }
}

fn force_used() -> Result<ForceUsed, WordsRefused> {
    Ok(ForceUsed {
        patrol: None,
        by: None,
        means: Name::new("қолын қайырып ұстау")?,
        aim: Name::new("қашуды тоқтату")?,
        necessity: Note::new(
            "Екі рет ауызша талап етілді, жүгіріп өзенге түсті; басқаша тоқтату мүмкін болмады.",
        )?,
        injuries: None,
        witnesses: None,
        occurred_at: None,
        replaces: Before::default(),
        because: None,
    })
}

fn story(which: usize) -> Result<&'static Detention, FieldbookRefused> {
    DETENTIONS.get(which).ok_or_else(missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_is_handed_to_each_kind_of_receiver_and_the_acts_stand_in_their_order() {
        for kind in ReceiverKind::ALL {
            assert!(DETENTIONS.iter().any(|story| story.receiver == *kind), "{kind}");
        }
        assert!(ACTS.is_sorted_by_key(|act| act.minute));
    }
}
