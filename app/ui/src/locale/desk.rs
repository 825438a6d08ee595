//! Words for choosing the node at which somebody works.

use crate::words;

words! {
    CHANGE: "換節點", "Change";
    SEARCH: "用名稱或代碼找", "Search by name or code";
    NOTHING_FOUND: "沒有符合的節點。", "No node fits.";
}
