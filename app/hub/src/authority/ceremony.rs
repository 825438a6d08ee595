//! The ceremony: a region's two keys are made, each under its own passphrase, and later one takes over from the other.

use crate::error::{HubError, Result};
use civmesh_pack::build::error::BuildError;
use civmesh_pack::build::key::passphrase::Passphrase;
use civmesh_pack::build::key::sealed::{Cost, KeyFile};
use civmesh_pack::build::key::title::{Part, Title};
use civmesh_pack::build::key::{KeyFault, Opened, random, write_private};
use ed25519_dalek::SigningKey;
use std::path::{Path, PathBuf};

/// The files of a ceremony. None of them may be there before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The key that signs.
    pub authority: PathBuf,
    /// The key that takes over one day.
    pub successor: PathBuf,
    /// What may be known of both, for people.
    pub public: PathBuf,
}

/// The two passphrases.
pub struct Secrets {
    /// Of the key that signs.
    pub authority: Passphrase,
    /// Of the key that takes over.
    pub successor: Passphrase,
}

impl Place {
    /// The files in `folder`, with the successor's key in another folder where one is named. Makes the folders.
    ///
    /// # Errors
    /// A folder that cannot be made, or a file that is there already: nothing is overwritten.
    pub fn prepare(folder: &Path, elsewhere: Option<&Path>) -> Result<Self> {
        let elsewhere = elsewhere.unwrap_or(folder);
        for folder in [folder, elsewhere] {
            std::fs::create_dir_all(folder).map_err(|source| HubError::File { path: folder.to_owned(), source })?;
        }
        let place = Self {
            authority: folder.join("authority.key"),
            successor: elsewhere.join("successor.key"),
            public: folder.join("authority.pub"),
        };
        for path in [&place.authority, &place.successor, &place.public] {
            if path.exists() {
                let reason = "is there already, and nothing is overwritten; name another folder with --out".to_owned();
                return Err(HubError::Content { path: path.clone(), reason });
            }
        }
        Ok(place)
    }
}

/// Founds a region: draws both keys, and the first endorses the second while it still can.
///
/// # Errors
/// Passphrases that are weak or the same; files that cannot be written.
pub fn found(place: &Place, secrets: &Secrets, cost: Cost) -> Result<Title> {
    let (founder, successor) = (random().map_err(said)?, random().map_err(said)?);
    let (title, heir) = Title::found(&founder, &successor);
    write(place, secrets, cost, (&founder, title), (&successor, heir))
}

/// The opened key takes over, or goes on, with a new successor. With `stolen`, what the key before it signed counts no longer.
///
/// # Errors
/// As [`found`]; a plain key; `stolen` where the key has been the authority's all the time.
pub fn succeed(opened: &Opened, place: &Place, secrets: &Secrets, stolen: bool, cost: Cost) -> Result<Title> {
    let Some(title) = &opened.title else {
        return Err(HubError::Argument("an exercise's plain key has no successor".to_owned()));
    };
    if stolen && title.part == Part::Authority {
        let reason = "--stolen is said with the successor's key, of the authority's; a stolen successor's key is replaced without it";
        return Err(HubError::Argument(reason.to_owned()));
    }
    let next = random().map_err(said)?;
    let (title, heir) = title.succeed(&opened.key, &next, stolen).map_err(said)?;
    write(place, secrets, cost, (&opened.key, title), (&next, heir))
}

fn write(place: &Place, secrets: &Secrets, cost: Cost, own: (&SigningKey, Title), heir: (&SigningKey, Title)) -> Result<Title> {
    if secrets.authority == secrets.successor {
        return Err(HubError::Argument("the two keys need two passphrases: who learns one must not have both".to_owned()));
    }
    let title = own.1.clone();
    for (path, passphrase, (key, title)) in [(&place.authority, &secrets.authority, own), (&place.successor, &secrets.successor, heir)] {
        let passphrase = passphrase.clone().check().map_err(said)?;
        let file = KeyFile::seal(key, title, &passphrase, cost).map_err(said)?;
        let text = file.to_text().map_err(said)?;
        write_private(path, &text)?;
        // A key that cannot be opened again is found out now, not in the emergency.
        let read = civmesh_pack::build::key::read_sealed(path)?.open(&passphrase);
        read.map_err(|fault| fault.of(path))?;
    }
    write_private(&place.public, &describe(&title))?;
    Ok(title)
}

/// What may be known of a key, for people: to be printed and compared.
pub fn describe(title: &Title) -> String {
    let part = match title.part {
        Part::Authority => "authority",
        Part::Successor => "successor",
    };
    let mut text = format!("region     {}\n{part}  {}\n", title.region, title.key);
    if let Some(successor) = title.successor {
        text += &format!("successor  {successor}\n");
    }
    for word in title.endorsement.iter().flat_map(|word| word.chain()) {
        text += &format!("after      {}{}\n", word.by, if word.disowned { "  (stolen: counts no longer)" } else { "" });
    }
    text
}

fn said(fault: KeyFault) -> HubError {
    HubError::Key(BuildError::Key(fault.to_string()))
}
