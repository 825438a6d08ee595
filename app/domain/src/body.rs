//! What an event can say. Variants are numbered for ever: a number is never given to anything else, a shape never changes.

use crate::information::report::Report;
use crate::information::status::NodeStatus;
use crate::personnel::check_in::{CheckIn, CheckOut};
use crate::personnel::issue::{CredentialIssued, DeviceRevoked};
use crate::personnel::reading::ReadingKeyIssued;
use crate::sop::run::{RunEnded, RunStarted, StepMarked};
use crate::spatial::danger::{AreaDeclared, AreaWithdrawn};
use crate::spatial::registry::{CorrectionSettled, PlaceCorrection};
use crate::spatial::upkeep::PlaceChecked;
use serde::{Deserialize, Serialize};

macro_rules! bodies {
    ($($(#[$doc:meta])* $number:literal $name:literal $variant:ident,)*) => {
        /// The body of an event.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[serde(untagged)]
        pub enum Body {
            $($(#[$doc])* $variant($variant),)*
            /// A kind that this version does not know: kept whole, passed on, shown as "needs a newer version".
            Unknown {
                /// Its number.
                number: u16,
                /// Its bytes as they came.
                bytes: Vec<u8>,
            },
        }

        /// The kind of an event's body.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Kind {
            $($(#[$doc])* $variant,)*
        }

        impl Kind {
            /// All kinds that this version knows, by number.
            pub const ALL: &[Kind] = &[$(Kind::$variant),*];

            /// The number under which its bodies are written.
            pub fn number(self) -> u16 {
                match self { $(Kind::$variant => $number,)* }
            }

            /// The name in documents.
            pub fn name(self) -> &'static str {
                match self { $(Kind::$variant => $name,)* }
            }
        }

        impl Body {
            /// The kind; `None` for one that this version does not know.
            pub fn kind(&self) -> Option<Kind> {
                match self { $(Body::$variant(_) => Some(Kind::$variant),)* Body::Unknown { .. } => None }
            }

            /// The number under which it is written.
            pub fn number(&self) -> u16 {
                match self { $(Body::$variant(_) => $number,)* Body::Unknown { number, .. } => *number }
            }

            /// Canonical bytes.
            pub(crate) fn encode(&self) -> postcard::Result<Vec<u8>> {
                match self {
                    $(Body::$variant(body) => postcard::to_allocvec(body),)*
                    Body::Unknown { bytes, .. } => Ok(bytes.clone()),
                }
            }

            /// Reads canonical bytes.
            pub(crate) fn decode(number: u16, bytes: &[u8]) -> postcard::Result<Self> {
                match number {
                    $($number => postcard::from_bytes(bytes).map(Body::$variant),)*
                    _ => Ok(Body::Unknown { number, bytes: bytes.to_vec() }),
                }
            }
        }
    };
}

bodies! {
    /// Somebody starts duty at a node.
    0 "check_in" CheckIn,
    /// Somebody ends it.
    1 "check_out" CheckOut,
    /// What a node is and offers now.
    2 "node_status" NodeStatus,
    /// A procedure begins.
    3 "run_started" RunStarted,
    /// A step is done, skipped or taken back.
    4 "step_marked" StepMarked,
    /// A procedure ends.
    5 "run_ended" RunEnded,
    /// What somebody at a node sees and needs.
    6 "report" Report,
    /// Somebody is given a credential.
    7 "credential_issued" CredentialIssued,
    /// All that is still accepted from a device.
    8 "device_revoked" DeviceRevoked,
    /// A node's reading key, wrapped for its staff.
    9 "reading_key_issued" ReadingKeyIssued,
    /// Somebody says that a place is wrong.
    10 "place_correction" PlaceCorrection,
    /// A coordinator accepts or declines that.
    11 "correction_settled" CorrectionSettled,
    /// A coordinator declares an area closed or dangerous.
    12 "area_declared" AreaDeclared,
    /// A coordinator withdraws that.
    13 "area_withdrawn" AreaWithdrawn,
    /// Somebody looked at an item of a node's checklist.
    14 "place_checked" PlaceChecked,
}
