//! Words of the map.

use crate::{phrases, words};

words! {
    TITLE: "地圖", "Map";
    LABEL: "地圖：方向鍵移動，加減鍵縮放。同樣的地方在清單裡。", "Map: arrow keys move it, plus and minus zoom. The list has the same places.";
    SKIP: "跳過地圖", "Skip the map";
    LIST: "看清單", "Show the list";
    LOADING: "正在打開地圖…", "Opening the map…";
    NO_MAP: "這支手機的瀏覽器畫不出地圖。清單裡有同樣的地方、方向和距離。",
        "This phone's browser can't draw the map. The list has the same places, with direction and distance.";
    NO_GROUND: "這個地區包沒有底圖，只畫出節點與災害範圍。", "This region pack has no base map: only nodes and hazard areas are drawn.";
    CLOSER: "放大", "Zoom in";
    FARTHER: "縮小", "Zoom out";
    TAP: "點一個節點看它，點別處從那裡量距離。", "Tap a node to see it, or any other spot to measure from there.";
    SPOT: "地圖上選的地方", "A spot on the map";
    MEASURE_HERE: "從這裡量起", "Measure from here";
    LEGEND: "圖例", "Legend";
    SHELTER: "避難收容處所（屋形）", "Disaster shelter (house)";
    AIR_RAID: "防空避難設備（盾形）", "Air-raid shelter (shield)";
    PLACE: "其他節點（圓形）", "Other node (disc)";
    STATES: "記號說的是狀態；有顏色的才是經過驗證的。", "The sign says the state; only what is verified has a colour.";
    ORIGIN: "距離從這裡量起", "Distances are measured from here";
    AREAS: "可能淹水或受災的範圍", "Areas that may flood or be hit";
    ATTRIBUTION: "資料來源", "Where the data comes from";
}

phrases! {
    fn deeper(hazard: &str, from: &str): "{hazard}，{from} 公尺以上", "{hazard}, over {from} m";
    fn depth(hazard: &str, from: &str, to: &str): "{hazard}，{from}–{to} 公尺", "{hazard}, {from}–{to} m";
    fn class(hazard: &str, class: u8): "{hazard}，第 {class} 級", "{hazard}, class {class}";
}
