//! The macro behind every closed list of the law: an enum whose values carry the glossary's identifier as
//! their code.
//!
//! Promises that code and value go both ways and that `ALL` lists every value. The code is what travels and
//! what `--json` prints; the words a person reads are in `sentences`.

macro_rules! coded {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $($(#[$variant_meta:meta])* $variant:ident = $code:literal,)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)+
        }

        impl $name {
            /// Every value, in the order of the text it comes from.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The glossary's identifier: what travels and what `--json` prints.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            /// The value with this identifier, if there is one.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code {
                    $($code => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }
    };
}

pub(crate) use coded;

#[cfg(test)]
mod tests {
    use crate::ids::LegId;
    use crate::patrol::Transport;

    #[test]
    fn code_and_value_go_both_ways() {
        for transport in Transport::ALL {
            assert_eq!(Transport::from_code(transport.code()), Some(*transport));
        }
        assert_eq!(Transport::from_code("camel"), None);
    }

    #[test]
    fn json_holds_the_code_of_a_value_and_the_digits_of_an_id() {
        let printed = serde_json::to_string(&(Transport::OnFoot, LegId::from_bytes([0xab; 16]))).unwrap();
        assert_eq!(printed, r#"["on_foot","abababababababababababababababab"]"#);
    }
}
