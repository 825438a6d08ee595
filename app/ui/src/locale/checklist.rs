//! Words of the checklist: procedures of a node, and what runs there.

use crate::{phrases, words};

words! {
    TITLE: "檢核表", "Checklist";
    NO_NODE: "先選你所在的節點，就會列出它的程序。", "First choose the node where you are; its procedures are listed then.";
    RUNNING: "進行中", "Running now";
    PROCEDURES: "可以啟動的程序", "Procedures you can start";
    NOTHING_FITS: "地區包裡沒有為這類節點寫的程序。可以參考其他類型的。",
        "The region has no procedure for this kind of node. Those of other kinds may help.";
    AWAITED: "程序還在讀取；如果還沒下載到這支手機，連上網路就會補齊。",
        "Procedures are being read. If they are not on this phone yet, they come with the next connection.";
    OTHERS: "其他類型節點的程序", "Procedures for other kinds of node";
    ENDED: "已結束", "Ended";
    UNKNOWN_SOP: "這個程序不在地區包裡", "This procedure is not in the region's pack";
    NO_SUCH_SOP: "地區包裡沒有這個程序", "The region has no such procedure";
    NO_SUCH_SOP_NOTE: "連結可能屬於別的地區，或程序已經改版。", "The link may belong to another region, or the procedure has changed.";
    WHY_START: "符合哪一個啟動條件？", "Which trigger condition is met?";
    WHY_START_HINT: "符合一項就可以自行啟動，不用等通知。", "One is enough to start on your own; no need to wait for word.";
    ORDERED: "上級或協調官要求啟動", "Ordered by a coordinator";
    START: "啟動這個程序", "Start this procedure";
    CHOOSE_FIRST: "請先選一項。", "Please choose one first.";
    STARTED: "已啟動，記在這支手機。", "Started; saved on this phone.";
    ALREADY: "這個程序正在進行", "This procedure is running already";
    OPEN_IT: "打開", "Open it";
    STEPS: "全部步驟", "All steps";
    AT_ONCE: "馬上", "at once";
    SOURCES: "依據", "Sources";
    READ_ALOUD: "照著唸", "Read aloud";
    IF_NOT: "做不到時", "If it can't be done";
    COMPLETED: "已恢復日常", "Back to normal";
    CANCELLED: "已中止", "Broken off";
}

phrases! {
    fn steps(done: usize, all: usize): "{done} / {all} 步", "{done} of {all} steps";
    fn late(n: usize): "{n} 步逾時", "{n} late";
    fn count(n: usize): "{n} 步", "{n} steps";
    fn version(n: u32): "第 {n} 版", "version {n}";
    fn within(n: u32): "{n} 分鐘內", "within {n} min";
    fn within_hours(n: u32): "{n} 小時內", "within {n} h";
    fn started(time: &str): "{time} 開始", "started {time}";
    fn ended(time: &str): "{time} 結束", "ended {time}";
}
