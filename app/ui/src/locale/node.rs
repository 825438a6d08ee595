//! Words of the screen of one node.

use crate::words::Words;
use crate::{phrases, words};
use civmesh_domain::governance::Standing;
use civmesh_domain::spatial::node::{Known, Level};

words! {
    BACK_TO_LIST: "回到清單", "Back to the list";
    NOT_FOUND: "這個地區沒有這個節點", "This region has no such node";
    NOT_FOUND_NOTE: "連結可能屬於別的地區，或節點已經撤除。", "The link may belong to another region, or the node was removed.";
    NOT_SHOWN: "這個節點只在附近或對工作人員顯示", "This node is shown only nearby, or to staff";
    NOT_SHOWN_NOTE: "走近一點，或用你的位置再看一次。", "Come closer, or use your position and look again.";

    OTHER_STATEMENTS_NOTE: "這些說法同時存在，沒有誰取代誰。", "They were made side by side; none replaces another.";
    OFFERS_NOW: "現在提供", "Offers now";
    OFFERS_NOW_NONE: "沒有回報", "Not reported";
    OFFERS_PLANNED: "預定提供", "Planned";
    PLANNED_NOTE: "登錄資料，不是現況。", "From the registry; not how it is now.";

    FITNESS: "適合哪些災害", "Fit for which hazards";
    RISK: "本身的風險", "Its own risks";
    EXPOSED: "有這種風險", "exposed";
    NOT_EXPOSED: "沒有這種風險", "not exposed";
    FIT: "適合", "fit";
    NOT_FIT: "不適合", "not fit";
    NOT_FIT_EXPOSED: "不適合：這裡本身有這種風險", "not fit: the place itself is exposed";
    NOT_FIT_UNDERGROUND: "不適合：可能在地下", "not fit: it may be below ground";

    WHERE: "地點", "Place";
    ADDRESS: "地址", "Address";
    COORDINATES: "座標", "Coordinates";
    DISTANCE: "直線距離", "Straight line";
    CAPACITY: "可容納", "Holds";
    LEVEL: "樓層", "Level";
    LEVEL_BELOW: "可用空間在地下。淹水、海嘯時不要進去。", "The usable space is below ground. Keep out in a flood or tsunami.";
    LEVEL_PARTLY: "部分空間在地下。淹水時留在地面以上。", "Partly below ground. Stay above ground in a flood.";
    HOURS: "平時開放時間", "Ordinary hours";
    LOOK_FOR: "到了找誰", "Whom to look for";
    REFUGE: "官方類別", "Official kind";
    REFUGE_NONE: "不是官方避難處所", "Not an official refuge";

    BUILDING: "建築與設備", "Building";
    STRUCTURE: "結構檢查", "Structure checked";
    BACKUP: "備用電力", "Backup power";
    LIGHTING: "緊急照明", "Emergency lighting";
    WATER: "儲水", "Water in store";
    TOILETS: "廁所", "Toilets";
    STORAGE: "可上鎖的倉庫", "Lockable store-room";
    FIRST_AID: "急救箱", "First-aid kit";
    YES: "有", "Yes";
    NO: "沒有", "No";

    STANDING: "約定", "Standing";
    PROPOSED: "有人提出這裡可以當節點，但還沒有跟場所約定，不保證會開門。", "Somebody listed it; its people have not agreed. It may not open.";
    AGREED: "場所已經同意在災時當節點。", "Its people have agreed to be a node in an emergency.";
    CERTIFIED: "場所已同意、受過訓練，也通過檢查。", "Its people agreed, were trained, and it was checked.";

    SOURCE: "資料來源", "Source";
    CODE: "節點代碼", "Node code";
    LICENCE: "授權", "Licence";

    FOR_STAFF: "你負責的節點", "Your node";
    SET_STATE: "更新現況", "Set the state";
    FILE_REPORT: "回報", "Report";
}

phrases! {
    fn others(n: usize): "另有 {n} 則同時的說法", "{n} other statements at the same time";
    fn hours_of_power(n: u16): "{n} 小時", "{n} hours";
    fn litres(n: u32): "{n} 公升", "{n} litres";
    fn toilets(n: u16): "{n} 間", "{n}";
    fn people(n: u32): "約 {n} 人", "about {n} people";
    fn dated(name: &str, date: &str): "{name}（{date}）", "{name} ({date})";
}

/// What a standing means for somebody who wants to go there.
pub fn standing(standing: Standing) -> Words {
    match standing {
        Standing::Proposed => PROPOSED,
        Standing::Agreed => AGREED,
        Standing::Certified => CERTIFIED,
    }
}

/// What lies in a level for somebody who wants to go there.
pub fn level(level: Level) -> Option<Words> {
    match level {
        Level::BelowGround => Some(LEVEL_BELOW),
        Level::Partly => Some(LEVEL_PARTLY),
        Level::AboveGround | Level::Unknown => None,
    }
}

/// One fact, in words: unknown is written as unknown.
pub fn known(fact: Known) -> Words {
    match fact {
        Known::Unknown => crate::locale::common::UNKNOWN,
        Known::Yes => YES,
        Known::No => NO,
    }
}
