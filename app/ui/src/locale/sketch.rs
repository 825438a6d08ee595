//! Words of sketch maps.

use crate::words;

words! {
    NORTH: "北", "N";
}
