//! What is asked of a hub and what it answers, without saying how it travels.

use crate::error::SyncError;
use civmesh_domain::unit::Millis;
use serde_json::Value;

/// A hub that can be asked. To give up waiting, drop the future: the request is then aborted.
pub trait Hub {
    /// Sends one request and waits for the whole answer.
    ///
    /// # Errors
    /// No answer, whatever the reason. The request may have arrived all the same.
    async fn send(&self, request: Request) -> Result<Response, Unreachable>;
}

/// No answer came.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreachable(
    /// What the network said.
    pub String,
);

impl From<Unreachable> for SyncError {
    fn from(Unreachable(reason): Unreachable) -> Self {
        Self::Unreachable(reason)
    }
}

/// What is to be done with a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Read.
    Get,
    /// Ask with a body.
    Post,
    /// Put in place.
    Put,
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The path below the hub's base with its query, beginning with `/`, percent-encoded where it has to be.
    pub path: String,
    /// The body, JSON.
    pub body: Option<String>,
    /// How long to wait for the whole answer, in milliseconds.
    pub timeout: u32,
}

/// How long an ordinary request may take, in milliseconds: long enough for a megabyte over a bad link.
const PATIENCE: u32 = 60_000;

impl Request {
    /// Reads `path`.
    pub fn get(path: impl Into<String>) -> Self {
        Self { method: Method::Get, path: path.into(), body: None, timeout: PATIENCE }
    }

    /// Sends `body`, JSON, to `path`.
    pub fn post(path: impl Into<String>, body: String) -> Self {
        Self { method: Method::Post, path: path.into(), body: Some(body), timeout: PATIENCE }
    }

    /// Puts `body`, JSON, at `path`.
    pub fn put(path: impl Into<String>, body: String) -> Self {
        Self { method: Method::Put, path: path.into(), body: Some(body), timeout: PATIENCE }
    }

    /// The same, waiting at most `milliseconds`.
    pub fn within(self, milliseconds: u32) -> Self {
        Self { timeout: milliseconds, ..self }
    }
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The body as it came.
    pub body: String,
    /// The hub's clock, from the `Date` header, in whole seconds.
    pub date: Option<Millis>,
}

/// What the hub says went wrong, in its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// CouchDB's short name for it.
    pub error: String,
    /// A sentence.
    pub reason: String,
}

impl Complaint {
    /// Reads `error` and `reason` where there are such fields.
    pub fn of(value: &Value) -> Option<Self> {
        let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        value.get("error").map(|_| Self { error: text("error"), reason: text("reason") })
    }

    /// Whether this passes by itself: the account is locked for some minutes after wrong passwords.
    pub fn is_lock_out(&self) -> bool {
        self.reason.contains("temporarily locked")
    }
}

impl Response {
    /// The body, if it is JSON.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_str(&self.body).ok()
    }

    /// What the hub complains of, if it does so in its own way.
    pub fn complaint(&self) -> Option<Complaint> {
        self.json().as_ref().and_then(Complaint::of)
    }

    /// Whether the status says that it was done.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// What a status that nobody was waiting for means for the step that met it.
    pub(crate) fn trouble(&self, database: &str) -> SyncError {
        let complaint = self.complaint();
        let locked = complaint.as_ref().is_some_and(Complaint::is_lock_out);
        match self.status {
            403 if locked => SyncError::Locked,
            403 if complaint.is_some() => SyncError::Closed(database.to_owned()),
            404 if complaint.is_some() => SyncError::NoDatabase(database.to_owned()),
            status if (200..300).contains(&status) => SyncError::NotTheHub,
            status => SyncError::Busy(status),
        }
    }
}
