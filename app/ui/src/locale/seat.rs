//! Words of the screen "seat".
