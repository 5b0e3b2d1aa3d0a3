//! How a step ended: how much passed, how much failed, and a clause for each thing that did.
//!
//! The judgements are pure functions of what a step printed and how it exited, so that each can be shown to fail.

use crate::tally::Tally;

/// The end of one step. Something failed exactly when there is a complaint.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    passed: u32,
    failed: u32,
    ignored: u32,
    pub(crate) complaints: Vec<String>,
}

impl Outcome {
    /// A step that counts as one.
    pub(crate) fn of_one(complaints: Vec<String>) -> Self {
        let failed = u32::from(!complaints.is_empty());
        Self { passed: 1 - failed, failed, ignored: 0, complaints }
    }

    /// A step of many tests. One that stopped without a failing test, or ran none, still failed.
    pub(crate) fn of_tests(tally: Tally, ended: Result<(), String>) -> Self {
        let Tally { passed, failed, ignored } = tally;
        let complaints = match ended {
            ended if failed > 0 => {
                let counted = format!("{failed} of {} tests", passed + failed);
                [counted].into_iter().chain(ended.err()).collect()
            }
            Err(complaint) => vec![complaint],
            Ok(()) if passed == 0 => vec!["no test ran".to_owned()],
            Ok(()) => Vec::new(),
        };
        let failed = if complaints.is_empty() { 0 } else { failed.max(1) };
        Self { passed, failed, ignored, complaints }
    }

    /// The demonstration: it has to end well and to say that nothing was lost and that all replicas agree.
    pub(crate) fn of_demo(printed: &str, ended: Result<(), String>) -> Self {
        let wanted = [("lost", "0"), ("converged", "true")];
        let unproven = wanted.iter().filter(|(key, value)| !says_throughout(printed, key, value));
        let complaints = ended.err().into_iter();
        Self::of_one(
            complaints
                .chain(unproven.map(|(key, value)| format!("the demo does not say \"{key}\": {value}")))
                .collect(),
        )
    }

    /// For the line that closes the step.
    pub(crate) fn verdict(&self) -> String {
        let word = if self.complaints.is_empty() { "ok" } else { "FAILED" };
        match (self.passed + self.failed, self.ignored) {
            (0 | 1, _) => word.to_owned(),
            (_, 0) => format!("{word}, {} passed, {} failed", self.passed, self.failed),
            (_, ignored) => {
                format!("{word}, {} passed, {} failed, {ignored} ignored", self.passed, self.failed)
            }
        }
    }
}

/// Passed and failed over all steps.
pub(crate) fn sum<'a>(outcomes: impl Iterator<Item = &'a Outcome>) -> (u32, u32) {
    outcomes.fold((0, 0), |(passed, failed), outcome| (passed + outcome.passed, failed + outcome.failed))
}

/// Whether the JSON has this key, and this value wherever it has the key.
fn says_throughout(json: &str, key: &str, value: &str) -> bool {
    let squeezed: String = json.chars().filter(|character| !character.is_whitespace()).collect();
    let quoted = format!("\"{key}\":");
    let mut values = squeezed.split(quoted.as_str()).skip(1).peekable();
    let ends_here = |rest: &str| rest.strip_prefix(value).is_some_and(|rest| rest.starts_with([',', '}']));
    values.peek().is_some() && values.all(ends_here)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stopped() -> Result<(), String> {
        Err("`cargo test`: exit status: 101".to_owned())
    }

    #[test]
    fn a_step_without_complaints_passed_as_one() {
        assert_eq!(sum([Outcome::of_one(Vec::new())].iter()), (1, 0));
        assert_eq!(sum([Outcome::of_one(vec!["a".to_owned(), "b".to_owned()])].iter()), (0, 1));
    }

    #[test]
    fn every_test_counts_as_one() {
        let good = Outcome::of_tests(Tally { passed: 7, failed: 0, ignored: 2 }, Ok(()));
        let bad = Outcome::of_tests(Tally { passed: 5, failed: 2, ignored: 0 }, stopped());
        assert_eq!(good.verdict(), "ok, 7 passed, 0 failed, 2 ignored");
        assert_eq!(bad.complaints, ["2 of 7 tests", "`cargo test`: exit status: 101"]);
        assert_eq!(sum([good, bad].iter()), (12, 2));
    }

    #[test]
    fn tests_that_do_not_compile_or_do_not_run_failed() {
        let uncompiled = Outcome::of_tests(Tally { passed: 3, failed: 0, ignored: 0 }, stopped());
        assert_eq!((uncompiled.passed, uncompiled.failed), (3, 1));
        assert_eq!(uncompiled.complaints, ["`cargo test`: exit status: 101"]);
        let none = Outcome::of_tests(Tally::default(), Ok(()));
        assert_eq!((none.failed, none.complaints), (1, vec!["no test ran".to_owned()]));
    }

    #[test]
    fn a_demo_passes_only_if_nothing_was_lost_and_all_agree() {
        let complaints = |printed| Outcome::of_demo(printed, Ok(())).complaints.len();
        assert_eq!(complaints("{ \"lost\": 0,\n \"converged\": true }"), 0);
        assert_eq!(complaints("{\"lost\":3,\"converged\":true}"), 1);
        assert_eq!(complaints("{\"lost\":0.5,\"converged\":true}"), 1);
        assert_eq!(complaints("{\"lost\":0,\"converged\":false}"), 1);
        assert_eq!(complaints("[{\"lost\":0,\"converged\":true},{\"lost\":1,\"converged\":true}]"), 1);
        assert_eq!(complaints("a picture of the district"), 2);
        assert_eq!(Outcome::of_demo("{\"lost\":0,\"converged\":true}", stopped()).failed, 1);
    }
}
