//! Why a file is refused as a pack. The wording for people lives in the locales; these reasons are for programs and logs.

use civmesh_domain::sop::procedure::Flaw;

/// Why a file is refused as a pack.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// It does not start as a pack does.
    #[error("this file is not a region pack")]
    NotAPack,
    /// A pack of another format than this version reads.
    #[error("this pack has format {0}; this version reads format {format}", format = crate::manifest::FORMAT)]
    OtherFormat(u8),
    /// It ends too early.
    #[error("the file ends too early: it was not copied or downloaded whole")]
    Truncated,
    /// The bytes of this part are not those that were signed (`manifest`, a section's name, or `end` for bytes after the last).
    #[error("the file is damaged in its part '{0}'")]
    Damaged(String),
    /// A part that every pack has is absent.
    #[error("the pack has no part '{0}'")]
    Missing(&'static str),
    /// The signature is not that of the authority which the manifest names.
    #[error("the signature is not that of the region's authority")]
    WrongSignature,
    /// The authority that signed is not the one from which the region's identifier is made, nor endorsed by it.
    #[error("the region's identifier does not belong to the authority that signed")]
    RegionMismatch,
    /// The region is known here, and this pack is signed neither by its authority nor by the successor which that one named.
    #[error("this region is known here under another authority, which has not named this one as its successor")]
    ForeignAuthority,
    /// More than a phone should take: bytes of a file or part, or entries of a list.
    #[error("too large: {found}, where the limit is {limit}")]
    TooLarge {
        /// What was found or announced.
        found: u64,
        /// What is allowed.
        limit: u64,
    },
    /// An entry cannot be decoded.
    #[error("entry {item} of '{section}' cannot be read")]
    Undecodable {
        /// The part.
        section: &'static str,
        /// The entry, from 1; 0 for the count in front.
        item: u32,
    },
    /// An entry decodes to something that cannot be used.
    #[error("entry {item} of '{section}': {fault}")]
    Unfit {
        /// The part.
        section: &'static str,
        /// The entry, from 1.
        item: u32,
        /// What is wrong with it.
        fault: Fault,
    },
}

/// What is wrong with an entry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Another entry has this identifier.
    #[error("the identifier {0} is used twice")]
    DuplicateId(String),
    /// Its coordinates are not on the globe.
    #[error("{0} is not on the globe")]
    OffTheGlobe(String),
    /// It has no name in either language.
    #[error("{0} has no name")]
    NoName(String),
    /// It names a layer that the manifest does not list.
    #[error("{0} names a layer that is not listed")]
    UnknownLayer(String),
    /// A procedure with a flaw.
    #[error("procedure {0}: {1:?}")]
    Procedure(String, Flaw),
}
