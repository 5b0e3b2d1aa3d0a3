//! CPU time of the calling thread, in nanoseconds, as the kernel counts it.

use std::fs;
use std::time::Duration;

/// CPU time that this thread has taken so far.
pub fn thread_time() -> Duration {
    let line = fs::read_to_string("/proc/thread-self/schedstat").expect("Linux says what a thread took");
    let nanoseconds = line.split_ascii_whitespace().next().and_then(|first| first.parse().ok());
    Duration::from_nanos(nanoseconds.expect("the first number is the time on a CPU"))
}

/// CPU time that this thread takes for some work.
pub fn of<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let before = thread_time();
    let done = work();
    (thread_time() - before, done)
}
