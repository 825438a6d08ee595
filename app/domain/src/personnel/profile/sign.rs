//! Signs: everyday things by which people find their profile. A list of names would tell who works here to whoever picks up the phone.

use serde::{Deserialize, Serialize};

macro_rules! signs {
    ($($name:ident),* $(,)?) => {
        /// A sign.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs, reason = "a kite is a kite")]
        pub enum Sign {
            $($name),*
        }

        impl Sign {
            /// All of them, in the order in which they are offered.
            pub const ALL: &[Self] = &[$(Self::$name),*];
        }
    };
}

signs!(
    Kite, Umbrella, Teapot, Bicycle, Lantern, Drum, Anchor, Bell, Boat, Bridge, Candle, Cloud, Ladder, Leaf, Moon, Mountain, Pencil, Shell,
    Star, Sun, Tree, Wheel, Clock, Basket,
);
