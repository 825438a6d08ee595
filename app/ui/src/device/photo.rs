//! Photos, scaled down on the phone before they are kept.

use leptos::prelude::{document, window};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The longer side of a kept photo, in pixels: enough to see a crack in a wall.
const LONGER_SIDE: f64 = 1280.0;
/// The most a kept photo may weigh, in bytes.
const HEAVIEST: usize = 300 * 1024;

/// Scales a picture down and encodes it as JPEG; `None` for what is no picture.
pub async fn scale(file: &web_sys::File) -> Option<Vec<u8>> {
    let bitmap: web_sys::ImageBitmap =
        JsFuture::from(window().create_image_bitmap_with_blob(file).ok()?).await.ok()?.unchecked_into();
    let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let mut side = LONGER_SIDE.min(width.max(height));
    // A photo of leaves or gravel stays heavy; smaller is better than not at all.
    for _ in 0..4 {
        let bytes = encode(&bitmap, width, height, side)?;
        if bytes.len() <= HEAVIEST {
            return Some(bytes);
        }
        side *= 0.7;
    }
    None
}

fn encode(bitmap: &web_sys::ImageBitmap, width: f64, height: f64, side: f64) -> Option<Vec<u8>> {
    let scale = side / width.max(height).max(1.0);
    let canvas: web_sys::HtmlCanvasElement = document().create_element("canvas").ok()?.unchecked_into();
    canvas.set_width((width * scale).round().max(1.0) as u32);
    canvas.set_height((height * scale).round().max(1.0) as u32);
    let context: web_sys::CanvasRenderingContext2d = canvas.get_context("2d").ok()??.unchecked_into();
    let (to_width, to_height) = (f64::from(canvas.width()), f64::from(canvas.height()));
    context.draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, to_width, to_height).ok()?;
    let address = canvas.to_data_url_with_type_and_encoder_options("image/jpeg", &JsValue::from_f64(0.7)).ok()?;
    let base64 = address.strip_prefix("data:image/jpeg;base64,")?;
    let binary = window().atob(base64).ok()?;
    Some(binary.chars().map(|byte| byte as u8).collect())
}
