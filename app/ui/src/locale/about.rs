//! Words of the screen "about".
