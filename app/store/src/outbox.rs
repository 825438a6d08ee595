//! How a row of the outbox changes. Plain functions, so that every backend does the same.

use crate::record::{Fate, OutboxKey, OutboxRow, Outcome, Receipt};
use civmesh_domain::id::RegionId;
use std::collections::BTreeMap;

/// What is to be done with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It stays, like this.
    Stays(OutboxRow),
    /// It leaves, and this receipt is kept.
    Leaves(Receipt),
}

/// What `outcome` makes of `row`. A receipt takes it out, whatever it was before: the hub's word that it has something is final.
pub fn settle(row: OutboxRow, outcome: Outcome) -> Settled {
    match outcome {
        Outcome::Received(receipt) => Settled::Leaves(Receipt { key: row.key, ..receipt }),
        Outcome::Sending if is_refused(&row) => Settled::Stays(row),
        Outcome::Sending => Settled::Stays(OutboxRow { fate: Fate::Sending, attempts: row.attempts.saturating_add(1), ..row }),
        Outcome::Refused { code, reason, at } => Settled::Stays(OutboxRow { fate: Fate::Refused { code, reason, at }, ..row }),
        Outcome::Retry { next_try } => Settled::Stays(OutboxRow { fate: Fate::Waiting, next_try, ..row }),
    }
}

/// Applies `outcomes` to `rows` in order; returns the receipts of those that left.
pub fn settle_all(rows: &mut BTreeMap<OutboxKey, OutboxRow>, outcomes: Vec<(OutboxKey, Outcome)>) -> Vec<Receipt> {
    let mut receipts = Vec::new();
    for (key, outcome) in outcomes {
        match rows.remove(&key).map(|row| settle(row, outcome)) {
            Some(Settled::Stays(row)) => {
                rows.insert(key, row);
            }
            Some(Settled::Leaves(receipt)) => receipts.push(receipt),
            None => {}
        }
    }
    receipts
}

/// The row of what had a receipt that counts no more.
pub fn again(receipt: &Receipt, region: RegionId) -> OutboxRow {
    OutboxRow { attempts: 1, ..OutboxRow::new(receipt.key, region) }
}

/// The row as it stands when nothing can be on its way any more; `None` where that changes nothing.
pub fn recover(row: OutboxRow) -> Option<OutboxRow> {
    (row.fate == Fate::Sending).then_some(OutboxRow { fate: Fate::Waiting, ..row })
}

/// Whether the hub refused this row.
pub fn is_refused(row: &OutboxRow) -> bool {
    matches!(row.fate, Fate::Refused { .. })
}

/// The rows that leave when a person lets `key` go: a refused row, and with a refused record all that travels beside it, or its photo
/// would go out without it. `rows` are those of the event, at least.
pub fn dismissed(key: &OutboxKey, rows: &[OutboxRow]) -> Vec<OutboxKey> {
    if !rows.iter().any(|row| row.key == *key && is_refused(row)) {
        return Vec::new();
    }
    let goes = |other: &OutboxKey| other == key || (key.part.is_none() && other.event == key.event);
    rows.iter().map(|row| row.key).filter(goes).collect()
}
