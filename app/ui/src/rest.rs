//! The rest of the app: all that the first screen can be drawn without, in a WASM module of its own. The first screen is there sooner on
//! a poor line; the rest is fetched right after it, and the service worker keeps both. Whatever is reached only from here is in the
//! second module: the build splits what the compiler wrote (tools/split.mjs).

use crate::page::{
    about, badge, check_in, checklist, correction, coverage, danger, going, invite, join, lock::Guarded, map, more, node, people, place,
    profiles, record, records, region, report, run, seat, status, upkeep, zone,
};
use crate::part::keeping;
use crate::state::{self, AppState};
use futures::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

/// The screens after the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// A place chosen by name.
    Place,
    /// The map.
    Map,
    /// One node.
    Node,
    /// On the way to a node.
    Going,
    /// Checking in and out, and who is there.
    CheckIn,
    /// The procedures of a node.
    Checklist,
    /// A procedure that runs.
    Run,
    /// A report.
    Report,
    /// What a node says of itself.
    Status,
    /// All records of this phone.
    Records,
    /// One record.
    Record,
    /// All the rest.
    More,
    /// The seat.
    Seat,
    /// Answering an invitation.
    Join,
    /// Who may say what.
    People,
    /// Inviting somebody.
    Invite,
    /// An invitation on its way.
    Invited,
    /// Showing who one is, and checking somebody.
    Badge,
    /// Who shares this phone.
    Profiles,
    /// The regions on this phone.
    Region,
    /// Whom the nodes reach.
    Coverage,
    /// The plan of a pilot zone.
    Zone,
    /// Saying that a place is wrong, and deciding about it.
    Correction,
    /// What is dangerous or closed now.
    Danger,
    /// Declaring something dangerous or closed.
    Declare,
    /// How ready nodes are.
    Upkeep,
    /// What this app is.
    About,
    /// No screen of its own: what every screen says of a phone that keeps nothing.
    Keeping,
}

/// Draws a screen.
#[wasm_split(rest, wasm_split_path = leptos::wasm_split, fallible)]
pub fn draw(screen: Screen) -> Result<AnyView, SplitLoaderError> {
    Ok(match screen {
        Screen::Place
        | Screen::Map
        | Screen::Node
        | Screen::Going
        | Screen::More
        | Screen::Region
        | Screen::Coverage
        | Screen::Zone
        | Screen::Danger
        | Screen::About
        | Screen::Keeping => of(screen),
        // What staff do is behind the PIN, where there is one.
        _ => view! { <Guarded screen=move || of(screen) /> }.into_any(),
    })
}

fn of(screen: Screen) -> AnyView {
    match screen {
        Screen::Place => view! { <place::ChoosePlace /> }.into_any(),
        Screen::Map => view! { <map::MapPage /> }.into_any(),
        Screen::Node => view! { <node::NodePage /> }.into_any(),
        Screen::Going => view! { <going::Going /> }.into_any(),
        Screen::CheckIn => view! { <check_in::CheckInPage /> }.into_any(),
        Screen::Checklist => view! { <checklist::Checklist /> }.into_any(),
        Screen::Run => view! { <run::RunPage /> }.into_any(),
        Screen::Report => view! { <report::ReportPage /> }.into_any(),
        Screen::Status => view! { <status::StatusPage /> }.into_any(),
        Screen::Records => view! { <records::Records /> }.into_any(),
        Screen::Record => view! { <record::RecordPage /> }.into_any(),
        Screen::More => view! { <more::More /> }.into_any(),
        Screen::Seat => view! { <seat::SeatPage /> }.into_any(),
        Screen::Join => view! { <join::Join /> }.into_any(),
        Screen::People => view! { <people::People /> }.into_any(),
        Screen::Invite => view! { <invite::Invite /> }.into_any(),
        Screen::Invited => view! { <invite::Invited /> }.into_any(),
        Screen::Badge => view! { <badge::BadgePage /> }.into_any(),
        Screen::Profiles => view! { <profiles::ProfilesPage /> }.into_any(),
        Screen::Region => view! { <region::RegionPage /> }.into_any(),
        Screen::Coverage => view! { <coverage::CoveragePage /> }.into_any(),
        Screen::Zone => view! { <zone::ZonePage /> }.into_any(),
        Screen::Correction => view! { <correction::CorrectionPage /> }.into_any(),
        Screen::Danger => view! { <danger::Dangers /> }.into_any(),
        Screen::Declare => view! { <danger::DeclarePage /> }.into_any(),
        Screen::Upkeep => view! { <upkeep::UpkeepPage /> }.into_any(),
        Screen::About => view! { <about::About /> }.into_any(),
        Screen::Keeping => view! { <keeping::Notices /> }.into_any(),
    }
}

/// Mends a damaged database: whether that succeeded.
#[wasm_split(rest, wasm_split_path = leptos::wasm_split, fallible)]
fn mend_database() -> Result<LocalBoxFuture<'static, bool>, SplitLoaderError> {
    Ok(Box::pin(async { civmesh_store::idb::mend(civmesh_store::idb::NAME).await.is_ok() }))
}

/// Mends a damaged database, if the rest of the app is here; whether that succeeded.
pub async fn mend() -> bool {
    match mend_database().await {
        Ok(mended) => mended.await,
        Err(_) => false,
    }
}

/// Starts all that has to do with records: what is in the store, and syncing.
#[wasm_split(rest, wasm_split_path = leptos::wasm_split, fallible)]
pub fn start(app: AppState) -> Result<LocalBoxFuture<'static, ()>, SplitLoaderError> {
    Ok(Box::pin(state::start(app)))
}
