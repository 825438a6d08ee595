//! Words of the plan of a pilot zone.

use crate::{phrases, words};

words! {
    TITLE: "示範區規劃圖", "Pilot zone plan";
    ROW_NOTE: "選一個範圍，把節點、服務半徑和危險區域印成一張圖。", "Choose an area, and print its nodes, how far they reach, and what is dangerous on one sheet.";
    WHAT: "一張圖看一個範圍裡的節點、服務半徑和危險區域，可以印出來帶去現場。圖上同時有中文和英文。",
        "One sheet with the nodes of an area, how far they reach and what is dangerous there, to print and take along. It is in Chinese and English.";

    CHOICES: "要畫哪裡", "What to draw";
    AROUND: "以哪裡為中心", "Around";
    AROUND_HINT: "打村里、車站、街道或節點的名稱。沒有選，就以量距離的地方為中心。",
        "The name of a village, station, street or node. If nothing is chosen, it is where distances are measured from.";
    WITHIN: "範圍多大", "How far from there";
    OUTLINE: "自己畫範圍", "Draw an outline";
    DRAWING: "在圖上依序點出範圍的每個角，至少 3 個，最多 60 個。", "Tap the corners on the plan one after the other: at least 3, at most 60.";
    FINISH: "畫好了", "Done";
    UNDO: "退一個角", "Take back a corner";
    CANCEL: "不畫了", "Cancel";
    NO_OUTLINE: "不用畫的範圍", "Leave the outline";
    REACH: "服務半徑", "How far a node reaches";
    PRINT: "列印", "Print";
    DOING: "正在畫圖…", "Drawing the plan…";

    NODE: "節點", "Node";
    FIRM: "已約定或已認證的節點", "Node that agreed or is certified";
    LOOSE: "其他節點", "Other node";
    REACHES: "計入的節點的服務半徑（直線）", "How far a node that counts reaches, straight";
    EDGE: "規劃範圍", "The zone";
    AREA: "面積", "Area";
    INSIDE: "範圍內的節點", "Nodes in the zone";
    ROOM: "已知可容納", "Known room";
    REACHED: "在服務半徑內的人", "People within reach of a node";
    NO_PEOPLE: "沒有人口資料", "No population data";
    HOLDS: "可容納；位在", "Room; lies in";
    IN_NONE: "不在圖上的危險區域", "In none of the hazard areas drawn";
    NO_NODES: "這個範圍裡沒有節點。", "There is no node in this zone.";
    CAREFUL: "不在危險區域裡不等於安全：資料可能有缺漏。此圖供規劃用，不代表現場的狀況。",
        "Outside the hazard areas is not the same as safe: the data may lack some. This is a plan, not what it is like there now.";
    DAMAGED: "有些資料讀不出來，沒有畫上去。請重新載入地區包。", "Some of the data can't be read and is not drawn. Please load the region pack again.";
    NO_STREETS: "這個地區包沒有步行路網，所以圖上沒有街道。", "This region pack has no walking network, so no streets are drawn.";
    SOURCES: "資料來源", "Sources";
}

phrases! {
    fn corners(n: usize): "已點 {n} 個角", "{n} corners so far";
    fn size(square: &str): "{square} 平方公里", "{square} km²";
    fn nodes(counts: usize, all: usize): "{all} 個，其中 {counts} 個計入", "{all}, of which {counts} count";
    fn more(n: usize): "範圍內另有 {n} 個節點沒有畫上：圖上最多 60 個，先列計入的，再由近到遠。",
        "{n} more nodes of the zone are not drawn: a sheet has at most 60, those that count first, then the nearest to its middle.";
    fn room(people: &str): "{people} 人", "{people}";
    fn room_and_unknown(people: &str, unknown: usize): "{people} 人；另有 {unknown} 個節點不明", "{people}; unknown for {unknown} nodes";
    fn made(day: &str, region: &str, version: u32): "{day}・{region}・地區包第 {version} 版", "{day} · {region} · pack version {version}";
    fn label(nodes: usize): "規劃範圍的示意圖，有 {nodes} 個編號的節點；下面的表有同樣的內容。",
        "Sketch map of the zone with {nodes} numbered nodes; the table below says the same.";
}
