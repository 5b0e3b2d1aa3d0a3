//! The statements that one replaces.

use std::collections::{BTreeMap, BTreeSet};

use crate::limits::BEFORE_MAX;
use crate::register::Cause;

/// More statements than one may replace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{count} statements are more than the {BEFORE_MAX} that one replaces")]
pub struct TooManyBefore {
    /// Those given.
    pub count: usize,
}

/// The statements that one replaces: each once, in no order. Of two that do not name each other both stand, whatever clocks
/// say.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Before(BTreeSet<Cause>);

impl Before {
    /// Whether it names nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// These statements.
    pub fn new(causes: impl IntoIterator<Item = Cause>) -> Result<Self, TooManyBefore> {
        let set: BTreeSet<Cause> = causes.into_iter().collect();
        if set.len() > BEFORE_MAX { Err(TooManyBefore { count: set.len() }) } else { Ok(Self(set)) }
    }

    /// As many of these as one statement can name.
    #[must_use]
    pub fn first_of(causes: impl IntoIterator<Item = Cause>) -> Self {
        let all: BTreeSet<Cause> = causes.into_iter().collect();
        Self(all.into_iter().take(BEFORE_MAX).collect())
    }

    /// The statements, by author and key.
    pub fn iter(&self) -> impl Iterator<Item = &Cause> {
        self.0.iter()
    }

    /// Whether this statement is among them.
    #[must_use]
    pub fn contains(&self, cause: &Cause) -> bool {
        self.0.contains(cause)
    }
}

/// Those that no other of them replaces. Keys are chosen by whoever writes: what names itself replaces nothing by that, and of what
/// a ring alone replaces all stands, so that of several words one stands at least.
pub(crate) fn standing<T>(said: Vec<(Cause, T)>, before: impl Fn(&T) -> &Before) -> Vec<(Cause, T)> {
    let (mut named, mut replaced) = (BTreeMap::<&Cause, Vec<&Cause>>::new(), BTreeSet::<&Cause>::new());
    for (by, body) in &said {
        let others = before(body).iter().filter(|cause| *cause != by);
        for cause in others {
            named.entry(by).or_default().push(cause);
            replaced.insert(cause);
        }
    }
    // From what nobody replaces to whatever it led on from; a ring is never reached unless somebody outside it replaces it.
    let mut ahead: Vec<&Cause> = said.iter().map(|(cause, _)| cause).collect();
    ahead.retain(|cause| !replaced.contains(cause));
    let (mut gone, mut seen) = (BTreeSet::new(), BTreeSet::new());
    while let Some(by) = ahead.pop() {
        if seen.insert(by) {
            for cause in named.get(by).into_iter().flatten() {
                gone.insert(*cause);
                ahead.push(cause);
            }
        }
    }
    let gone: BTreeSet<Cause> = gone.into_iter().cloned().collect();
    said.into_iter().filter(|(cause, _)| !gone.contains(cause)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::ids::{Author, StatementRef};

    fn cause(number: usize) -> Cause {
        Cause { author: Author::from_bytes([9; 32]), key: StatementRef::new(format!("k.{number}")).unwrap() }
    }

    /// Which stand, where each names these.
    fn stand(names: &[Vec<usize>]) -> Vec<usize> {
        let named = names.iter().map(|names| Before::new(names.iter().copied().map(cause)).unwrap());
        let said = named
            .enumerate()
            .map(|(number, before)| (cause(number), (number, before)))
            .collect();
        let standing = standing(said, |(_, before)| before).into_iter();
        standing.map(|(_, (number, _))| number).collect()
    }

    #[test]
    fn what_names_itself_or_a_ring_hides_nothing_but_what_it_led_on_from() {
        assert_eq!(stand(&[vec![], vec![0], vec![1]]), [2]);
        assert_eq!(stand(&[vec![], vec![0], vec![0]]), [1, 2], "apart");
        assert_eq!(stand(&[vec![], vec![0, 1]]), [1], "it is among what it replaces");
        assert_eq!(stand(&[vec![], vec![0, 2], vec![1]]), [0, 1, 2], "a ring replaces nothing");
        assert_eq!(stand(&[vec![], vec![0, 2], vec![1], vec![2]]), [3], "and is put right as anything is");
    }

    proptest! {
        #[test]
        fn whatever_is_said_one_stands_and_without_rings_just_what_nothing_names(
            names in vec(vec(0_usize..12, 0..4), 1..12),
        ) {
            prop_assert!(!stand(&names).is_empty());
            let earlier: Vec<Vec<usize>> = names
                .iter()
                .enumerate()
                .map(|(number, names)| names.iter().copied().filter(|name| *name < number).collect())
                .collect();
            let unnamed = (0..names.len()).filter(|number| !earlier.iter().flatten().any(|name| name == number));
            prop_assert_eq!(stand(&earlier), unnamed.collect::<Vec<_>>());
        }
    }
}
