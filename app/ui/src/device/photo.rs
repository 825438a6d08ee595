//! Photos, scaled down on the phone before they are kept.

use leptos::prelude::{document, window};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap};

/// The longer side of a kept photo, in pixels: enough to see a crack in a wall.
const LONGER_SIDE: f64 = 1280.0;
/// The most a kept photo may weigh, in bytes.
const HEAVIEST: usize = 300 * 1024;

/// Scales a picture down and encodes it as JPEG; `None` for what is no picture.
pub async fn scale(file: &web_sys::File) -> Option<Vec<u8>> {
    let bitmap = read(file).await?;
    let mut side = LONGER_SIDE.min(longer_side(&bitmap));
    // A photo of leaves or gravel stays heavy; smaller is better than not at all.
    for _ in 0..4 {
        let bytes = encode(&draw(&bitmap, side)?.0)?;
        if bytes.len() <= HEAVIEST {
            return Some(bytes);
        }
        side *= 0.7;
    }
    None
}

/// The picture in a file; `None` for what is no picture.
pub async fn read(file: &web_sys::File) -> Option<ImageBitmap> {
    let promise = window().create_image_bitmap_with_blob(file).ok()?;
    Some(JsFuture::from(promise).await.ok()?.unchecked_into())
}

/// The longer side of a picture, in pixels.
pub fn longer_side(bitmap: &ImageBitmap) -> f64 {
    f64::from(bitmap.width().max(bitmap.height()))
}

/// Draws a picture with its longer side as long as `side`, in pixels.
pub fn draw(bitmap: &ImageBitmap, side: f64) -> Option<(HtmlCanvasElement, CanvasRenderingContext2d)> {
    let scale = side / longer_side(bitmap).max(1.0);
    let scaled = |length: u32| (f64::from(length) * scale).round().max(1.0);
    let (width, height) = (scaled(bitmap.width()), scaled(bitmap.height()));
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.unchecked_into();
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.unchecked_into();
    context.draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, width, height).ok()?;
    Some((canvas, context))
}

fn encode(canvas: &HtmlCanvasElement) -> Option<Vec<u8>> {
    let address = canvas.to_data_url_with_type_and_encoder_options("image/jpeg", &JsValue::from_f64(0.7)).ok()?;
    let base64 = address.strip_prefix("data:image/jpeg;base64,")?;
    let binary = window().atob(base64).ok()?;
    Some(binary.chars().map(|byte| byte as u8).collect())
}
