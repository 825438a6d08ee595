//! The headers that guard the app: a strict content security policy and its companions.

use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use data_encoding::BASE64;
use sha2::{Digest, Sha256};

/// The content security policy for a page with these inline scripts.
///
/// Workers follow the policy of their own script, so every answer has one; `'wasm-unsafe-eval'` is what WebAssembly needs.
pub fn content_security_policy(page: &str) -> String {
    let hashes: String = inline_scripts(page).map(|script| format!(" 'sha256-{}'", BASE64.encode(&Sha256::digest(script)))).collect();
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{hashes}; style-src 'self'; img-src 'self' blob: data:; \
         connect-src 'self'; worker-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    )
}

/// The texts of the scripts that stand in the page itself.
fn inline_scripts(page: &str) -> impl Iterator<Item = &str> {
    page.split("<script").skip(1).filter_map(|rest| {
        let (tag, rest) = rest.split_once('>')?;
        let (text, _) = rest.split_once("</script")?;
        let has_source = tag.split_whitespace().any(|attribute| attribute.starts_with("src="));
        (!has_source && !text.is_empty()).then_some(text)
    })
}

/// Adds what every answer has.
pub fn guard(headers: &mut HeaderMap, policy: &str) {
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
    for (name, value) in plain {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(policy) = HeaderValue::from_str(policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_scripts_get_their_hash_and_others_none() {
        let page = "<script type=\"module\">a()</script><script src=\"/x.js\"></script><script defer src=/y.js></script>";
        assert_eq!(inline_scripts(page).collect::<Vec<_>>(), ["a()"]);
        // `printf 'a()' | openssl dgst -sha256 -binary | base64`
        assert!(content_security_policy(page).contains("'wasm-unsafe-eval' 'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4=';"));
        assert!(!content_security_policy("<p>").contains("sha256"));
    }

    #[test]
    fn nothing_inline_is_allowed_by_the_policy() {
        assert!(!content_security_policy("").contains("unsafe-inline"));
    }
}
