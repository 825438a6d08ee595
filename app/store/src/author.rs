//! How the state of an author moves on. Plain functions, so that every backend does the same.

use crate::record::{AuthorState, EventRow, OutboxKey, OutboxRow, Source, Written};
use crate::{Result, StoreError};
use civmesh_domain::clock::Clock;

/// The author's state after writing `written`.
///
/// # Errors
/// [`StoreError::Overtaken`] where the event is not the next one.
pub(crate) fn advance(state: AuthorState, written: &Written) -> Result<AuthorState> {
    let core = &written.event.core;
    if state.sequence.checked_add(1) != Some(core.sequence) {
        return Err(StoreError::Overtaken);
    }
    Ok(AuthorState { sequence: core.sequence, clock: state.clock.max(core.clock) })
}

/// The author's state after an event of theirs came from elsewhere: whoever takes up a seat on a new phone goes on counting where
/// the old one stopped.
pub(crate) fn follow(state: AuthorState, row: &EventRow) -> AuthorState {
    AuthorState { sequence: state.sequence.max(row.event.core.sequence), ..state }
}

/// The latest sane clock among what was seen, after `row`.
pub(crate) fn witness(seen: Clock, row: &EventRow) -> Clock {
    seen.witness(row.event.core.clock, row.received)
}

/// The state to sign with: the author's own, with a clock not behind anything that was seen.
pub(crate) fn caught_up(state: AuthorState, seen: Clock) -> AuthorState {
    AuthorState { clock: state.clock.max(seen), ..state }
}

/// The event of `written` as stored.
pub(crate) fn event_row(written: &Written) -> EventRow {
    EventRow { event: written.event.clone(), intact: written.event.is_intact(), source: Source::Here, received: written.at }
}

/// The places of `written` in the outbox: the event's, and one for each part.
pub(crate) fn outbox_rows(written: &Written) -> impl Iterator<Item = OutboxRow> + '_ {
    let (event, region) = (written.event.id, written.event.core.region);
    let indexes = std::iter::once(None).chain(written.parts.iter().map(|part| Some(part.index)));
    indexes.map(move |part| OutboxRow::new(OutboxKey { event, part }, region))
}
