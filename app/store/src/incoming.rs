//! Which of the events and parts that came from elsewhere are to be stored. A plain function, so that every backend does the same.

use crate::record::{EventRow, Page};
use civmesh_domain::id::EventId;
use civmesh_domain::part::{Part, kept_until};
use civmesh_domain::unit::Millis;
use std::collections::BTreeMap;

/// The events of a page that are new, or intact where a broken copy is here; `here` says of each one stored whether it is intact.
/// One row for each event, in the order in which they came.
pub(crate) fn fresh(page: Vec<EventRow>, here: &BTreeMap<EventId, bool>) -> Vec<EventRow> {
    let mut fresh: Vec<EventRow> = Vec::new();
    let mut places = BTreeMap::new();
    for row in page {
        let id = row.event.id;
        if here.get(&id).is_some_and(|&intact| intact || !row.intact) {
            continue;
        }
        match places.get(&id) {
            Some(&place) => replace_broken(&mut fresh[place], row),
            None => {
                places.insert(id, fresh.len());
                fresh.push(row);
            }
        }
    }
    fresh
}

fn replace_broken(kept: &mut EventRow, row: EventRow) {
    if !kept.intact && row.intact {
        *kept = row;
    }
}

/// A part, and until when it is kept.
#[derive(Clone, Debug)]
pub(crate) struct KeptPart {
    pub(crate) part: Part,
    pub(crate) until: Millis,
}

/// `part` as it is kept where its event was received `received`.
pub(crate) fn kept(part: Part, received: Millis) -> KeptPart {
    KeptPart { until: kept_until(part.kind, part.event.clock(), received), part }
}

/// `part` as it is kept where it was written `at`, by the phone's clock. That clock may have been far behind: then what the author had
/// seen of others made the event's later, and it is that one which counts, or the part would be gone before it was sent.
pub(crate) fn written(part: Part, at: Millis) -> KeptPart {
    let at = at.max(part.event.clock().millis());
    kept(part, at)
}

/// Whether something that is kept until then has expired. The hub's validation function has it the same: the last millisecond counts.
pub(crate) fn has_expired(until: Millis, now: Millis) -> bool {
    until < now
}

/// By when a page had come, whichever clock is wrong.
fn latest(page: &Page) -> Millis {
    page.latest.max(page.at)
}

/// The events of those parts whose clock is far ahead: of these it has to be known when they came first, or a part that was dropped would
/// be taken in again and again.
pub(crate) fn far_ahead(page: &Page) -> Vec<EventId> {
    page.parts.iter().map(|part| part.event).filter(|event| !event.clock().is_sane(latest(page))).collect()
}

/// The parts of a page that have not expired; `received` says of those events of [`far_ahead`] that are here when they came.
///
/// What is deleted for ever has to be due by both clocks: by the later one a clock is far ahead, by the earlier one a part has expired.
pub(crate) fn unexpired(page: &Page, received: &BTreeMap<EventId, Millis>) -> Vec<KeptPart> {
    let kept = |part: Part| {
        let received = received.get(&part.event).copied().unwrap_or(latest(page));
        self::kept(part, received)
    };
    page.parts.iter().cloned().map(kept).filter(|kept| !has_expired(kept.until, page.at)).collect()
}
