//! The headers that guard the app: a strict content security policy and its companions.

use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};

/// The content security policy of the app's files. No script inside a page is allowed (`tools/start.mjs` sees to it that none is needed).
///
/// Workers follow the policy of their own script, so every answer has one; `'wasm-unsafe-eval'` is what WebAssembly needs.
pub const APP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; \
     connect-src 'self'; worker-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
/// The policy of what a hub answers: it is data and no page.
pub const HUB: &str = "default-src 'none'; frame-ancestors 'none'";

/// Adds what every answer has.
pub fn guard(headers: &mut HeaderMap, policy: &'static str) {
    let plain = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("permissions-policy"),
            "geolocation=(self), camera=(self), screen-wake-lock=(self), microphone=(), payment=(), usb=(), serial=()",
        ),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in plain.into_iter().chain([(header::CONTENT_SECURITY_POLICY, policy)]) {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
