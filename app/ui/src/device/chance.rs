//! Random bytes from the browser.

use leptos::prelude::window;

/// `N` random bytes; `None` where the browser has no source of chance, and then nothing may be signed.
pub fn random<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    window().crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
}
