//! Seats: accounts with random names and passwords, made beforehand, and the credentials of the device keys derived from them.

use crate::authority::document::Document;
use crate::authority::publish::publish;
use crate::couch::Couch;
use crate::database::node_role;
use crate::error::{HubError, Result};
use civmesh_domain::id::{Account, DeviceKey, NodeId, RegionId};
use civmesh_domain::personnel::credential::{Credential, Grant, Scope};
use civmesh_domain::personnel::role::Role;
use civmesh_domain::personnel::seat::{device_seed, reading_secret};
use civmesh_domain::seal::ReadingKey;
use civmesh_domain::unit::Millis;
use civmesh_pack::build::key::title::Title;
use civmesh_pack::build::key::{self, Opened};
use ed25519_dalek::{Signer, SigningKey};
use enumset::EnumSet;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::path::Path;

/// Crockford's alphabet in lower case: 32 letters, so five random bits are one of them.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// How long a credential is valid: a year, and a day before it was made, for phones whose clocks are behind.
const VALID_MILLIS: u64 = 366 * DAY_MILLIS;
const DAY_MILLIS: u64 = 24 * 60 * 60 * 1000;

/// An account and what it is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// The account's name.
    pub account: Account,
    /// Its password: 80 random bits, because the device key is derived from it.
    pub password: String,
    /// What its holder may do.
    pub role: Role,
    /// At which nodes; none for a coordinator, who is for all.
    pub nodes: Vec<NodeId>,
    /// When it was made, milliseconds since 1970; its credential is valid from a day before.
    pub made: u64,
}

/// The authority of a region, which can sign.
pub struct Authority {
    key: SigningKey,
    /// By what right; plain keys, which only exercises have, say nothing of it.
    title: Option<Title>,
}

impl Seat {
    /// A new seat with a random name and password.
    pub fn draw(role: Role, nodes: &[NodeId], made: u64) -> Result<Self> {
        if nodes.is_empty() && role != Role::Coordinator {
            return Err(HubError::Argument(format!("a {} needs at least one --node", role.name())));
        }
        let nodes = if role == Role::Coordinator { Vec::new() } else { nodes.to_vec() };
        let account = in_groups(&random_word(8)?);
        let account = account.parse().map_err(|_| HubError::Randomness)?;
        Ok(Self { account, password: in_groups(&random_word(16)?), role, nodes, made })
    }

    /// The roles of its account on the hub.
    pub fn hub_roles(&self) -> Vec<String> {
        let mut roles = vec![self.role.name().to_owned()];
        roles.extend(self.nodes.iter().map(node_role));
        roles
    }

    /// The public half of the device key that phones derive from the seat.
    pub fn device_key(&self) -> DeviceKey {
        let seed = device_seed(&self.account, &self.password);
        DeviceKey(SigningKey::from_bytes(&seed).verifying_key().to_bytes())
    }

    /// The public half of the reading key that phones derive from the seat.
    pub fn reading_key(&self) -> Result<ReadingKey> {
        // Any 32 bytes are a secret; that this never fails is the library's word, not the type's.
        reading_secret(&self.account, &self.password).public().ok_or(HubError::Randomness)
    }

    /// The link that takes up the seat: everything behind `#` stays on the phone.
    pub fn link(&self, origin: &str) -> String {
        format!("{}/seat#{}.{}", origin.trim_end_matches('/'), self.account, self.password)
    }

    /// Its nodes as words, for people.
    pub fn place(&self) -> String {
        if self.nodes.is_empty() {
            return "all nodes".to_owned();
        }
        self.nodes.iter().map(NodeId::as_str).collect::<Vec<_>>().join(" ")
    }

    fn account_document(&self) -> Value {
        json!({ "name": self.account, "password": self.password, "roles": self.hub_roles(), "type": "user" })
    }
}

impl Authority {
    /// A key that was opened.
    pub fn of(opened: Opened) -> Self {
        Self { key: opened.key, title: opened.title }
    }

    /// Reads an encrypted key file, with the passphrase from `passphrase_file` or the terminal; or a plain one, as [`Authority::read`] does.
    pub fn open(path: &Path, passphrase_file: Option<&Path>) -> Result<Self> {
        let is_sealed = std::fs::read(path).is_ok_and(|bytes| bytes.starts_with(b"{"));
        if is_sealed { Ok(Self::of(key::open(path, passphrase_file)?)) } else { Self::read(path) }
    }

    /// Whether it lay on the disk unencrypted: good for exercises only.
    pub fn is_plain(&self) -> bool {
        self.title.is_none()
    }

    /// Reads the key from a file: 32 bytes as 64 hexadecimal digits or 52 letters of Crockford base32, or the `region.toml` of an exercise,
    /// which has its key in the open.
    pub fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).map_err(|source| HubError::File { path: path.to_owned(), source })?;
        let reason = || "not a key: 64 hexadecimal digits, or 52 letters of Crockford base32".to_owned();
        Self::from_text(&text).ok_or_else(|| HubError::Content { path: path.to_owned(), reason: reason() })
    }

    /// The key in either of the forms of [`Authority::read`].
    pub fn from_text(text: &str) -> Option<Self> {
        let seed = |line: &str| {
            line.trim().strip_prefix("seed")?.trim_start().strip_prefix('=').map(|seed| seed.trim().trim_matches('"').to_owned())
        };
        let seed = text.lines().find_map(seed);
        let text = seed.as_deref().unwrap_or(text).trim();
        let hex = data_encoding::HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok();
        let bytes = hex.filter(|bytes| bytes.len() == 32).or_else(|| civmesh_domain::text::from_base32(text));
        let seed: [u8; 32] = bytes?.try_into().ok()?;
        Some(Self { key: SigningKey::from_bytes(&seed), title: None })
    }

    /// The public key.
    pub fn public_key(&self) -> DeviceKey {
        DeviceKey(self.key.verifying_key().to_bytes())
    }

    /// The region that it speaks for: the one that it founded, or for which it was endorsed.
    pub fn region(&self) -> RegionId {
        self.title.as_ref().map_or_else(|| RegionId::of_authority(&self.public_key()), |title| title.region)
    }

    /// The credential of a seat in a region. The same seat gives the same credential.
    pub fn grant(&self, region: RegionId, seat: &Seat) -> Result<Credential> {
        let mut nodes = seat.nodes.clone();
        nodes.sort();
        let grant = Grant {
            region,
            device: seat.device_key(),
            reading: seat.reading_key()?,
            roles: seat.role.into(),
            skills: EnumSet::empty(),
            scope: if seat.role == Role::Coordinator { Scope::All } else { Scope::Nodes(nodes) },
            from: Millis(seat.made.saturating_sub(DAY_MILLIS)),
            until: Millis(seat.made.saturating_add(VALID_MILLIS)),
            name_hash: [0; 32],
            may_grant: seat.role == Role::Coordinator,
            issuer: self.public_key(),
        };
        self.sign_grant(&grant)
    }

    /// Signs a grant that names this authority as its issuer.
    pub fn sign_grant(&self, grant: &Grant) -> Result<Credential> {
        let too_long = |_| HubError::Argument("so many nodes have no room in a credential".to_owned());
        let message = grant.signing_message().map_err(too_long)?;
        Credential::from_parts(grant.to_bytes().map_err(too_long)?, self.sign(&message)).map_err(too_long)
    }

    /// Signs a message, which begins with the context that says what it is.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }
}

/// Makes the account of a seat, and puts its credential where everybody can read it. May be repeated for the same seat.
pub async fn install(hub: &Couch, region: RegionId, seat: &Seat, authority: Option<&Authority>) -> Result<()> {
    let id = format!("org.couchdb.user:{}", seat.account);
    match hub.put(&["_users", &id], Some(&seat.account_document())).await {
        Err(error) if error.is_named("conflict") => {}
        other => drop(other?),
    }
    if let Some(authority) = authority {
        let credential = Document::Credential(authority.grant(region, seat)?);
        publish(hub, &[credential]).await?;
    }
    Ok(())
}

/// So many random letters.
pub fn random_word(letters: usize) -> Result<String> {
    let mut bytes = vec![0; letters];
    getrandom::fill(&mut bytes).map_err(|_| HubError::Randomness)?;
    Ok(bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect())
}

pub(crate) fn in_groups(word: &str) -> String {
    word.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    #[test]
    fn a_seat_is_random_and_fits_its_forms() {
        let node: NodeId = "s001".parse().unwrap();
        let seat = Seat::draw(Role::Manager, std::slice::from_ref(&node), 0).unwrap();
        let other = Seat::draw(Role::Manager, &[node], 0).unwrap();
        assert_ne!((&seat.account, &seat.password), (&other.account, &other.password));
        assert_eq!(seat.password.len(), 19, "{}", seat.password);
        assert_eq!(seat.hub_roles(), ["manager", "node:s001"]);
        assert_eq!(seat.link("http://x/"), format!("http://x/seat#{}.{}", seat.account, seat.password));
        assert!(Seat::draw(Role::Volunteer, &[], 0).is_err());
    }

    #[test]
    fn a_credential_verifies_and_is_the_same_again() {
        let authority = Authority::from_text(KEY).unwrap();
        let seat = Seat::draw(Role::Coordinator, &[], 1_000_000_000_000).unwrap();
        let credential = authority.grant(authority.region(), &seat).unwrap();
        assert!(credential.is_intact());
        assert_eq!(credential.grant.device, seat.device_key());
        assert_eq!(credential, authority.grant(authority.region(), &seat).unwrap());
    }

    #[test]
    fn what_is_not_a_key_is_refused() {
        let in_toml = format!("mode = \"exercise\"\n[authority]\nseed = \"{KEY}\"\n");
        assert_eq!(Authority::from_text(&in_toml).unwrap().public_key(), Authority::from_text(KEY).unwrap().public_key());
        for text in ["", "00", "zz", &KEY[1..], "seed = \"\"", "[authority]\n"] {
            assert!(Authority::from_text(text).is_none(), "{text}");
        }
    }
}
