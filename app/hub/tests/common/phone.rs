//! A phone with a store in memory that syncs with a hub over real HTTP, as the app does.

use super::{PASSWORD, REGION};
use civmesh_domain::body::Body;
use civmesh_domain::clock::Clock;
use civmesh_domain::event::{Core, Event, Mode, signing_message};
use civmesh_domain::governance::Standing;
use civmesh_domain::id::{DeviceKey, EventId};
use civmesh_domain::part::{Content, Envelope, Part, PartKind};
use civmesh_domain::personnel::seat::device_seed;
use civmesh_domain::unit::Millis;
use civmesh_hub::couch::http;
use civmesh_store::Store;
use civmesh_store::memory::MemoryStore;
use civmesh_store::record::Written;
use civmesh_sync::clock::read_date;
use civmesh_sync::engine::{Round, RoundReport, sync_once};
use civmesh_sync::hub::{Hub, Method, Request, Response, Unreachable};
use civmesh_sync::seat::Seat;
use ed25519_dalek::{Signer, SigningKey};
use futures::FutureExt;
use reqwest::Client;
use std::cell::{Cell, RefCell};

/// The way to a hub, with the session's cookie as a browser keeps it.
pub struct Way {
    base: String,
    client: Client,
    cookie: RefCell<Option<String>>,
}

impl Hub for Way {
    async fn send(&self, request: Request) -> Result<Response, Unreachable> {
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
        };
        let lost = |error: reqwest::Error| Unreachable(error.to_string());
        let mut asked = self.client.request(method, format!("{}{}", self.base, request.path));
        if let Some(cookie) = self.cookie.borrow().as_ref() {
            asked = asked.header("cookie", cookie);
        }
        if let Some(body) = request.body {
            asked = asked.header("content-type", "application/json").body(body);
        }
        let answer = asked.send().await.map_err(lost)?;
        if let Some(set) = answer.headers().get("set-cookie").and_then(|set| set.to_str().ok()) {
            *self.cookie.borrow_mut() = set.split(';').next().map(str::to_owned);
        }
        let date = answer.headers().get("date").and_then(|date| date.to_str().ok()).and_then(read_date);
        Ok(Response { status: answer.status().as_u16(), body: answer.text().await.map_err(lost)?, date })
    }
}

/// A phone at `s001`.
pub struct Phone {
    pub store: MemoryStore,
    pub seat: Option<Seat>,
    /// By how much its clock goes ahead.
    pub ahead: Cell<u64>,
}

/// The key of the device that an account's seat has.
pub fn seat_key(account: &str) -> SigningKey {
    SigningKey::from_bytes(&device_seed(&account.parse().unwrap(), PASSWORD))
}

pub fn device(key: &SigningKey) -> DeviceKey {
    DeviceKey(key.verifying_key().to_bytes())
}

/// `core`, as the device with `key` signs it, whoever the core names.
pub fn sign(core: &Core, key: &SigningKey) -> Event {
    let bytes = core.to_bytes().unwrap();
    let signature = key.sign(&signing_message(&bytes)).to_bytes();
    Event::from_parts(bytes, signature).unwrap()
}

impl Phone {
    /// A phone without a seat.
    pub fn anonymous() -> Self {
        Self { store: MemoryStore::new(), seat: None, ahead: Cell::default() }
    }

    /// A phone that took up the seat of one of the accounts.
    pub fn of(account: &str) -> Self {
        let (_, roles) = super::ACCOUNTS.iter().find(|(name, _)| *name == account).unwrap();
        let roles: Vec<String> = roles.iter().map(|&role| role.to_owned()).collect();
        let seat = Seat::new(account.parse().unwrap(), PASSWORD.to_owned(), REGION, &roles);
        Self { seat: Some(seat), ..Self::anonymous() }
    }

    /// One round with the hub at this address.
    pub async fn sync(&self, base: &str) -> RoundReport {
        let way = Way { base: base.trim_end_matches('/').to_owned(), client: http().build().unwrap(), cookie: RefCell::default() };
        self.sync_with(&way).await
    }

    pub async fn sync_with(&self, hub: &impl Hub) -> RoundReport {
        sync_once(Round {
            store: &self.store,
            hub,
            region: REGION,
            seat: self.seat.as_ref(),
            standing: &|_| Standing::Agreed,
            eager: true,
            also: &[],
            now: &|| Millis(super::now().0 + self.ahead.get()),
            random: &mut || 7,
            pause: &|| async {}.boxed_local(),
            progress: &mut |_| (),
        })
        .await
    }

    /// Writes a record about `s001`, with a photo of so many bytes where there are any.
    pub async fn write(&self, body: Body, photo: usize) -> EventId {
        let seat = self.seat.as_ref().unwrap();
        // The same seat may have written on another phone, whose records are here.
        let sequence = self.store.author_state(seat.device).await.unwrap().sequence + 1;
        let content = Content { salt: [3; 16], bytes: vec![9; photo] };
        let core = Core {
            region: REGION,
            mode: Mode::Real,
            activation: None,
            author: seat.device,
            sequence,
            clock: Clock::new(super::now(), sequence as u16),
            node: "s001".parse().unwrap(),
            body,
            parts: (photo > 0).then(|| content.describe(PartKind::Photo)).into_iter().collect(),
        };
        let event = sign(&core, &seat_key(seat.account.as_str()));
        let part = Part { event: event.id, index: 0, kind: PartKind::Photo, envelope: Envelope::Plain(content) };
        let id = event.id;
        let parts = if photo > 0 { vec![part] } else { Vec::new() };
        self.store.write(Written { event, parts, at: Millis(super::now().0), replaces: Vec::new() }).await.unwrap();
        id
    }

    /// The records that are here, whoever wrote them.
    pub async fn events(&self) -> Vec<EventId> {
        self.store.events(REGION, None).await.unwrap().iter().map(|row| row.event.id).collect()
    }

    /// How many things wait, and how many receipts there are.
    pub async fn waiting_and_received(&self) -> (usize, usize) {
        (self.store.outbox().await.unwrap().len(), self.store.receipts().await.unwrap().len())
    }
}
