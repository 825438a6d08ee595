//! What really happened, and what is looked at after each change of a phone's store: whatever was written or taken on is in the outbox, or
//! has a receipt; a receipt is there only where the hub's own answer said so to just this phone; nothing is dropped before its time.

use crate::scene::Scene;
use civmesh_domain::clock::Clock;
use civmesh_domain::event::Event;
use civmesh_domain::id::EventId;
use civmesh_domain::part::Part;
use civmesh_domain::unit::Millis;
use civmesh_store::Store;
use civmesh_store::record::{Fate, OutboxKey, OutboxRow, Receipt};
use civmesh_sync::hub::{Request, Response};
use futures::FutureExt;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default)]
pub struct Truth {
    /// Every event that was ever written, when, by the true time, and on which phone.
    pub events: RefCell<BTreeMap<EventId, (Event, u64, usize)>>,
    /// The parts that were ever written.
    pub parts: RefCell<BTreeMap<(EventId, u8), Part>>,
    /// What each phone has to see through: neither expired nor let go by a person.
    pub due: RefCell<BTreeMap<usize, BTreeSet<OutboxKey>>>,
    /// Documents that a hub did not take from another because their time was over.
    pub expired: RefCell<BTreeSet<(usize, String)>>,
    /// Events that a phone loaded from a file.
    pub loaded: RefCell<BTreeSet<(usize, EventId)>>,
    /// Documents that the hub told this phone it will not take.
    denied: RefCell<BTreeSet<(usize, String)>>,
    /// Documents of which the hub told this phone that it has them.
    confirmed: RefCell<BTreeSet<(usize, String)>>,
    /// Rows that this phone has seen to be settled with a receipt.
    receipts: RefCell<BTreeSet<(usize, OutboxKey)>>,
}

impl Truth {
    pub fn wrote(&self, scene: &Scene, phone: usize, event: &Event, parts: &[Part]) {
        scene.note(
            &scene.phones[phone].name,
            format_args!("wrote {} kind {} at {}, {} parts", event.id.check_word(), event.core.body.number(), event.core.node, parts.len()),
        );
        self.events.borrow_mut().insert(event.id, (event.clone(), scene.time.now(), phone));
        self.parts.borrow_mut().extend(parts.iter().map(|part| ((part.event, part.index), part.clone())));
        let keys = std::iter::once(None).chain(parts.iter().map(|part| Some(part.index)));
        self.due.borrow_mut().entry(phone).or_default().extend(keys.map(|part| OutboxKey { event: event.id, part }));
    }

    pub fn took_on(&self, phone: usize, keys: &[OutboxKey]) {
        self.due.borrow_mut().entry(phone).or_default().extend(keys.iter().copied());
    }

    pub fn was_denied(&self, phone: usize, document: &str) -> bool {
        self.denied.borrow().contains(&(phone, document.to_owned()))
    }

    pub fn forget_denials(&self) {
        self.denied.borrow_mut().clear();
    }

    /// A person let a refused row go, and with an event what travels beside it.
    pub fn let_go(&self, scene: &Scene, phone: usize, key: OutboxKey) {
        let outbox: BTreeSet<OutboxKey> = scene.outbox(phone).into_iter().map(|row| row.key).collect();
        let goes = |due: &OutboxKey| *due == key || (key.part.is_none() && due.event == key.event);
        let receipts: BTreeSet<OutboxKey> = scene.receipts(phone).into_iter().map(|receipt| receipt.key).collect();
        if let Some(due) = self.due.borrow_mut().get_mut(&phone) {
            due.retain(|due| !goes(due) || outbox.contains(due) || receipts.contains(due));
        }
    }

    /// Parts were dropped: each has to be due by two clocks, so by the true time unless both are wrong.
    pub fn dropped(&self, scene: &Scene, phone: usize, keys: &[OutboxKey]) {
        let hubs = scene.hubs.iter().map(|site| site.couch.clock()).max().unwrap_or_default();
        let now = scene.phone_clock(phone).0.min(hubs);
        for key in keys {
            if now <= self.kept_until(key) && !self.met_two_wrong_clocks(phone, &key.event) {
                scene.fail(format!("{} dropped a part of {} before its time", scene.phones[phone].name, key.event.check_word()));
            }
            self.due.borrow_mut().entry(phone).or_default().remove(key);
        }
    }

    /// Whether an event with a clock far ahead was loaded from a file on this phone. Where the phone's clock was years behind, two are wrong, and
    /// no hub was asked.
    pub fn met_two_wrong_clocks(&self, phone: usize, event: &EventId) -> bool {
        let written = self.events.borrow()[event].1;
        !is_sane(event.clock(), written) && self.loaded.borrow().contains(&(phone, *event))
    }

    /// Until when a part is kept: from its event's clock on, or from when it was really written where that clock was far ahead.
    pub fn kept_until(&self, key: &OutboxKey) -> u64 {
        let events = self.events.borrow();
        let (event, written, _) = &events[&key.event];
        let clock = event.id.clock();
        let from = if is_sane(clock, *written) { clock.millis().0 } else { *written };
        from + self.term(key)
    }

    /// How long a part is kept.
    pub fn term(&self, key: &OutboxKey) -> u64 {
        let kind = self.parts.borrow()[&(key.event, key.part.unwrap_or_default())].kind;
        u64::from(kind.retention_days()) * Millis::DAY
    }

    /// A whole answer of the hub reached this phone.
    pub fn heard(&self, phone: usize, request: &Request, response: &Response) {
        let (Some(asked), Some(answer)) =
            (request.body.as_deref().and_then(|body| serde_json::from_str::<Value>(body).ok()), response.json())
        else {
            return;
        };
        let mut confirmed = self.confirmed.borrow_mut();
        if request.path.ends_with("/_bulk_docs") && matches!(response.status, 201 | 202) {
            let rows = answer.as_array().map(Vec::as_slice).unwrap_or_default();
            let complained: BTreeSet<&str> =
                rows.iter().filter(|row| row["error"].is_string()).filter_map(|row| row["id"].as_str()).collect();
            self.denied.borrow_mut().extend(complained.iter().map(|id| (phone, (*id).to_owned())));
            let ids = asked["docs"].as_array().into_iter().flatten().filter_map(|doc| doc["_id"].as_str());
            confirmed.extend(ids.filter(|id| !complained.contains(id)).map(|id| (phone, id.to_owned())));
        }
        if request.path.ends_with("/_revs_diff") && response.status == 200 {
            let ids = asked.as_object().into_iter().flat_map(|asked| asked.keys());
            confirmed.extend(ids.filter(|id| answer.get(id.as_str()).is_none()).map(|id| (phone, id.clone())));
        }
    }

    /// Looks at a phone's outbox and receipts.
    pub fn look(&self, scene: &Scene, phone: usize) {
        let name = &scene.phones[phone].name;
        let outbox: BTreeMap<OutboxKey, OutboxRow> = scene.outbox(phone).into_iter().map(|row| (row.key, row)).collect();
        let receipts: BTreeMap<OutboxKey, Receipt> = scene.receipts(phone).into_iter().map(|receipt| (receipt.key, receipt)).collect();
        for key in receipts.keys() {
            if self.receipts.borrow_mut().insert((phone, *key)) && !self.confirmed.borrow().contains(&(phone, scene.document(phone, key))) {
                scene.fail(format!("{name} took a receipt for {} that the hub did not give it", label(key)));
            }
        }
        for key in self.due.borrow().get(&phone).into_iter().flatten() {
            match (outbox.get(key), receipts.contains_key(key)) {
                (None, false) => scene.fail(format!("{} of {name} left the outbox without a receipt", label(key))),
                (Some(_), true) => scene.fail(format!("{} of {name} has a receipt and waits", label(key))),
                (Some(OutboxRow { fate: Fate::Refused { reason, .. }, .. }), _) if reason.is_empty() => {
                    scene.fail(format!("{} of {name} is refused without a reason", label(key)));
                }
                _ => {}
            }
        }
    }
}

/// Whether a clock is no further ahead of the true time than it may be.
fn is_sane(clock: Clock, at: u64) -> bool {
    clock.is_sane(Millis(at))
}

pub fn label(key: &OutboxKey) -> String {
    match key.part {
        None => key.event.check_word().to_string(),
        Some(part) => format!("part {part} of {}", key.event.check_word()),
    }
}

impl Scene {
    pub fn outbox(&self, phone: usize) -> Vec<OutboxRow> {
        // The store in memory is never busy.
        self.phones[phone].disk.outbox().now_or_never().unwrap().unwrap()
    }

    pub fn receipts(&self, phone: usize) -> Vec<Receipt> {
        self.phones[phone].disk.receipts().now_or_never().unwrap().unwrap()
    }

    /// The document in which this phone brings it.
    pub fn document(&self, phone: usize, key: &OutboxKey) -> String {
        let account = self.phones[phone].seat.as_ref().map(|seat| seat.account.to_string()).unwrap_or_default();
        match key.part {
            None => format!("event:{account}:{}", key.event),
            Some(part) => format!("part:{account}:{}:{part}", key.event),
        }
    }
}
