//! Words of the screen "more".
