//! Signed documents go to the hub, where everybody can read them. May be repeated.

use super::document::Document;
use crate::couch::Couch;
use crate::error::Result;
use civmesh_domain::routing::Database;

/// Writes the documents that are not there yet; returns how many those were. Revocations go first: what is cut off must not outlive a
/// connection that breaks.
///
/// # Errors
/// The hub does not answer, or refuses. What was written stays, and the rest follows when it is run again.
pub async fn publish(hub: &Couch, documents: &[Document]) -> Result<usize> {
    let mut written = 0;
    let (revocations, credentials): (Vec<_>, Vec<_>) = documents.iter().partition(|document| matches!(document, Document::Revocation(_)));
    for document in revocations.into_iter().chain(credentials) {
        let database = Database::Public(document.region()).to_string();
        written += usize::from(hub.settle_document(&database, &document.id(), &document.body()).await?);
    }
    Ok(written)
}
