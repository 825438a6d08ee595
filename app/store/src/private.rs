//! What a phone with profiles asks of its store beyond the rest: changing several small values at once, sealing anew what lies here, and
//! forgetting all that is not public.

use crate::record::EventRow;
use crate::{Result, Store};
use civmesh_domain::part::Part;
use serde_json::Value;

/// A store that keeps secrets. Every method is one transaction, except where it says otherwise.
pub trait Private: Store {
    /// Keeps small values under their names, `None` removes one: all or nothing, strictly durable. So a secret is never there twice, once
    /// sealed and once as it was.
    async fn set_values(&self, values: Vec<(String, Option<Value>)>) -> Result<()>;

    /// Parts that lie here as they came, sealed to nobody. Read in several transactions, because there may be many photos.
    async fn plain_parts(&self) -> Result<Vec<Part>>;

    /// Puts other envelopes around parts that are here. What was dropped meanwhile stays dropped; what is sent, until when it is kept, and
    /// receipts stay as they are.
    async fn reseal(&self, parts: Vec<Part>) -> Result<()>;

    /// Forgets everything but packs, the documents and checkpoints of the databases named in `public`, and `events`: all or nothing, strictly
    /// durable. Nothing tells afterwards that there was more.
    async fn forget(&self, public: Vec<String>, events: Vec<EventRow>) -> Result<()>;
}
