//! Where a record stands on its way to the hub, in words: green only by the hub's own receipt.

use crate::device::time;
use crate::locale::records as words;
use crate::state::{AppState, Link, use_app};
use crate::words::Words;
use civmesh_domain::id::{EventId, RegionId};
use civmesh_domain::text::Language;
use civmesh_domain::unit::Millis;
use civmesh_store::record::{Fate, OutboxKey, OutboxRow};
use civmesh_sync::seat::Held;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Where one thing stands: a record, or something beside it.
#[derive(Clone, Debug, PartialEq)]
pub enum Stand {
    /// It waits, for this reason.
    Waiting(Why),
    /// It is on its way.
    Sending,
    /// The hub has it since then, by the hub's clock.
    AtHub(Millis),
    /// The hub does not take it.
    Refused {
        /// The hub's reason as a short code.
        code: String,
        /// The hub's own words.
        reason: String,
    },
    /// It is on this phone and will not be sent from here.
    Kept,
}

/// Why something waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// No network.
    Offline,
    /// A network, but no hub.
    HubAway,
    /// The session has ended, and the password lies behind the PIN.
    SignedOut,
    /// The hub does not accept the seat.
    SeatRefused,
    /// Something that only a person can change.
    Held(Held),
    /// It was tried; again at this time.
    Again(Millis),
    /// It goes out with the next round.
    Soon,
}

impl Why {
    /// In words.
    pub fn words(self, language: Language, now: Millis) -> String {
        let words = match self {
            Self::Offline => words::WHY_OFFLINE,
            Self::HubAway => words::WHY_HUB_AWAY,
            Self::SeatRefused => words::WHY_SEAT_REFUSED,
            Self::SignedOut => words::WHY_SIGNED_OUT,
            Self::Held(Held::NoSeat) => words::WHY_NO_SEAT,
            Self::Held(Held::OtherRegion) => words::WHY_OTHER_REGION,
            Self::Held(Held::OtherNode) => words::WHY_OTHER_NODE,
            Self::Held(Held::EventFirst) => words::WHY_EVENT_FIRST,
            Self::Held(Held::NoReader) => words::WHY_NO_READER,
            Self::Soon => words::WHY_SOON,
            Self::Again(at) => return words::again_at(language, &time::day_and_time(at, now)),
        };
        words.get(language).to_owned()
    }
}

/// The outbox and the receipts, to be asked for one thing after another.
#[derive(Clone, Debug, PartialEq)]
pub struct Fates {
    rows: BTreeMap<OutboxKey, OutboxRow>,
    received: BTreeMap<OutboxKey, Millis>,
    held: BTreeMap<OutboxKey, Held>,
    link: Link,
    seat: Option<RegionId>,
}

/// The fates of everything, kept up to date.
pub fn use_fates() -> Memo<Fates> {
    let app = use_app();
    Memo::new(move |_| Fates::read(app))
}

impl Fates {
    fn read(app: AppState) -> Self {
        let rows = app.outbox.with(|rows| rows.iter().map(|row| (row.key, row.clone())).collect());
        let received = app.receipts.with(|receipts| receipts.iter().map(|receipt| (receipt.key, receipt.at)).collect());
        let held = app.held.with(|held| held.iter().copied().collect());
        let seat = app.seat.get().map(|seat| seat.region);
        Self { rows, received, held, link: app.link.get(), seat }
    }

    /// Whether it is in the outbox or has a receipt.
    pub fn knows(&self, event: EventId) -> bool {
        let any = OutboxKey { event, part: None }..=OutboxKey { event, part: Some(u8::MAX) };
        self.rows.range(any.clone()).next().is_some() || self.received.range(any).next().is_some()
    }

    /// Whether it is in the outbox.
    pub fn waits(&self, event: EventId) -> bool {
        self.rows.contains_key(&OutboxKey { event, part: None })
    }

    /// Where it stands.
    pub fn of(&self, key: OutboxKey) -> Stand {
        if let Some(&at) = self.received.get(&key) {
            return Stand::AtHub(at);
        }
        match self.rows.get(&key) {
            None => Stand::Kept,
            Some(row) => match &row.fate {
                Fate::Sending => Stand::Sending,
                Fate::Refused { code, reason, .. } => Stand::Refused { code: code.clone(), reason: reason.clone() },
                Fate::Waiting => Stand::Waiting(self.why(row)),
            },
        }
    }

    /// What only a person can change comes first, then the link, then the time of the next try.
    fn why(&self, row: &OutboxRow) -> Why {
        if let Some(held) = self.held_back(row) {
            return Why::Held(held);
        }
        match self.link {
            Link::Offline { .. } => Why::Offline,
            Link::HubAway => Why::HubAway,
            Link::SeatRefused => Why::SeatRefused,
            Link::SignedOut => Why::SignedOut,
            Link::Connecting | Link::Reached if row.attempts > 0 && row.next_try.0 > 0 => Why::Again(row.next_try),
            Link::Connecting | Link::Reached => Why::Soon,
        }
    }

    /// By what is known here, since the last round may be long ago; else by that round.
    fn held_back(&self, row: &OutboxRow) -> Option<Held> {
        let Some(region) = self.seat else { return Some(Held::NoSeat) };
        if region != row.region {
            return Some(Held::OtherRegion);
        }
        match row.key.part {
            Some(_) if self.rows.contains_key(&OutboxKey { part: None, ..row.key }) => Some(Held::EventFirst),
            _ => self.held.get(&row.key).copied().filter(|held| matches!(held, Held::OtherNode | Held::NoReader)),
        }
    }
}

/// The hub's reason in plain words, and what can be done.
pub fn refusal_words(code: &str) -> (Words, Words) {
    match code {
        "kind" => (words::REFUSED_KIND, words::REFUSED_KIND_DO),
        "node" => (words::REFUSED_NODE, words::REFUSED_NODE_DO),
        "account" => (words::REFUSED_ACCOUNT, words::REFUSED_ACCOUNT_DO),
        "shape" => (words::REFUSED_SHAPE, words::REFUSED_SHAPE_DO),
        "size" => (words::REFUSED_SIZE, words::REFUSED_SIZE_DO),
        "deleted" => (words::REFUSED_DELETED, words::REFUSED_DELETED_DO),
        "expired" => (words::REFUSED_EXPIRED, words::REFUSED_EXPIRED_DO),
        "malformed" => (words::REFUSED_MALFORMED, words::REFUSED_MALFORMED_DO),
        _ => (words::REFUSED_OTHER, words::REFUSED_OTHER_DO),
    }
}

/// The fate as a pill.
#[component]
pub fn FatePill(stand: Stand) -> impl IntoView {
    let app = use_app();
    let class = match stand {
        Stand::Waiting(_) => "pill waiting",
        Stand::Sending => "pill sending",
        Stand::AtHub(_) => "pill at-hub",
        Stand::Refused { .. } => "pill refused",
        Stand::Kept => "pill kept",
    };
    view! { <span class=class>{move || pill_words(&stand).get(app.language.get())}</span> }
}

fn pill_words(stand: &Stand) -> Words {
    match stand {
        Stand::Waiting(Why::Offline | Why::HubAway) => words::WAITING_NETWORK,
        Stand::Waiting(_) => words::WAITING,
        Stand::Sending => words::SENDING,
        Stand::AtHub(_) => words::AT_HUB,
        Stand::Refused { .. } => words::REFUSED,
        Stand::Kept => words::KEPT,
    }
}

/// The fate in a sentence; nothing where the pill says all.
pub fn stand_words(stand: &Stand, language: Language, now: Millis) -> Option<String> {
    match stand {
        Stand::Waiting(why) => Some(why.words(language, now)),
        Stand::Sending => None,
        Stand::AtHub(at) => Some(words::received_at(language, &time::day_and_time(*at, now))),
        Stand::Refused { code, .. } => Some(refusal_words(code).0.get(language).to_owned()),
        Stand::Kept => Some(words::KEPT_NOTE.get(language).to_owned()),
    }
}
