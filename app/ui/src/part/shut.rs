//! What is said of a place that takes nobody: not to go there, and which place is the next.

use super::dial::{minutes_by, wind};
use super::icon::Icon;
use crate::locale::going as words;
use crate::page::find::ask::Ask;
use crate::page::find::listing::list;
use crate::state::use_app;
use crate::words::t;
use civmesh_domain::id::NodeId;
use civmesh_domain::information::status::{self, NodeState, StatusView};
use civmesh_domain::text::Text;
use civmesh_domain::unit::Metres;
use leptos::prelude::*;
use leptos_router::components::A;
use std::sync::Arc;

/// Where to go instead.
#[derive(Clone, PartialEq)]
struct Instead {
    node: NodeId,
    name: Text,
    minutes: Option<u32>,
    bearing: u16,
}

/// The notice at a place that is known to be shut; nothing at any other. In `short` it takes little room.
#[component]
pub fn TakesNobody(node: NodeId, ask: Ask, #[prop(optional)] short: bool) -> impl IntoView {
    let app = use_app();
    let id = node.clone();
    let shut = Memo::new(move |_| {
        let status = app.statuses.with(|board| StatusView::of(board.get(&id)?, app.now.get()))?;
        status.is_known_shut().then_some(status.state)
    });
    let query = ask.kept();
    let elsewhere = format!("/{query}");
    let instead = Memo::new(move |_| {
        shut.get()?;
        let views = app.statuses.with(|board| Arc::new(status::views(board, app.now.get())));
        let spot = list(app, &ask, &views).answer?;
        let region = app.region.get()?;
        let found = region.nodes().get(spot.at).filter(|found| found.id != node)?;
        let minutes = minutes_by(spot.way, Metres(spot.metres));
        Some(Instead { node: found.id.clone(), name: found.name.clone(), minutes, bearing: spot.bearing })
    });
    move || {
        let (query, elsewhere) = (query.clone(), elsewhere.clone());
        shut.get().map(|state| {
            let title = if state == NodeState::Full { words::FULL } else { words::SHUT };
            if short {
                return view! { <p class="error"><Icon name="alert" />{t(title)}</p>{move || instead.get().map(|instead| view! { <Next instead query=query.clone() /> })} }
                    .into_any();
            }
            view! {
                <div class="notice danger" role="alert">
                    <Icon name="alert" />
                    <div class="grow">
                        <b>{t(title)}</b><br />
                        {move || match instead.get() {
                            Some(instead) => view! { <Next instead query=query.clone() /> }.into_any(),
                            None => view! { {t(words::SHUT_NOTE)} }.into_any(),
                        }}
                        <p><A href=elsewhere>{t(words::OTHER_PLACES)}</A></p>
                    </div>
                </div>
            }
            .into_any()
        })
    }
}

#[component]
fn Next(instead: Instead, query: String) -> impl IntoView {
    let app = use_app();
    let to = format!("/going/{}{query}", instead.node);
    let said = move || {
        let language = app.language.get();
        let (name, way) = (instead.name.get(language), wind(instead.bearing).get(language));
        match instead.minutes {
            Some(minutes) => words::next_is(language, name, minutes, way),
            None => words::next_lies(language, name, way),
        }
    };
    view! {
        <span>{said}</span>
        <span class="buttons"><A href=to attr:class="button primary"><Icon name="walk" />{t(words::GO_INSTEAD)}</A></span>
    }
}
