//! What the screens show: a view of the store, which is the truth. After each command and each sync the view reads anew what changed.

pub mod appearance;
pub mod boot;
pub mod clock;
pub mod corrected;
pub mod danger;
pub mod foot;
pub mod going;
pub mod ground;
pub mod household;
pub mod keeping;
pub mod keys;
pub mod later;
pub mod names;
pub mod origin;
pub mod packs;
pub mod preference;
pub mod profile;
pub mod region;
pub mod round;
pub mod seat;
pub mod signer;
pub mod sops;
pub mod sync;
pub mod turns;
pub mod update;
pub mod view;

use crate::device::time;
use crate::words::Words;
use appearance::Theme;
use civmesh_domain::event::Mode;
use civmesh_domain::fold::Judged;
use civmesh_domain::id::{DeviceKey, NodeId};
use civmesh_domain::personnel::profile::Profiles;
use civmesh_domain::sop::procedure::Procedure;
use civmesh_domain::spatial::danger::Area;
use civmesh_domain::text::Language;
use civmesh_domain::unit::Millis;
use civmesh_store::health::Health;
use civmesh_store::phone::PhoneStore;
use civmesh_store::record::{Fate, OutboxKey, OutboxRow, Receipt};
use civmesh_sync::clock::stored_offset;
use civmesh_sync::held::HeldSeat;
use civmesh_sync::seat::Held;
use foot::OnFoot;
use keeping::Loss;
use leptos::prelude::*;
use names::Names;
use origin::Origin;
use profile::{Access, Vault};
use region::Region;
use std::collections::BTreeSet;
use std::sync::Arc;
use sync::Driver;
use update::Shell;
use view::{Holders, Reading, StatusBoard};

/// How the phone stands to the hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// Not known yet.
    Connecting,
    /// The hub answered last time it was asked.
    Reached,
    /// No network since then.
    Offline {
        /// Since when.
        since: Millis,
    },
    /// There is a network, but the hub does not answer.
    HubAway,
    /// The session has ended, and the password lies behind the PIN.
    SignedOut,
    /// The hub does not accept the seat.
    SeatRefused,
}

/// What stands in the way of showing a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// There is no region pack here and none can be fetched.
    NoRegion,
    /// The region pack that is here can't be read.
    RegionDamaged,
}

/// The state of the app. Cheap to copy: it holds signals only.
#[derive(Clone, Copy)]
pub struct AppState {
    /// The language.
    pub language: RwSignal<Language>,
    /// Light, dark, or as the phone has it.
    pub theme: RwSignal<Theme>,
    /// The time by the phone's clock, renewed every few seconds.
    pub now: RwSignal<Millis>,
    /// What stands in the way, if anything.
    pub trouble: RwSignal<Option<Trouble>>,
    /// How the store fares: whether what is written is kept.
    pub health: RwSignal<Health>,
    /// What was lost, until a person has read it.
    pub loss: RwSignal<Option<Loss>>,
    /// The region, once its pack is read.
    pub region: RwSignal<Option<Arc<Region>>>,
    /// Its procedures; `None` until they are read.
    pub sops: RwSignal<Option<Arc<Vec<Procedure>>>>,
    /// Where distances are measured from.
    pub origin: RwSignal<Option<Origin>>,
    /// The ways on foot from there, once the region's ground is open; `None` where it has none.
    pub on_foot: RwSignal<Option<OnFoot>, LocalStorage>,
    /// Whether the store was read at least once: before that, nothing here means not known yet.
    pub loaded: RwSignal<bool>,
    /// All events of the region that are here, with what is thought of each.
    pub judged: RwSignal<Arc<Vec<Judged>>>,
    /// Who holds a credential, by their highest role: enough to say by whom something was said.
    pub holders: RwSignal<Arc<Holders>>,
    /// The names of those who speak here, as far as this phone may read them.
    pub names: RwSignal<Arc<Names>>,
    /// What each node says of itself, by the fold.
    pub statuses: RwSignal<Arc<StatusBoard>>,
    /// All areas that were declared dangerous or closed, by clock.
    pub declared: RwSignal<Arc<Vec<Area>>>,
    /// Those of them that stand now.
    pub standing: RwSignal<Arc<Vec<Area>>>,
    /// The nodes that lie in what is dangerous or closed now.
    pub endangered: RwSignal<Arc<BTreeSet<NodeId>>>,
    /// The outbox.
    pub outbox: RwSignal<Arc<Vec<OutboxRow>>>,
    /// The hub's receipts.
    pub receipts: RwSignal<Arc<Vec<Receipt>>>,
    /// The seat, if one was taken up on this phone.
    pub seat: RwSignal<Option<Arc<HeldSeat>>>,
    /// Whether what staff do is open to whoever has the phone in hand.
    pub access: RwSignal<Access>,
    /// The profiles of this phone.
    pub profiles: RwSignal<Option<Arc<Profiles>>>,
    /// The key with which this phone signs; `None` before the first need of one.
    pub me: RwSignal<Option<DeviceKey>>,
    /// How the phone stands to the hub.
    pub link: RwSignal<Link>,
    /// The hub's clock minus the phone's, in milliseconds.
    pub clock_offset: RwSignal<i64>,
    /// The same as it was when a hub last answered in an earlier session.
    pub earlier_offset: RwSignal<Option<i64>>,
    /// A short word at the bottom, with its number.
    pub toast: RwSignal<Option<(u32, Words)>>,
    /// How the installed version stands to the newest one.
    pub update: RwSignal<Shell>,
    /// The nodes whose names, words and photos a coordinator asked for, for as long as the app is open.
    pub looked_into: RwSignal<BTreeSet<NodeId>>,
    /// What waits for something other than the hub, and for what.
    pub held: RwSignal<Arc<Vec<(OutboxKey, Held)>>>,
    /// What this phone can open, and to whom it seals.
    pub keys: StoredValue<Arc<keys::Keys>, LocalStorage>,
    vault: StoredValue<Vault, LocalStorage>,
    tabs: StoredValue<Option<web_sys::BroadcastChannel>, LocalStorage>,
    driver: StoredValue<Driver, LocalStorage>,
    reading: StoredValue<Reading, LocalStorage>,
    store: StoredValue<Option<PhoneStore>, LocalStorage>,
}

/// The state of the app, from anywhere inside it.
pub fn use_app() -> AppState {
    expect_context()
}

/// Starts all that has to do with records: what is in the store, and syncing.
pub async fn start(app: AppState) {
    if let Some(store) = app.store() {
        // Before anything can be written.
        app.earlier_offset.set(stored_offset(&store).await.ok().flatten());
        profile::begin(app, &store).await;
        keeping::look_for_losses(app, &store).await;
    } else {
        app.access.set(Access::Free);
    }
    // What can't be read now is read with the next change.
    let _later = view::read(app).await;
    app.loaded.set(true);
    sops::follow(app);
    danger::follow(app);
    foot::follow(app);
    sync::start(app);
    packs::take_offered(app).await;
}

impl AppState {
    /// The state at the very start: preferences are there, the rest follows.
    pub fn new() -> Self {
        Self {
            language: RwSignal::new(preference::language()),
            theme: RwSignal::new(preference::theme()),
            now: RwSignal::new(time::now()),
            trouble: RwSignal::new(None),
            health: RwSignal::default(),
            loss: RwSignal::new(None),
            region: RwSignal::new(None),
            sops: RwSignal::new(None),
            origin: RwSignal::new(preference::origin()),
            on_foot: RwSignal::new_local(None),
            loaded: RwSignal::new(false),
            judged: RwSignal::default(),
            holders: RwSignal::default(),
            names: RwSignal::default(),
            statuses: RwSignal::default(),
            declared: RwSignal::default(),
            standing: RwSignal::default(),
            endangered: RwSignal::default(),
            outbox: RwSignal::default(),
            receipts: RwSignal::default(),
            seat: RwSignal::new(None),
            access: RwSignal::default(),
            profiles: RwSignal::new(None),
            me: RwSignal::new(None),
            link: RwSignal::new(Link::Connecting),
            clock_offset: RwSignal::new(0),
            earlier_offset: RwSignal::new(None),
            toast: RwSignal::new(None),
            update: RwSignal::new(Shell::default()),
            looked_into: RwSignal::default(),
            held: RwSignal::default(),
            keys: StoredValue::new_local(Arc::default()),
            vault: StoredValue::new_local(Vault::default()),
            tabs: StoredValue::new_local(None),
            driver: StoredValue::new_local(Driver::default()),
            reading: StoredValue::new_local(Reading::default()),
            store: StoredValue::new_local(None),
        }
    }

    /// The store; `None` before it is open, or where the browser keeps no data.
    pub fn store(self) -> Option<PhoneStore> {
        self.store.get_value()
    }

    /// Gives the state its store.
    pub fn set_store(self, store: PhoneStore) {
        self.store.set_value(Some(store));
    }

    /// Whether this region is an exercise.
    pub fn is_exercise(self) -> bool {
        self.region.with(|region| region.as_ref().is_some_and(|region| region.manifest.mode != Mode::Real))
    }

    /// How many things are not at the hub yet, refused ones included.
    pub fn unsent(self) -> usize {
        self.outbox.with(|rows| rows.len())
    }

    /// How many things the hub refused.
    pub fn refused(self) -> usize {
        self.outbox.with(|rows| rows.iter().filter(|row| matches!(row.fate, Fate::Refused { .. })).count())
    }

    /// Whether anything ever reached the hub from here.
    pub fn has_receipts(self) -> bool {
        self.receipts.with(|receipts| !receipts.is_empty())
    }

    /// Whether a person must do something.
    pub fn is_in_trouble(self) -> bool {
        self.refused() > 0 || self.link.get() == Link::SeatRefused || clock::off(self).is_some() || self.is_not_kept()
    }

    /// Whether what is written now is not kept, or is not written at all.
    pub fn is_not_kept(self) -> bool {
        let health = self.health.get();
        health.fleeting.is_some() || health.full || health.unreachable || health.newer || health.outdated || health.blocked
    }

    /// Where a node stands in the region's registry.
    pub fn node_name(self, id: &NodeId) -> String {
        let language = self.language.get();
        self.region.with(|region| {
            let node = region.as_ref().and_then(|region| region.node(id));
            node.map_or_else(|| id.to_string(), |node| node.name.get(language).to_owned())
        })
    }
}
