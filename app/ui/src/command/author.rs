//! The one way in which events are written: sequence, signature and transaction under one lock, parts beside them.

use super::Failed;
use crate::device::{chance, lock, time};
use crate::state::signer::{Signer, signer};
use crate::state::{AppState, clock, keeping, keys, sync, view};
use civmesh_domain::body::Body;
use civmesh_domain::event::{Core, Event, signing_message};
use civmesh_domain::id::{EventId, NodeId};
use civmesh_domain::part::{Content, Envelope, Part, PartKind};
use civmesh_domain::seal::ReadingKey;
use civmesh_store::record::{OutboxKey, Written};
use civmesh_store::{Store, StoreError};
use leptos::prelude::*;

/// What travels beside a draft.
pub struct DraftPart {
    kind: PartKind,
    bytes: Vec<u8>,
    /// Drawn when it is written, unless the hash stands elsewhere too.
    salt: Option<[u8; 16]>,
}

/// Words and a photo beside a record.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// Words.
    pub words: String,
    /// A photo, scaled down.
    pub photo: Option<Vec<u8>>,
}

/// What is to be written.
pub struct Draft {
    /// The node it is about.
    pub node: NodeId,
    /// What it says.
    pub body: Body,
    /// What travels beside it.
    pub parts: Vec<DraftPart>,
    /// Refused records that this one takes the place of.
    pub replaces: Vec<OutboxKey>,
}

impl Draft {
    /// A draft without parts.
    pub fn new(node: NodeId, body: Body) -> Self {
        Self { node, body, parts: Vec::new(), replaces: Vec::new() }
    }

    /// Adds free text, unless it is blank.
    pub fn with_text(self, kind: PartKind, text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() { self } else { self.with_part(kind, text.as_bytes().to_vec()) }
    }

    /// Adds words, unless they are blank, and a photo, if there is one.
    pub fn with(self, beside: Beside) -> Self {
        let draft = self.with_text(PartKind::Text, &beside.words);
        match beside.photo {
            Some(photo) => draft.with_part(PartKind::Photo, photo),
            None => draft,
        }
    }

    /// Adds a part.
    pub fn with_part(mut self, kind: PartKind, bytes: Vec<u8>) -> Self {
        self.parts.push(DraftPart { kind, bytes, salt: None });
        self
    }

    /// Adds a part whose hash stands elsewhere too.
    pub fn with_content(mut self, kind: PartKind, content: Content) -> Self {
        self.parts.push(DraftPart { kind, bytes: content.bytes, salt: Some(content.salt) });
        self
    }
}

/// Signs and writes `draft`, lets the view follow, and sets off a sync. Returns the event's identifier.
///
/// # Errors
/// Nothing is written, and the draft can be tried again.
pub async fn write(app: AppState, draft: Draft) -> Result<EventId, Failed> {
    let written = lock::with(lock::WRITE, sign_and_write(app, draft)).await.unwrap_or(Err(Failed::NotWritten))?;
    // What can't be read back now is read with the next change.
    let _later = view::read(app).await;
    sync::tell_other_tabs(app);
    sync::nudge(app);
    Ok(written)
}

async fn sign_and_write(app: AppState, draft: Draft) -> Result<EventId, Failed> {
    let (store, region) = (app.store().ok_or(Failed::NotReady)?, app.region.get_untracked().ok_or(Failed::NotReady)?);
    let key = signer(app).await?;
    let author = key.public();
    app.me.set(Some(author));
    if app.judged.with_untracked(|judged| judged.is_empty()) {
        // Nothing was read yet, or there is nothing: to whom a part is sealed depends on it.
        let _later = view::read(app).await;
    }
    let readers = if draft.parts.is_empty() { Vec::new() } else { keys::readers(app, &store, &draft.node).await? };
    // Another tab without locks may come first: then read, sign and write once more.
    for _ in 0..3 {
        let state = store.author_state(author).await?;
        if store.take_gone() {
            // Or this author would begin to count anew.
            keeping::write_anew(app, &store).await;
            continue;
        }
        let mut core = Core {
            region: region.manifest.region,
            mode: region.manifest.mode,
            activation: None,
            author,
            sequence: state.sequence + 1,
            clock: state.clock.tick(clock::to_sign(app)),
            node: draft.node.clone(),
            body: draft.body.clone(),
            parts: Vec::new(),
        };
        let contents = describe(&mut core, &draft.parts)?;
        let event = sign(&core, &key).await?;
        let id = event.id;
        let parts = seal(id, contents, &readers)?;
        let written = Written { event, parts, at: time::now(), replaces: draft.replaces.clone() };
        match store.write(written).await {
            Err(StoreError::Overtaken) => {}
            Err(error) => return Err(error.into()),
            Ok(()) => return Ok(id),
        }
    }
    Err(Failed::NotWritten)
}

fn describe(core: &mut Core, parts: &[DraftPart]) -> Result<Vec<(PartKind, Content)>, Failed> {
    let mut contents = Vec::new();
    for DraftPart { kind, bytes, salt } in parts {
        let salt = salt.or_else(chance::random).ok_or(Failed::NotWritten)?;
        let content = Content { salt, bytes: bytes.clone() };
        core.parts.push(content.describe(*kind));
        contents.push((*kind, content));
    }
    Ok(contents)
}

/// The parts, sealed to these readers, so that sending them needs no key. Where nobody is known who could read them they stay plain: it is
/// better that whoever may open the node's database reads them than nobody.
fn seal(event: EventId, contents: Vec<(PartKind, Content)>, readers: &[ReadingKey]) -> Result<Vec<Part>, Failed> {
    let seal = |((kind, content), index)| {
        if readers.is_empty() {
            return Ok(Part { event, index, kind, envelope: Envelope::Plain(content) });
        }
        let chance = chance::random().ok_or(Failed::NotWritten)?;
        Part::seal(event, index, kind, &content, readers, &chance).ok_or(Failed::NotWritten)
    };
    contents.into_iter().zip(0u8..).map(seal).collect()
}

async fn sign(core: &Core, key: &Signer) -> Result<Event, Failed> {
    let bytes = core.to_bytes().map_err(|_| Failed::NotWritten)?;
    let signature = key.sign(&signing_message(&bytes)).await?;
    Event::from_parts(bytes, signature).map_err(|_| Failed::NotWritten)
}
