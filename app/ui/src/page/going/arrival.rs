//! The code to show on arrival. Its format stands in `docs/formats/arrival.md`.

use crate::locale::going as words;
use crate::part::icon::Icon;
use crate::part::qr::Qr;
use crate::state::{household, use_app};
use crate::words::t;
use civmesh_domain::id::{NodeId, RegionId};
use civmesh_domain::text::to_base32;
use leptos::prelude::*;

/// The code, once the household's token is there.
#[component]
pub fn Arrival(node: NodeId) -> impl IntoView {
    let app = use_app();
    let token = LocalResource::new(move || household::token(app));
    let label = Signal::derive(move || words::ARRIVAL_CODE.get(app.language.get()).to_owned());
    let code = move || {
        let region = app.region.get()?.manifest.region;
        Some(token.get()?.map(|token| arrival_text(&region, &node, &token)))
    };
    view! {
        <section class="section">
            <h2>{t(words::ARRIVAL)}</h2>
            {move || match code() {
                None => ().into_any(),
                Some(Some(text)) => view! { <Qr text label /> <p class="note">{t(words::ARRIVAL_NOTE)}</p> }.into_any(),
                Some(None) => view! { <p class="notice"><Icon name="info" /><span class="grow">{t(words::NO_CODE)}</span></p> }.into_any(),
            }}
        </section>
    }
}

/// The text in the code: all upper case, so that it fits the compact alphanumeric form.
fn arrival_text(region: &RegionId, node: &NodeId, token: &[u8; 16]) -> String {
    format!("CIVMESH1:ARRIVE:{region}:{node}:{}", to_base32(token)).to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_text_is_as_the_format_says() {
        let node: NodeId = "k7w2".parse().unwrap();
        let text = arrival_text(&RegionId([0; 16]), &node, &[255; 16]);
        assert_eq!(text, "CIVMESH1:ARRIVE:00000000000000000000000000:K7W2:ZZZZZZZZZZZZZZZZZZZZZZZZZW");
        assert_eq!(text.split(':').nth(2).and_then(|region| region.to_lowercase().parse().ok()), Some(RegionId([0; 16])));
    }
}
