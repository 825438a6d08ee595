//! The register: the folder beside a key with everything that was signed with it. Nothing in it is secret; it is what goes to the hub, and
//! the list of who was revoked.

use super::document::{Document, SignedRevocation};
use crate::error::{HubError, Result};
use civmesh_domain::id::DeviceKey;
use civmesh_pack::build::key::write_private;
use std::path::{Path, PathBuf};

/// The folder's name, beside the key.
pub const FOLDER: &str = "signed";

/// The folder.
#[derive(Clone, Debug)]
pub struct Register(PathBuf);

impl Register {
    /// The register of this key file.
    pub fn beside(key: &Path) -> Self {
        Self(key.with_file_name(FOLDER))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Keeps a document; says where. The same one again is kept once.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn keep(&self, document: &Document) -> Result<PathBuf> {
        std::fs::create_dir_all(&self.0).map_err(|source| HubError::File { path: self.0.clone(), source })?;
        let path = self.0.join(document.id().replace(':', "-") + ".json");
        if !path.exists() {
            write_private(&path, &document.to_text())?;
        }
        Ok(path)
    }

    /// Everything in it, each verified.
    ///
    /// # Errors
    /// A file that is not such a document: a register with a hole says nothing about who was revoked.
    pub fn read(&self) -> Result<Vec<Document>> {
        if self.0.is_dir() { read_all(std::slice::from_ref(&self.0)) } else { Ok(Vec::new()) }
    }

    /// The revocation of a device, if it was revoked.
    ///
    /// # Errors
    /// As [`Register::read`].
    pub fn revocation(&self, device: &DeviceKey) -> Result<Option<SignedRevocation>> {
        let all = self.read()?.into_iter();
        Ok(all.filter(|document| document.device() == *device).find_map(|document| match document {
            Document::Revocation(signed) => Some(signed),
            Document::Credential(_) => None,
        }))
    }
}

/// The documents in these files, and in these folders' files that end in `.json`, in the order of their names.
///
/// # Errors
/// A file or folder that cannot be read, or a file that is not such a document.
pub fn read_all(paths: &[PathBuf]) -> Result<Vec<Document>> {
    let mut documents = Vec::new();
    for path in paths {
        let failed = |source| HubError::File { path: path.clone(), source };
        if path.is_dir() {
            let entries =
                std::fs::read_dir(path).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>());
            let mut files: Vec<_> =
                entries.map_err(failed)?.into_iter().filter(|file| file.extension().is_some_and(|end| end == "json")).collect();
            files.sort();
            documents.extend(files.iter().map(|file| Document::read(file)).collect::<Result<Vec<_>>>()?);
        } else {
            documents.push(Document::read(path)?);
        }
    }
    Ok(documents)
}
