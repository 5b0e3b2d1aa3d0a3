//! CPU time of the calling thread, in nanoseconds, as the kernel counts it.
//!
//! By `CLOCK_THREAD_CPUTIME_ID`, which counts up to this moment. What stands under `/proc` is brought up to date at the
//! scheduler's ticks alone, every four milliseconds: a tap takes a fortieth of that.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// CPU time that this thread has taken so far.
pub fn thread_time() -> Duration {
    clock_gettime(ClockId::ThreadCPUTime)
        .try_into()
        .expect("it counts up from nothing")
}

/// CPU time that this thread takes for some work.
pub fn of<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let before = thread_time();
    let done = work();
    (thread_time() - before, done)
}
