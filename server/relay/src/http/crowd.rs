//! How many connections one address has: a single one must not take them all.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};

/// Who is counted as one: an IPv4 address, or the 64 bits of IPv6 that one subscriber gets.
type Neighbourhood = IpAddr;

/// Counts connections by where they come from.
#[derive(Debug, Clone, Default)]
pub(super) struct Crowd(Arc<Mutex<HashMap<Neighbourhood, usize>>>);

/// One connection that is counted, until it is dropped.
#[derive(Debug)]
#[must_use]
pub(super) struct Counted {
    crowd: Crowd,
    from: Neighbourhood,
}

impl Crowd {
    /// Counts a connection, if its address has fewer than so many.
    pub(super) fn admit(&self, address: IpAddr, most: usize) -> Option<Counted> {
        let from = neighbourhood(address);
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.get(&from).copied().unwrap_or(0) >= most {
            return None;
        }
        *counts.entry(from).or_default() += 1;
        drop(counts);
        Some(Counted { crowd: self.clone(), from })
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut counts = self.crowd.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.from) {
            *count -= 1;
            // Nothing is kept of who has gone.
            if *count == 0 {
                counts.remove(&self.from);
            }
        }
    }
}

fn neighbourhood(address: IpAddr) -> Neighbourhood {
    match address.to_canonical() {
        IpAddr::V6(long) => IpAddr::V6(Ipv6Addr::from_bits(long.to_bits() >> 64 << 64)),
        IpAddr::V4(short) => IpAddr::V4(short),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn each_address_has_its_own_count_and_gets_back_what_it_leaves() {
        let crowd = Crowd::default();
        let first = crowd.admit(address("192.0.2.1"), 2);
        let _second = crowd.admit(address("::ffff:192.0.2.1"), 2).unwrap();
        assert!(crowd.admit(address("192.0.2.1"), 2).is_none());
        assert!(crowd.admit(address("192.0.2.2"), 2).is_some());
        drop(first);
        assert!(crowd.admit(address("192.0.2.1"), 2).is_some());
        assert_eq!(crowd.0.lock().unwrap().len(), 1, "who has gone is forgotten");
    }

    #[test]
    fn who_is_turned_away_leaves_nothing_behind() {
        let crowd = Crowd::default();
        assert!(crowd.admit(address("192.0.2.1"), 0).is_none());
        assert!(crowd.0.lock().unwrap().is_empty());
    }

    #[test]
    fn one_subscriber_of_ipv6_is_one() {
        let crowd = Crowd::default();
        let _first = crowd.admit(address("2001:db8:1:2::1"), 1).unwrap();
        assert!(crowd.admit(address("2001:db8:1:2:ffff::9"), 1).is_none());
        assert!(crowd.admit(address("2001:db8:1:3::1"), 1).is_some());
    }
}
