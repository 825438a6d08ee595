//! Who holds a credential, and taking it away from a phone that is lost.

use super::{is_coordinator, places};
use crate::command::invite::{believed_of, revoke, trust};
use crate::device::time;
use crate::locale::{common, domain, people as words};
use crate::part::sheet::Sheet;
use crate::part::toast;
use crate::state::{AppState, names, use_app};
use crate::words::{Words, t};
use civmesh_domain::id::DeviceKey;
use civmesh_domain::personnel::credential::Grant;
use civmesh_domain::unit::Millis;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// So many are listed at once; the search finds the rest.
const LISTED: usize = 40;

/// Somebody with a credential.
#[derive(Clone, PartialEq)]
struct Holder {
    grant: Grant,
    name: Option<String>,
    is_revoked: bool,
}

/// The question whether a phone is to be revoked. Cheap to copy.
#[derive(Clone, Copy)]
struct Revoking {
    open: RwSignal<bool>,
    holder: RwSignal<Option<Holder>>,
}

impl Revoking {
    fn ask(self, holder: Holder) {
        self.holder.set(Some(holder));
        self.open.set(true);
    }
}

/// All of them, with a search.
#[component]
pub fn Holders() -> impl IntoView {
    let app = use_app();
    let typed = RwSignal::new(String::new());
    let revoking = Revoking { open: RwSignal::new(false), holder: RwSignal::new(None) };
    let read = LocalResource::new(move || {
        app.judged.track();
        app.region.track();
        app.loaded.track();
        read(app)
    });
    let all = Memo::new(move |before: Option<&Option<Vec<Holder>>>| read.get().or_else(|| before.cloned().flatten()));
    let found = Memo::new(move |_| matching(app, &all.get().unwrap_or_default(), &typed.get()));
    view! {
        <section class="section">
            <h2>{t(words::HOLDERS)}</h2>
            <div class="field">
                <label for="people-search">{t(words::FILTER)}</label>
                <input class="input" id="people-search" type="search" autocomplete="off" on:input=move |event| typed.set(event_target_value(&event)) />
            </div>
            {move || match all.get() {
                None => view! { <p class="note">{t(common::LOADING)}</p> }.into_any(),
                Some(all) if all.is_empty() => view! { <p class="note">{t(words::NOBODY)}</p> }.into_any(),
                Some(_) if found.with(Vec::is_empty) => view! { <p class="note" role="status">{t(words::NOT_FOUND)}</p> }.into_any(),
                Some(_) => view! {
                    <ul class="rows">
                        {found.get().into_iter().map(|holder| view! { <Row holder revoking /> }).collect_view()}
                    </ul>
                }.into_any(),
            }}
        </section>
        <Revoke revoking />
    }
}

async fn read(app: AppState) -> Vec<Holder> {
    let Some(store) = app.store() else { return Vec::new() };
    let Some(trust) = trust(app, &store).await else { return Vec::new() };
    let given = app.judged.with_untracked(|judged| names::given(judged));
    let mut holders = Vec::new();
    for (device, credentials) in trust.holders() {
        let Some(credential) = credentials.into_iter().max_by_key(|credential| credential.grant.until) else { continue };
        let name = match given.get(device) {
            Some(given) => names::name_of(app, given).await,
            None => None,
        };
        holders.push(Holder { grant: credential.grant.clone(), name, is_revoked: trust.is_revoked_device(device) });
    }
    // Those with names first, then by role, the highest first.
    holders.sort_by(|a, b| {
        let key = |holder: &Holder| (holder.name.is_none(), holder.name.clone(), std::cmp::Reverse(holder.grant.roles.iter().max()));
        key(a).cmp(&key(b)).then(a.grant.device.cmp(&b.grant.device))
    });
    holders
}

fn role_of(grant: &Grant) -> Words {
    grant.roles.iter().max().map_or(common::UNKNOWN, domain::role)
}

fn matching(app: AppState, all: &[Holder], typed: &str) -> Vec<Holder> {
    let typed = typed.trim().to_lowercase();
    let fits = |holder: &&Holder| {
        let role = role_of(&holder.grant);
        let said = [holder.name.clone().unwrap_or_default(), places(app, &holder.grant.scope), role.zh.to_owned(), role.en.to_owned()];
        typed.is_empty() || said.iter().any(|said| said.to_lowercase().contains(&typed)) || short(&holder.grant.device).contains(&typed)
    };
    all.iter().filter(fits).take(LISTED).cloned().collect()
}

/// The beginning of a key, as people compare it.
fn short(device: &DeviceKey) -> String {
    device.to_string().chars().take(10).collect()
}

/// What stands against the credential now.
fn objection(holder: &Holder, now: Millis) -> Option<Words> {
    match () {
        () if holder.is_revoked => Some(words::REVOKED),
        () if now >= holder.grant.until => Some(words::OVER),
        () if now < holder.grant.from => Some(words::NOT_YET),
        () => None,
    }
}

#[component]
fn Row(holder: Holder, revoking: Revoking) -> impl IntoView {
    let app = use_app();
    let grant = holder.grant.clone();
    let (scope, until, device) = (grant.scope.clone(), grant.until, grant.device);
    let named = holder.name.clone();
    let asked = holder.clone();
    let may_revoke = move || is_coordinator(app) && !asked.is_revoked && !asked.grant.may_grant && app.me.get() != Some(device);
    let to_revoke = holder.clone();
    let bad = holder.is_revoked;
    view! {
        <li>
            <details class="holder">
                <summary class="row">
                    <span class="grow">
                        <strong class="name">
                            {move || named.clone().unwrap_or_else(|| format!("{} {}", words::NAMELESS.get(app.language.get()), short(&device)))}
                        </strong>
                        <span class="note">{t(role_of(&grant))}" · "{move || places(app, &scope)}</span>
                        <span class="note" class:bad=bad>
                            {move || match objection(&holder, app.now.get()) {
                                Some(words) => words.get(app.language.get()).to_owned(),
                                None => words::until(app.language.get(), &time::day(until)),
                            }}
                        </span>
                    </span>
                </summary>
                <Facts grant=grant.clone() />
                {move || if may_revoke() {
                    let holder = to_revoke.clone();
                    view! {
                        <div class="buttons">
                            <button class="button danger" on:click=move |_| revoking.ask(holder.clone())>{t(words::REVOKE)}</button>
                        </div>
                    }.into_any()
                } else {
                    ().into_any()
                }}
            </details>
        </li>
    }
}

#[component]
fn Facts(grant: Grant) -> impl IntoView {
    let app = use_app();
    let authorities = app.region.with_untracked(|region| region.as_ref().map(|region| region.manifest.authorities()).unwrap_or_default());
    let (issuer, device) = (grant.issuer, grant.device);
    let by_authority = authorities.contains(&issuer);
    let skills: Vec<Words> = grant.skills.iter().map(domain::skill).collect();
    view! {
        <dl class="facts">
            <dt>{t(words::SKILLS)}</dt>
            <dd>
                {move || if skills.is_empty() {
                    words::NO_SKILLS.get(app.language.get()).to_owned()
                } else {
                    skills.iter().map(|skill| skill.get(app.language.get())).collect::<Vec<_>>().join(" / ")
                }}
            </dd>
            <dt>{t(words::GIVEN_BY)}</dt>
            <dd>
                {move || match () {
                    () if by_authority => words::AUTHORITY.get(app.language.get()).to_owned(),
                    () if app.me.get() == Some(issuer) => words::THIS_PHONE.get(app.language.get()).to_owned(),
                    () => short(&issuer),
                }}
            </dd>
            <dt>{t(words::KEY)}</dt>
            <dd>
                <span class="code">{device.to_string()}</span>
                {move || (app.me.get() == Some(device)).then(|| view! { " "<b>{t(words::THIS_PHONE)}</b> })}
            </dd>
            <dt>{t(words::READING_KEY)}</dt>
            <dd class="code">{grant.reading.to_string()}</dd>
        </dl>
        {grant.may_grant.then(|| view! { <p class="note">{t(words::ONLY_AUTHORITY)}</p> })}
    }
}

#[component]
fn Revoke(revoking: Revoking) -> impl IntoView {
    let app = use_app();
    let busy = RwSignal::new(false);
    let Revoking { open, holder } = revoking;
    let device = move || holder.get().map(|holder| holder.grant.device);
    let go = move |_| {
        let Some(device) = device() else { return };
        busy.set(true);
        spawn_local(async move {
            match revoke(app, device).await {
                Ok(()) => toast::show(app, words::REVOKED_NOW),
                Err(failed) => toast::show(app, failed.words()),
            }
            let _gone = (open.try_set(false), busy.try_set(false));
        });
    };
    view! {
        <Sheet open title=words::REVOKE_TITLE id="revoke-title">
            {move || holder.get().map(|holder| view! { <p><b>{holder.name}</b>" "<span class="code">{short(&holder.grant.device)}</span></p> })}
            <p>{t(words::REVOKE_NOTE)}</p>
            {move || device().map(|device| view! { <p>{words::accepted_count(app.language.get(), believed_of(app, &device).len())}</p> })}
            <p class="note">{t(words::REVOKE_HUB)}</p>
            <div class="buttons">
                <button class="button danger primary lead" disabled=move || busy.get() on:click=go>{t(words::REVOKE)}</button>
                <button class="button" on:click=move |_| open.set(false)>{t(common::CANCEL)}</button>
            </div>
        </Sheet>
    }
}
