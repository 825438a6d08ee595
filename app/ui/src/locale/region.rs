//! Words of the screen "region".
