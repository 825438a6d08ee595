//! Reading a QR code from a photo: works wherever a photo can be taken, with no permission asked in advance.

use super::photo;
use rqrr::PreparedImage;

/// Long sides at which a photo is looked at, in pixels: a small code wants more of them, a large or blurred one fewer.
const SIDES: [f64; 3] = [900.0, 1600.0, 480.0];

/// The text in the first QR code of a picture; `None` where there is none that can be read.
pub async fn read_qr(file: &web_sys::File) -> Option<String> {
    let bitmap = photo::read(file).await?;
    let longest = photo::longer_side(&bitmap);
    SIDES.into_iter().find_map(|side| look(&bitmap, side.min(longest)))
}

fn look(bitmap: &web_sys::ImageBitmap, side: f64) -> Option<String> {
    let (canvas, context) = photo::draw(bitmap, side)?;
    let (width, height) = (canvas.width() as usize, canvas.height() as usize);
    let pixels = context.get_image_data(0.0, 0.0, width as f64, height as f64).ok()?.data();
    let mut image = PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        let at = (y * width + x) * 4;
        let sum: u16 = pixels.get(at..at + 3).map_or(0, |rgb| rgb.iter().map(|&channel| u16::from(channel)).sum());
        (sum / 3) as u8
    });
    image.detect_grids().into_iter().find_map(|grid| grid.decode().ok().map(|(_, text)| text))
}
