//! Why a pack was not taken in, in plain words.

use crate::locale::region as words;
use crate::page::records::top::bytes_words;
use crate::state::boot::NotTaken;
use civmesh_domain::text::Language;
use civmesh_pack::manifest::FORMAT;
use civmesh_pack::{Fault, PackError};

/// Why a pack was not taken in.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// The file could not be read at all.
    NotRead,
    /// It is larger than any pack may be, in bytes.
    TooLarge {
        /// Its size.
        found: f64,
        /// What is allowed.
        limit: f64,
    },
    /// There is less room on the phone than it takes, in bytes.
    NoRoom {
        /// Its size.
        size: f64,
        /// What is left.
        free: f64,
    },
    /// What is inside, or the phone's store.
    NotTaken(NotTaken),
}

impl From<PackError> for Refusal {
    fn from(error: PackError) -> Self {
        Self::NotTaken(NotTaken::Pack(error))
    }
}

impl From<NotTaken> for Refusal {
    fn from(reason: NotTaken) -> Self {
        Self::NotTaken(reason)
    }
}

/// The refusal in words.
pub fn refusal_words(language: Language, refusal: &Refusal) -> String {
    match refusal {
        Refusal::NotRead => words::NOT_READ.get(language).to_owned(),
        Refusal::TooLarge { found, limit } => words::too_large(language, &bytes_words(*found), &bytes_words(*limit)),
        Refusal::NoRoom { size, free } => {
            let room = words::needs_room(language, &bytes_words(*size), &bytes_words(*free));
            format!("{} {room}", words::NO_ROOM.get(language))
        }
        Refusal::NotTaken(NotTaken::NoRoom) => words::NO_ROOM.get(language).to_owned(),
        Refusal::NotTaken(NotTaken::NotKept) => words::NOT_KEPT.get(language).to_owned(),
        Refusal::NotTaken(NotTaken::Pack(error)) => pack_words(language, error),
    }
}

fn pack_words(language: Language, error: &PackError) -> String {
    let say = |words: crate::words::Words| words.get(language).to_owned();
    match error {
        PackError::NotAPack => say(words::NOT_A_PACK),
        PackError::OtherFormat(found) => words::other_format(language, *found, FORMAT),
        PackError::Truncated => say(words::TRUNCATED),
        PackError::Damaged(part) => words::damaged(language, &part_words(language, part)),
        PackError::Missing(part) => words::missing(language, &part_words(language, part)),
        PackError::WrongSignature => say(words::WRONG_SIGNATURE),
        PackError::RegionMismatch => say(words::REGION_MISMATCH),
        PackError::ForeignAuthority => say(words::FOREIGN),
        PackError::TooLarge { found, limit } => words::too_large(language, &found.to_string(), &limit.to_string()),
        PackError::Undecodable { section, item } => words::undecodable(language, &part_words(language, section), *item),
        PackError::Unfit { section, item, fault } => {
            words::unfit(language, &part_words(language, section), *item, &fault_words(language, fault))
        }
    }
}

fn part_words(language: Language, part: &str) -> String {
    let known = match part {
        "manifest" => words::PART_MANIFEST,
        "nodes" => words::PART_NODES,
        "sops" => words::PART_SOPS,
        "places" => words::PART_PLACES,
        "end" => words::PART_END,
        other => return other.to_owned(),
    };
    known.get(language).to_owned()
}

fn fault_words(language: Language, fault: &Fault) -> String {
    match fault {
        Fault::DuplicateId(id) => words::duplicate(language, id),
        Fault::OffTheGlobe(id) => words::off_globe(language, id),
        Fault::NoName(id) => words::no_name(language, id),
        Fault::UnknownLayer(id) => words::no_layer(language, id),
        Fault::Procedure(id, _) => words::bad_sop(language, id),
    }
}
