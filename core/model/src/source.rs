//! Where a statement came from before it was in a device.
//!
//! Promises one word for each way in. Says nothing about whether it is true.

use crate::codes::coded;

coded! {
    /// How a statement came into the device; not from the law.
    pub enum Source {
        /// Tapped in on the phone, there and then.
        Phone = "phone",
        /// Copied from paper.
        Paper = "paper",
        /// Taken down from a radio or telephone call.
        Radio = "radio",
        /// Imported from a file of another device.
        File = "file",
    }
}
