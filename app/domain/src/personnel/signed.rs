//! A value, its canonical bytes, and the signature of the one whom the value names: what is handed from phone to phone.

use crate::event::Malformed;
use crate::id::DeviceKey;
use crate::text::{from_base64url, to_base64url};
use ed25519_dalek::{Signature, VerifyingKey};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The longest value accepted, in bytes: checked before anything is decoded.
pub const LONGEST: usize = 64 * 1024;
const SIGNATURE: usize = 64;

/// What can be signed.
pub trait Signable: Serialize + DeserializeOwned {
    /// What stands before the bytes when they are signed, so that a signature for one purpose is none for another.
    const CONTEXT: &'static [u8];

    /// Who has to sign it.
    fn signer(&self) -> &DeviceKey;

    /// Canonical bytes.
    ///
    /// # Errors
    /// `TooLong` for what no reader would accept.
    fn to_bytes(&self) -> Result<Vec<u8>, Malformed> {
        to_canonical(self)
    }

    /// What the signer's key signs.
    ///
    /// # Errors
    /// As [`Signable::to_bytes`].
    fn signing_message(&self) -> Result<Vec<u8>, Malformed> {
        Ok([Self::CONTEXT, &self.to_bytes()?].concat())
    }
}

/// A signed value. That it can be read says nothing of the signature: see [`Signed::is_intact`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed<T> {
    /// What was signed.
    pub value: T,
    bytes: Vec<u8>,
    signature: [u8; SIGNATURE],
}

impl<T: Signable> Signed<T> {
    /// Puts together canonical bytes and a signature, without verifying.
    ///
    /// # Errors
    /// Bytes that are not such a value in canonical form.
    pub fn from_parts(bytes: Vec<u8>, signature: [u8; SIGNATURE]) -> Result<Self, Malformed> {
        Ok(Self { value: from_canonical(&bytes)?, bytes, signature })
    }

    /// Whether the one whom the value names signed just this.
    pub fn is_intact(&self) -> bool {
        is_signed(self.value.signer(), T::CONTEXT, &self.bytes, &self.signature)
    }

    /// As text for a QR or a link: base64url of the signature and the bytes.
    pub fn to_text(&self) -> String {
        to_base64url(&[self.signature.as_slice(), &self.bytes].concat())
    }

    /// Reads the text form.
    ///
    /// # Errors
    /// As [`Signed::from_parts`].
    pub fn from_text(text: &str) -> Result<Self, Malformed> {
        if text.len() > LONGEST {
            return Err(Malformed::TooLong);
        }
        let bytes = from_base64url(text).ok_or(Malformed::NotAnEvent)?;
        let (signature, bytes) = bytes.split_first_chunk::<SIGNATURE>().ok_or(Malformed::NotAnEvent)?;
        Self::from_parts(bytes.to_vec(), *signature)
    }
}

pub(super) fn to_canonical<T: Serialize>(value: &T) -> Result<Vec<u8>, Malformed> {
    let bytes = postcard::to_allocvec(value).map_err(|_| Malformed::NotAnEvent)?;
    if bytes.len() > LONGEST { Err(Malformed::TooLong) } else { Ok(bytes) }
}

pub(super) fn from_canonical<T: Serialize + DeserializeOwned>(bytes: &[u8]) -> Result<T, Malformed> {
    if bytes.len() > LONGEST {
        return Err(Malformed::TooLong);
    }
    let value: T = postcard::from_bytes(bytes).map_err(|_| Malformed::NotAnEvent)?;
    if to_canonical(&value)? == bytes { Ok(value) } else { Err(Malformed::NotCanonical) }
}

pub(super) fn is_signed(signer: &DeviceKey, context: &[u8], bytes: &[u8], signature: &[u8; SIGNATURE]) -> bool {
    let message = [context, bytes].concat();
    VerifyingKey::from_bytes(&signer.0).is_ok_and(|key| key.verify_strict(&message, &Signature::from_bytes(signature)).is_ok())
}
