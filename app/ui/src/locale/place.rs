//! Words of the screen on which a place is chosen by name.

use crate::words::Words;
use crate::{phrases, words};
use civmesh_pack::PlaceKind;

words! {
    TITLE: "你在哪裡？", "Where are you?";
    TITLE_NOTE: "選一個靠近你的地方，距離就從那裡量起。", "Choose a place near you: distances are measured from there.";
    SEARCH: "里、車站、街道或節點的名稱", "Village, station, street or node";
    HINT: "打一兩個字就會列出來。", "One or two letters are enough.";
    RESULTS: "地點", "Places";
    NOTHING: "找不到這個名稱", "No such name here";
    NOTHING_NOTE: "試試里名、車站，或附近學校、便利商店的名字。", "Try the village, the station, or the name of a school or store nearby.";
    VILLAGE: "村里", "Village";
    STATION: "車站", "Station";
    STREET: "街道", "Street";
    LANDMARK: "地標", "Landmark";
    BACK_TO_LIST: "回到清單", "Back to the list";
}

phrases! {
    fn count(n: usize): "{n} 個地點", "Places: {n}";
    fn count_or_more(n: usize): "先列出 {n} 個，多打幾個字會更準", "First {n}; type more to narrow it down";
}

/// What a name names.
pub fn kind(kind: PlaceKind) -> Words {
    match kind {
        PlaceKind::Village => VILLAGE,
        PlaceKind::Station => STATION,
        PlaceKind::Street => STREET,
        PlaceKind::Landmark => LANDMARK,
    }
}
