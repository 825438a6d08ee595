//! A QR code, drawn as one path: always dark on white, whatever the theme.

use leptos::prelude::*;
use qrcode::{Color, EcLevel, QrCode};

/// Beyond so many characters a code has the lowest level of error correction.
const LONG: usize = 400;

/// A code that holds `text`; nothing where it is too long for one.
#[component]
pub fn Qr(
    /// What the code holds.
    #[prop(into)]
    text: String,
    /// What a screen reader says of it.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let drawn = draw(&text);
    drawn.map(|(width, path)| {
        view! {
            <div class="qr">
                <svg viewBox=format!("0 0 {width} {width}") role="img" aria-label=move || label.get()>
                    <path fill="currentColor" d=path />
                </svg>
            </div>
        }
    })
}

/// The width in modules, and a path over the dark ones, a stretch at a time.
fn draw(text: &str) -> Option<(usize, String)> {
    // A long code on a clean screen is read better with larger modules than with more of them.
    let level = if text.len() > LONG { EcLevel::L } else { EcLevel::M };
    let code = QrCode::with_error_correction_level(text, level).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (row, colors) in code.to_colors().chunks(width).enumerate() {
        let mut column = 0;
        for stretch in colors.chunk_by(|a, b| a == b) {
            if stretch[0] == Color::Dark {
                path.push_str(&format!("M{column} {row}h{0}v1h-{0}z", stretch.len()));
            }
            column += stretch.len();
        }
    }
    Some((width, path))
}

#[cfg(test)]
mod tests {
    use super::draw;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_code_begins_with_the_corner_that_scanners_look_for() {
        let (width, path) = draw("CIVMESH1").unwrap();
        assert_eq!(width, 21);
        assert!(path.starts_with("M0 0h7v1h-7z"), "{path}");
        assert!(draw(&"x".repeat(5_000)).is_none());
    }
}
