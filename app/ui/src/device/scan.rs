//! Reading a QR code from a photo: works wherever a photo can be taken, with no permission asked in advance.

use super::photo;
use quircs::Quirc;

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
    let grey = |rgba: &[u8]| (rgba.iter().take(3).map(|&channel| u16::from(channel)).sum::<u16>() / 3) as u8;
    let greys: Vec<u8> = pixels.chunks_exact(4).map(grey).collect();
    decode(width, height, &greys)
}

/// The text in the first QR code among `width` x `height` grey pixels.
fn decode(width: usize, height: usize, greys: &[u8]) -> Option<String> {
    let mut reader = Quirc::default();
    let payload = reader.identify(width, height, greys).flatten().find_map(|code| code.decode().ok().map(|data| data.payload));
    payload.and_then(|bytes| String::from_utf8(bytes).ok())
}

#[cfg(test)]
mod tests {
    use super::decode;
    use qrcode::{Color, QrCode};
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// The code of `text` as a camera might see it: dark grey on light grey, five pixels a square, with a margin.
    fn photo(text: &str) -> (usize, Vec<u8>) {
        let code = QrCode::new(text).unwrap();
        let (squares, margin) = (code.width(), 4);
        let width = (squares + 2 * margin) * 5;
        let grey = |x: usize, y: usize| {
            let inside = |at: usize| (at / 5).checked_sub(margin).filter(|&at| at < squares);
            let dark = inside(x).zip(inside(y)).is_some_and(|(x, y)| code[(x, y)] == Color::Dark);
            if dark { 60 } else { 200 }
        };
        (width, (0..width * width).map(|at| grey(at % width, at / width)).collect())
    }

    #[test]
    fn a_seat_link_is_read_back_from_its_code() {
        let link = "http://127.0.0.1:8080/seat#wz39-1wpj.spvw-4w3a-2at6-ezpq";
        let (width, greys) = photo(link);
        assert_eq!(decode(width, width, &greys).as_deref(), Some(link));
    }

    #[test]
    fn a_picture_without_a_code_has_no_text() {
        assert_eq!(decode(120, 120, &[128; 120 * 120]), None);
    }
}
