//! What the test harness counted, read from its own lines: `test result: ok. 12 passed; 0 failed; 1 ignored; …`.
//!
//! A line that is not such a line counts nothing.

/// Tests counted over any number of test programs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
    pub(crate) ignored: u32,
}

impl Tally {
    /// Adds what this line of output counts, if it counts anything.
    pub(crate) fn add_line(&mut self, line: &str) {
        let Some((_, counts)) = line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". "))
        else {
            return;
        };
        for count in counts.split("; ") {
            match count
                .split_once(' ')
                .and_then(|(number, word)| Some((number.parse::<u32>().ok()?, word)))
            {
                Some((number, "passed")) => self.passed += number,
                Some((number, "failed")) => self.failed += number,
                Some((number, "ignored")) => self.ignored += number,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(lines: &[&str]) -> Tally {
        let mut tally = Tally::default();
        for line in lines {
            tally.add_line(line);
        }
        tally
    }

    #[test]
    fn test_programs_are_summed_whether_they_passed_or_not() {
        let counted = tally(&[
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.02s",
            "test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.50s",
        ]);
        assert_eq!(counted, Tally { passed: 16, failed: 2, ignored: 1 });
    }

    #[test]
    fn lines_that_only_speak_of_results_count_nothing() {
        let lines = [
            "",
            "running 3 tests",
            "test a_rule ... ok",
            "the test result: ok. 5 passed; 0 failed",
            "test result: none",
            "test result: ok. many passed; 5failed",
        ];
        assert_eq!(tally(&lines), Tally::default());
    }
}
