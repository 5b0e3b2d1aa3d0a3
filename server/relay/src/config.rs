//! What an operator may set about connections and times. The defaults are for a district on slow links.

use std::time::Duration;

/// Bounds of the HTTP edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpConfig {
    /// Connections at once; further ones wait in the system's queue. If left unset, 1,024.
    pub connections_max: usize,
    /// Connections of one address at once; further ones are closed. If left unset, 64: a quarter of the anteroom, and
    /// more phones than come to one relay through one operator's address. Behind a proxy all have one address, so there
    /// it is as many as `connections_max`.
    pub address_connections_max: usize,
    /// Requests of known devices taken at once; further ones are told to come back. If left unset, 256: each holds at most
    /// a step.
    pub requests_max: usize,
    /// Requests whose head has not come, or whose device is not known, at once; for a further one the oldest is told to come
    /// back. If left unset, 256: as many as requests, so that a subdivision which comes at once after an outage fits in
    /// until its heads are there, and strangers hold no more memory than devices.
    pub anteroom_max: usize,
    /// Requests for parts of attachments at once; further ones are told to come back. If left unset, 64: each holds at most a
    /// megabyte, and none takes a place from a sync.
    pub parts_max: usize,
    /// Devices that wait at once. If left unset, 768, so that waiting never takes all connections.
    pub waits_max: usize,
    /// Until TLS has come about; then from the first byte of a request, or from the end of the one before it, until its headers are there. If left
    /// unset, 30 s: a page of headers at the worst link takes a few.
    pub header_time_max: Duration,
    /// From the end of the headers until the signed head is there, which a body begins with. If left unset, 20 s: the longest
    /// head, 8 KiB, takes 5 s at 16 kbit/s, the rest is for a satellite's round trips with some lost.
    pub head_time_max: Duration,
    /// Between two pieces of a body. If left unset, 30 s.
    pub body_pause_max: Duration,
    /// From the signed head to the last byte of a body. If left unset, 10 min: the longest request at 16 kbit/s.
    pub body_time_max: Duration,
    /// How long a device waits before it is told that there is nothing. If left unset, 50 s: most proxies allow 60.
    pub wait_time_max: Duration,
    /// How long a connection takes new requests; also what stops a reader that never reads. If left unset, 20 min.
    pub connection_time_max: Duration,
    /// How long a running request may go on when its connection has to end. If left unset, 10 s.
    pub closing_time_max: Duration,
    /// How often it is looked whether the database is still what its name leads to. If left unset, 10 s; before every commit
    /// it is looked anyway.
    pub database_check: Duration,
}

impl Default for HttpConfig {
    fn default() -> Self {
        Self {
            connections_max: 1_024,
            address_connections_max: 64,
            requests_max: 256,
            anteroom_max: 256,
            parts_max: 64,
            waits_max: 768,
            header_time_max: Duration::from_secs(30),
            head_time_max: Duration::from_secs(20),
            body_pause_max: Duration::from_secs(30),
            body_time_max: Duration::from_mins(10),
            wait_time_max: Duration::from_secs(50),
            connection_time_max: Duration::from_mins(20),
            closing_time_max: Duration::from_secs(10),
            database_check: Duration::from_secs(10),
        }
    }
}

impl HttpConfig {
    /// Few of everything, and times that a test can wait for only when it means to.
    #[must_use]
    pub fn for_testing() -> Self {
        Self { connections_max: 16, requests_max: 4, waits_max: 2, ..Self::default() }
    }
}
