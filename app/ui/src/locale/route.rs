//! Words of the way on foot: how long, which turns, and what stands in the way.

use crate::words::Words;
use crate::{phrases, words};
use civmesh_domain::spatial::walk::{Action, Way};

words! {
    TITLE: "步行路線", "The way on foot";
    TURNS: "怎麼走", "Turn by turn";
    STEP_FREE: "不走樓梯", "Without steps";
    LAYING: "正在找步行路線…", "Finding the way on foot…";
    BARRED: "目前找不到避開危險或封閉處的路線", "No way around what is dangerous or closed is known";
    BARRED_NOTE: "每條路都會經過危險或封閉的地方。下面只給你參考，沒有人確認可以走。先留在安全的高處，或看其他地方。",
        "Every way leads through it. The one below is only to look at: nobody says that it can be walked. Stay where it is safe, or look for another place.";
    NO_WAY: "找不到步行路線", "No way on foot is known";
    NO_WAY_NOTE: "這一帶的道路資料可能不完整。可以照箭頭的方向走，沿路小心。", "The street data may be incomplete here. The arrow shows the direction; take care on the way.";
    NO_GROUND: "這個地區沒有道路資料，只能看直線方向。", "This region has no street data: only the direction is known.";
    ESTIMATE: "依地圖資料估算，不知道現場狀況。遇到封路或積水就繞開。", "Estimated from map data, which does not know what it is like there now. Go around what is closed or flooded.";
    ARRIVE: "到了", "You are there";
}

phrases! {
    fn minutes(n: u32, distance: &str): "步行約 {n} 分鐘・{distance}", "About {n} min on foot · {distance}";
    fn hindered(distance: &str): "其中 {distance} 會經過較輕微的危險區域。", "{distance} of it leads through mild hazard areas.";
    fn blocked(distance: &str): "其中 {distance} 會經過危險或封閉的地方。", "{distance} of it leads through what is dangerous or closed.";
    fn depart(wind: &str): "往{wind}邊出發", "Set out to the {wind}";
    fn onto(action: &str, street: &str): "{action}，走{street}", "{action} into {street}";
    fn along(action: &str, street: &str): "{action}，走{street}", "{action} along {street}";
    fn up_steps(line: &str): "{line}（樓梯）", "{line} (steps)";
}

/// What to do, but for setting out, which has its direction.
pub fn action(action: Action) -> Words {
    match action {
        Action::Depart(_) | Action::Straight => w("直走", "Go on"),
        Action::SlightLeft => w("靠左走", "Bear left"),
        Action::Left => w("左轉", "Turn left"),
        Action::SharpLeft => w("往左後方轉", "Turn sharp left"),
        Action::SlightRight => w("靠右走", "Bear right"),
        Action::Right => w("右轉", "Turn right"),
        Action::SharpRight => w("往右後方轉", "Turn sharp right"),
        Action::Around => w("迴轉", "Turn round"),
        Action::Arrive => ARRIVE,
    }
}

/// What a way without a name is called.
pub fn nameless(way: Way) -> Words {
    match way {
        Way::Steps => w("樓梯", "the steps"),
        Way::Path | Way::Track | Way::Bridleway => w("小路", "the path"),
        Way::Footway | Way::Pedestrian => w("人行道", "the footway"),
        _ => w("這條路", "the street"),
    }
}

const fn w(zh: &'static str, en: &'static str) -> Words {
    Words { zh, en }
}
