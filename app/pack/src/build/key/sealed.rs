//! The encrypted key file: JSON that says how it was encrypted, and the seed under XChaCha20-Poly1305 with a key that Argon2id makes of the
//! passphrase (`docs/formats/pack.md`). What stands readable in it is authenticated by the encryption.

use super::title::Title;
use super::{KeyFault, passphrase::Passphrase, public};
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use civmesh_domain::text::{from_base64url, to_base64url};
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// The largest key file, in bytes: a title with all its endorsements takes less.
pub const LARGEST_FILE: u64 = 16 * 1024;
const WORD: &str = "authority key";
const VERSION: u64 = 1;
const CONTEXT: &[u8] = b"civmesh authority key v1\n";
const SALT: usize = 16;
const NONCE: usize = 24;
/// A hostile file must not take the machine down: four times what this program writes.
const MOST_MEMORY_KIB: u32 = 1024 * 1024;
const MOST_PASSES: u32 = 16;
const MOST_LANES: u32 = 4;

/// How hard it is to try a passphrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes, which could be worked on at once.
    pub lanes: u32,
}

impl Cost {
    /// What new files cost: about a second on a laptop, and 256 MiB, which is what makes trying many at once dear (RFC 9106, section 4).
    pub const NEW: Self = Self { memory_kib: 256 * 1024, passes: 3, lanes: 1 };

    fn check(self) -> Result<Self, KeyFault> {
        let is_bounded = self.memory_kib <= MOST_MEMORY_KIB && self.passes <= MOST_PASSES && self.lanes <= MOST_LANES;
        if is_bounded { Ok(self) } else { Err(KeyFault::TooDemanding(self.memory_kib / 1024)) }
    }
}

/// An encrypted key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyFile {
    civmesh: String,
    v: u64,
    header: Header,
    sealed: String,
    check: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Header {
    title: Title,
    kdf: Kdf,
    cipher: Cipher,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kdf {
    name: KdfName,
    cost: Cost,
    salt: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Cipher {
    name: CipherName,
    nonce: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum KdfName {
    #[serde(rename = "argon2id")]
    Argon2id,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum CipherName {
    #[serde(rename = "xchacha20poly1305")]
    XChaCha20Poly1305,
}

/// What every version of the file has.
#[derive(Deserialize)]
struct Mark {
    civmesh: String,
    v: u64,
}

impl KeyFile {
    /// Encrypts a key. The passphrase was checked by whoever chose it.
    ///
    /// # Errors
    /// No randomness from the system; a cost that nobody would open.
    pub fn seal(key: &SigningKey, title: Title, passphrase: &Passphrase, cost: Cost) -> Result<Self, KeyFault> {
        let (mut salt, mut nonce) = ([0; SALT], [0; NONCE]);
        getrandom::fill(&mut salt).and_then(|()| getrandom::fill(&mut nonce)).map_err(|_| KeyFault::NoRandomness)?;
        let header = Header {
            title,
            kdf: Kdf { name: KdfName::Argon2id, cost: cost.check()?, salt: to_base64url(&salt) },
            cipher: Cipher { name: CipherName::XChaCha20Poly1305, nonce: to_base64url(&nonce) },
        };
        let aad = header.aad()?;
        let seed = Zeroizing::new(key.to_bytes());
        let cipher = header.cipher(passphrase)?;
        let sealed = cipher.encrypt(&XNonce::from(nonce), Payload { msg: seed.as_slice(), aad: &aad }).map_err(|_| KeyFault::Damaged)?;
        let sealed = to_base64url(&sealed);
        let check = check(&aad, &sealed);
        Ok(Self { civmesh: WORD.to_owned(), v: VERSION, header, sealed, check })
    }

    /// Reads a file: only one whose every byte is as it was written, and that can be opened without harm.
    ///
    /// # Errors
    /// `NotAKeyFile`, `OtherVersion`, `Damaged`, `TooDemanding`.
    pub fn read(bytes: &[u8]) -> Result<Self, KeyFault> {
        let looks_like_one = || String::from_utf8_lossy(bytes).contains("civmesh");
        let unreadable = || if looks_like_one() { KeyFault::Damaged } else { KeyFault::NotAKeyFile };
        if bytes.len() as u64 > LARGEST_FILE {
            return Err(KeyFault::NotAKeyFile);
        }
        match serde_json::from_slice::<Mark>(bytes) {
            Ok(mark) if mark.civmesh != WORD => return Err(KeyFault::NotAKeyFile),
            Ok(mark) if mark.v != VERSION => return Err(KeyFault::OtherVersion(mark.v)),
            Ok(_) => {}
            Err(_) => return Err(unreadable()),
        }
        let file: Self = serde_json::from_slice(bytes).map_err(|_| unreadable())?;
        // One file, one form: so no byte of it can change unnoticed, not even one that means nothing.
        let is_whole =
            file.to_text()?.as_bytes() == bytes && check(&file.header.aad()?, &file.sealed) == file.check && file.header.title.holds();
        if !is_whole {
            return Err(KeyFault::Damaged);
        }
        file.header.kdf.cost.check()?;
        Ok(file)
    }

    /// The file as it is written.
    ///
    /// # Errors
    /// None in practice.
    pub fn to_text(&self) -> Result<String, KeyFault> {
        serde_json::to_string_pretty(self).map(|text| text + "\n").map_err(|_| KeyFault::Damaged)
    }

    /// What stands readable in it. Until it is opened, only its endorsement vouches for it.
    pub fn title(&self) -> &Title {
        &self.header.title
    }

    /// What it costs to try a passphrase.
    pub fn cost(&self) -> Cost {
        self.header.kdf.cost
    }

    /// Opens it.
    ///
    /// # Errors
    /// `WrongPassphrase`, which is also what a file says that was altered with its check.
    pub fn open(&self, passphrase: &Passphrase) -> Result<SigningKey, KeyFault> {
        let nonce: [u8; NONCE] =
            from_base64url(&self.header.cipher.nonce).and_then(|bytes| bytes.try_into().ok()).ok_or(KeyFault::Damaged)?;
        let sealed = from_base64url(&self.sealed).ok_or(KeyFault::Damaged)?;
        let payload = Payload { msg: &sealed, aad: &self.header.aad()? };
        let seed = self.header.cipher(passphrase)?.decrypt(&XNonce::from(nonce), payload).map_err(|_| KeyFault::WrongPassphrase)?;
        let seed = Zeroizing::new(seed);
        let key = <&[u8; 32]>::try_from(seed.as_slice()).map(SigningKey::from_bytes).map_err(|_| KeyFault::Damaged)?;
        if public(&key) == self.header.title.key { Ok(key) } else { Err(KeyFault::Damaged) }
    }
}

impl Header {
    fn aad(&self) -> Result<Vec<u8>, KeyFault> {
        let bytes = serde_json::to_vec(self).map_err(|_| KeyFault::Damaged)?;
        Ok([CONTEXT, &bytes].concat())
    }

    fn cipher(&self, passphrase: &Passphrase) -> Result<XChaCha20Poly1305, KeyFault> {
        let salt = from_base64url(&self.kdf.salt).filter(|salt| salt.len() == SALT).ok_or(KeyFault::Damaged)?;
        let Cost { memory_kib, passes, lanes } = self.kdf.cost.check()?;
        let params = Params::new(memory_kib, passes, lanes, Some(32)).map_err(|_| KeyFault::Damaged)?;
        let mut key = Zeroizing::new([0; 32]);
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        argon2.hash_password_into(passphrase.as_bytes(), &salt, key.as_mut_slice()).map_err(|_| KeyFault::Damaged)?;
        XChaCha20Poly1305::new_from_slice(key.as_slice()).map_err(|_| KeyFault::Damaged)
    }
}

/// Tells damage from a wrong passphrase. It proves nothing: the encryption does.
fn check(aad: &[u8], sealed: &str) -> String {
    blake3::hash(&[aad, sealed.as_bytes()].concat()).to_hex().as_str()[..32].to_owned()
}
