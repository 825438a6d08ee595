//! Which of the events that came from elsewhere are to be stored. A plain function, so that every backend does the same.

use crate::record::EventRow;
use civmesh_domain::id::EventId;
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
