//! Where a provision stands, in which wording, and how a term stands.

use super::{Message, sentence, written_day};
use crate::law::{Decree, Paragraph, Place, Term, Wording};
use crate::moment::Day;
use crate::words::Language;

impl Paragraph {
    /// How it is cited: `paragraph 15(4) of the Rules`.
    #[must_use]
    pub fn citation(self, language: Language) -> String {
        let message = match self.place() {
            Place::Decree { point } => Message::new("citation-decree").with("point", point),
            Place::Paragraph { number } => Message::new("citation-paragraph").with("number", number),
            Place::Item { paragraph, number } => Message::new("citation-item")
                .with("paragraph", paragraph)
                .with("number", number),
            Place::Annex { number } => Message::new("citation-annex").with("number", number),
        };
        sentence(message, language)
    }

    /// Which wording of it was in force on this day, and what our sources do not say of it.
    #[must_use]
    pub fn wording_sentence(self, on: Day, language: Language) -> String {
        let with_decree = |id, decree: Decree| {
            Message::new(id)
                .with("citation", self.citation(language))
                .with("number", decree.number)
                .with("day", written_day(decree.day))
        };
        let message = match self.wording_in_force(on) {
            Wording::NoneYet => Message::new("wording-none-yet"),
            Wording::NotInSources(decree) => with_decree("wording-not-in-sources", decree),
            Wording::InSources(decree) => with_decree("wording-in-sources", decree),
        };
        sentence(message, language)
    }
}

/// How several are cited, each place once: `paragraph 20 of the Rules, paragraph 21 of the Rules`.
#[must_use]
pub fn citations(paragraphs: &[Paragraph], language: Language) -> String {
    let mut cited: Vec<String> = paragraphs.iter().map(|paragraph| paragraph.citation(language)).collect();
    cited.dedup();
    cited.join(", ")
}

impl Term {
    /// How it stands today: how many days are left, that it is the last one, or since how many days it is overdue.
    #[must_use]
    pub fn sentence(&self, today: Day, language: Language) -> String {
        let days = self.days_left(today);
        let message = match days {
            0 => Message::new("term-last-day"),
            1.. => Message::new("term-left").with("days", days),
            _ => Message::new("term-overdue").with("days", days.unsigned_abs()),
        };
        sentence(message.with("day", written_day(self.due())), language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::{DayCount, Deadline, Rule};

    fn day(written: &str) -> Day {
        written.parse().unwrap()
    }

    #[test]
    fn a_provision_is_cited_as_acts_cite_it() {
        let cited =
            |paragraph: Paragraph| Language::ALL.iter().map(move |language| paragraph.citation(*language));
        assert!(cited(Paragraph::P15_4).eq([
            "Қағидалардың 15-тармағының 4) тармақшасы",
            "подпункт 4) пункта 15 Правил",
            "paragraph 15(4) of the Rules",
        ]));
        assert!(cited(Paragraph::P7A).eq([
            "Қағидалардың 7-тармағы",
            "пункт 7 Правил",
            "paragraph 7 of the Rules"
        ]));
        assert!(cited(Paragraph::An2).eq([
            "Қағидаларға 2-қосымша",
            "приложение 2 к Правилам",
            "annex 2 to the Rules"
        ]));
    }

    #[test]
    fn a_place_that_says_several_things_is_cited_once() {
        let cited = citations(Rule::R17.paragraphs(), Language::En);
        assert_eq!(cited, "paragraph 20 of the Rules, paragraph 21 of the Rules");
    }

    #[test]
    fn of_an_earlier_wording_the_program_says_that_it_has_none() {
        assert_eq!(
            Paragraph::P17.wording_sentence(day("2019-06-01"), Language::En),
            "paragraph 17 of the Rules: on this day another wording was in force, which is not in our sources; the present \
             one was given by Government decree No. 259 of 29.04.2020."
        );
        assert_eq!(
            Paragraph::P17.wording_sentence(day("2026-06-01"), Language::Kk),
            "Қағидалардың 17-тармағы: редакция ҚР Үкіметінің 29.04.2020 № 259 қаулысымен берілген; қаулының ресми \
             жарияланған күні біздің дереккөздерде жоқ, сондықтан оның бұл күні қолданысқа енгізілгенін тексеріңіз."
        );
    }

    #[test]
    fn days_left_are_counted_in_the_words_of_each_language() {
        let term = Deadline::NonStaffDecision.term(day("2026-03-01"), DayCount::StartIsDay1);
        let said = |today, language| term.sentence(day(today), language);
        assert_eq!(said("2026-03-09", Language::Ru), "Последний день 30.03.2026, остался 21 день.");
        assert_eq!(said("2026-03-28", Language::Ru), "Последний день 30.03.2026, осталось 2 дня.");
        assert_eq!(said("2026-03-10", Language::Ru), "Последний день 30.03.2026, осталось 20 дней.");
        assert_eq!(said("2026-03-29", Language::En), "The last day is 30.03.2026, 1 day is left.");
        assert_eq!(said("2026-03-30", Language::Kk), "Бүгін, 30.03.2026, мерзімнің соңғы күні.");
        assert_eq!(said("2026-04-02", Language::Ru), "Срок истёк 30.03.2026, просрочено на 3 дня.");
        assert_eq!(said("2026-03-31", Language::En), "The term ended on 30.03.2026, it is overdue by 1 day.");
    }
}
