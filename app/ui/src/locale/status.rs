//! Words of setting a node's state.

use crate::{phrases, words};

words! {
    NOT_TO_CORRECT: "找不到要更正的狀態，請重新填寫。", "The state to correct is not here; please set it anew.";
    TITLE: "節點狀態", "Node state";
    NO_NODE: "先選節點。", "First choose the node.";
    STATE: "現在的狀態", "State now";
    OFFERS: "現在提供什麼？", "What does it offer now?";
    OFFERS_HINT: "沒把握就選「不明」。大家會照這裡寫的前往。", "Leave it at unknown if you are not sure. People will rely on this.";
    YES: "有", "Yes";
    NO: "沒有", "No";
    PUBLIC: "這些所有人都看得到。", "Everybody can read this.";
    SUBMIT: "更新狀態", "Update";
    NOW_SAYS: "目前寫著", "It says now";
    NOTHING_YET: "還沒有人說過這裡的狀態。", "Nobody has said anything about this node yet.";
    MAY_NOT: "你的席位不能發布這個節點的狀態。可以改用「回報」告訴節點的人員。",
        "Your seat can't publish this node's state. You can file a report to its staff instead.";
    NEEDS_SEAT: "要有節點負責人的席位才能發布狀態。", "Publishing a state needs the seat of a node manager.";
    TO_REPORT: "改用回報", "File a report";
    SAVED: "狀態已記在這支手機，送達後大家就看得到。", "Saved on this phone. Everybody sees it once it has arrived.";
    CHOOSE_STATE: "請先選狀態。", "Please choose a state first.";
    UNVERIFIED_NOTE: "選「危險」時，也請撥 119 或回報危險。", "If it is unsafe, also call 119 or report the danger.";
}

phrases! {
    fn others(n: usize): "另有 {n} 筆同時的說法，更新後以你的為準。", "{n} more said at the same time; your update takes their place.";
}
