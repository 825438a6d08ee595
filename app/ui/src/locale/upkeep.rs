//! Words of a node's upkeep: the checklist that makes a place ready to be a node, and what was found.

use crate::words::Words;
use crate::{phrases, words};
use civmesh_domain::spatial::upkeep::{Finding, Item};

words! {
    TITLE: "整備檢核", "Upkeep";
    NODE_NOTE: "這八項讓一個地方能當節點。點一項，看上次的結果，或記下這次的。",
        "Eight things make a place ready to be a node. Open one to see what was found, or to enter what you find.";
    BACK: "回到節點", "Back to the node";
    BACK_TO_LIST: "回到八項", "All eight items";
    NO_NODE: "這個地區沒有這個節點。", "This region has no such node.";
    NOTHING: "還沒檢查過", "Nothing checked yet";
    NOT_CHECKED: "還沒檢查", "Not checked yet";
    AGAIN: "該再檢查", "check again";
    WITH_NOTE: "有說明", "with a note";
    WITH_PHOTO: "有照片", "with a photo";

    LAST: "目前的結果", "As it stands";
    EARLIER: "其他紀錄", "Other entries";
    MET_WHEN: "怎樣算符合", "Met means";
    NOBODY_LOOKED: "還沒有人檢查過這一項。", "Nobody has checked this yet.";
    AGAIN_NOTE: "上次檢查已經超過一年，請再檢查一次。", "It was checked more than a year ago. Please check it again.";
    AGAIN_CLOCK: "記下它的手機時間不對，不知道是什麼時候檢查的。請再檢查一次。", "The phone that entered it had a wrong clock, so nobody knows when it was checked. Please check it again.";
    ENTER: "記下檢查結果", "Enter what you find";
    FINDING: "結果", "Result";
    NOTE: "說明", "Note";
    NOTE_HINT: "這個節點的人員和協調官看得到，照片也是。", "This node's staff and coordinators can read it, and see the photo; nobody else can.";
    DAY: "檢查日期", "Checked on";
    DAY_HINT: "不是今天檢查的才要改。", "Change it only if it was not today.";
    SUBMIT: "儲存結果", "Save the result";
    CHOOSE: "請先選結果。", "First choose a result.";
    BAD_DAY: "請選今天或以前的日期。", "Choose today or a day before it.";

    LIST_TITLE: "各節點整備", "Upkeep of nodes";
    LIST_NOTE: "最需要處理的在前面：先看還有幾項不符合，再看多久沒檢查。", "The worst first: by how many items are not met, then by how long ago anybody looked.";
    LIST_ROW: "哪些節點還缺什麼、多久沒檢查。", "What nodes still lack, and how long ago anybody looked.";
    LIST_NONE: "這裡還沒有節點可以列出", "There is no node to list yet";
    LIST_NONE_NOTE: "已約定的節點，和有檢核紀錄的節點，會列在這裡。", "Agreed nodes are listed here, and all of which anything was entered.";
    ONLY_STAFF: "這裡給節點負責人和協調官看，請先領用席位。", "This is for managers of nodes and for coordinators. Please take up a seat first.";
    CSV: "帶走表格（CSV）", "Take it away (CSV)";

    ITEM: "項目", "Item";
    CHECKED: "檢查日期", "Checked on";
}

phrases! {
    fn met(met: usize, needed: usize): "{needed} 項中 {met} 項符合", "{met} of {needed} met";
    fn last(age: &str): "上次檢查：{age}", "last checked {age}";
    fn again(n: usize): "{n} 項該再檢查", "{n} to check again";
    fn unverified(n: usize): "{n} 項未驗證", "{n} unverified";
    fn open(items: &str): "不符合或還沒檢查：{items}", "Not met, or not checked: {items}";
    fn on(day: &str, age: &str): "{day}（{age}）", "{day} ({age})";
}

const fn w(zh: &'static str, en: &'static str) -> Words {
    Words { zh, en }
}

/// An item of the checklist.
pub fn item(item: Item) -> Words {
    match item {
        Item::Structure => w("結構安全", "Structural safety"),
        Item::BackupPower => w("備用電力", "Backup power"),
        Item::Lighting => w("緊急照明", "Emergency lighting"),
        Item::FirstAid => w("急救用品", "First aid"),
        Item::Supplies => w("基本物資", "Basic supplies"),
        Item::Signage => w("標示", "Signage"),
        Item::Procedures => w("程序文件（SOP）", "Procedures (SOPs)"),
        Item::Contacts => w("聯絡窗口", "Contact points"),
    }
}

/// When an item is met.
pub fn met_when(item: Item) -> Words {
    match item {
        Item::Structure => w(
            "建築物檢查過，沒有影響安全的裂縫、傾斜或掉落物。",
            "The building was inspected: no cracks, no leaning, nothing loose that endangers people.",
        ),
        Item::BackupPower => w(
            "發電機或電池試過可以用，燃料或電量夠撐預定的時數。",
            "The generator or battery was tried and works, with fuel or charge for the hours planned.",
        ),
        Item::Lighting => {
            w("停電時燈會亮；手電筒和電池都在。", "The lights come on when the power fails; torches and batteries are there.")
        }
        Item::FirstAid => w("急救箱在固定位置，東西齊全、沒過期。", "The kit is in its place, complete and in date."),
        Item::Supplies => w("飲水、食物、毯子夠用，沒過期。", "There is enough water, food and blankets, and all of it is in date."),
        Item::Signage => w("節點標示和入口方向，晚上也看得到。", "The sign of the node and the way in can be seen, also at night."),
        Item::Procedures => w("紙本放在固定位置，值班的人知道在哪裡。", "They are there on paper, and whoever is on duty knows where."),
        Item::Contacts => w(
            "負責人、代理人、協調官的聯絡方式是最新的，也試過打得通。",
            "How to reach the manager, a deputy and a coordinator is up to date, and was tried.",
        ),
    }
}

/// What was found.
pub fn finding(finding: Finding) -> Words {
    match finding {
        Finding::Met => w("符合", "Met"),
        Finding::Partly => w("部分符合", "Partly met"),
        Finding::NotMet => w("不符合", "Not met"),
        Finding::NotApplicable => w("不適用", "Does not apply"),
    }
}
