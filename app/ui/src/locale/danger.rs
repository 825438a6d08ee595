//! Words of what is dangerous or closed now: the list for everybody, and declaring it.

use crate::{phrases, words};

words! {
    TITLE: "目前的危險與封閉", "Dangers and closures now";
    ROW_NONE: "目前沒有", "None now";
    INTRO: "由協調官公布，每支手機同步之後都會收到，路線會繞開。沒列出的地方不代表安全。",
        "Coordinators declare them; every phone has them after its next sync, and ways lead around them. What is not listed is not thereby safe.";
    NOW: "現在", "Now";
    EXPECTED: "可能受災的範圍", "Where it may come";
    NONE: "目前沒有公布的危險或封閉", "Nothing is declared dangerous or closed now";
    OVER: "已經解除的", "Over";
    SHOW_ON_MAP: "看地圖", "Show on the map";
    DETAILS: "紀錄", "Record";
    UNTIL_WITHDRAWN: "直到解除為止", "Until it is withdrawn";
    WAS_WITHDRAWN: "已解除", "Withdrawn";
    RAN_OUT: "時間已過", "Its time is over";

    CLOSED: "封閉，無法通行", "Closed: nobody passes";

    DECLARE: "公布一處危險或封閉", "Declare a danger or a closure";
    IMPORT: "匯入範圍圖（GeoJSON）", "Import a map of areas (GeoJSON)";
    BACK: "回到危險與封閉", "Back to dangers and closures";
    WITHDRAW: "解除", "Withdraw";
    WITHDRAW_TITLE: "要解除嗎？", "Withdraw it?";
    WITHDRAW_NOTE: "解除之後，路線就會再經過這裡。請確定已經可以通行。", "Ways lead through it again after that. Be sure that it can be passed.";
    WITHDRAW_YES: "確定解除", "Withdraw it";
    WITHDRAWN: "已解除。送到中心後，大家都會看到。", "Withdrawn. Everybody sees it once it is at the hub.";
    DECLARED: "已公布。送到中心後，大家都會看到。", "Declared. Everybody sees it once it is at the hub.";
    ONLY_COORDINATORS: "這裡由協調官公布。知道哪裡不通，請用「回報」。", "Coordinators declare here. If you know of something that is blocked, file a report.";

    WHERE: "在哪裡", "Where";
    WIDTH: "範圍：從中心往外", "How far it reaches from there";
    WIDTH_HINT: "凡是碰到這個圈的路都會封閉。封一座橋用 10 或 25 公尺就夠。",
        "Every way that touches the circle counts. For a bridge 10 or 25 m are enough.";
    WHAT: "那裡怎麼了", "How it is there";
    PRESENT: "現在有危險", "A hazard is there now";
    PRESENT_HINT: "不管大家防的是哪一種災害，路線都會避開。", "Ways avoid it for everybody.";
    MAY_COME: "災害來時可能受災", "A hazard may come there";
    MAY_COME_HINT: "只有選了這種災害的人，路線才會避開。例如新的淹水潛勢圖。",
        "Ways avoid it for those who flee from that hazard. Such as a new flood map.";
    HAZARD: "哪一種災害", "Which hazard";
    HEAVY: "多嚴重", "How heavy";
    MILD: "輕微：小心可以通過，路線盡量避開", "Mild: can be walked with care; ways go around where they can";
    SEVERE: "嚴重：不讓人經過", "Heavy: nobody is led through";
    WORST: "非常嚴重：不讓人經過", "Very heavy: nobody is led through";
    DEPTH: "水至少多深（公分）", "Depth of water, at least (cm)";
    DEPTH_HINT: "填了就以水深為準：30 公分以上不讓人經過。", "Then the depth counts: nobody is led through 30 cm or more.";
    UNTIL: "到什麼時候", "Until when";
    LABEL: "大家怎麼稱呼它", "What people call it";
    LABEL_HINT: "所有人都看得到，例如「南橋」。請不要寫人名。", "Everybody can read it, such as “South Bridge”. No names of people.";
    SUBMIT: "公布", "Declare";
    CHOOSE_PLACE: "請先選地點。", "First choose where.";
    CHOOSE_WHAT: "請選那裡怎麼了。", "Choose how it is there.";
    DEPTH_WRONG: "水深請填 1 到 2000 的整數，或留空。", "Depth: a whole number from 1 to 2000, or nothing.";
    TITLE_LONG: "名稱最多 80 個字。", "At most 80 characters for the name.";
    AT_POLE: "這個地點太靠近極點或換日線，畫不出圈。", "Too close to a pole or the date line to draw a circle.";
    NO_FILE_YET: "請先選檔案。", "First choose a file.";
    NOTHING_IN_IT: "這個檔案沒有可以公布的範圍。", "There is nothing in this file that can be declared.";
    HERE_NOW: "我現在的位置", "Where I am now";
    SEARCH: "或輸入里、車站、街道、節點，或座標（緯度, 經度）", "Or type a village, station, street or node, or coordinates (latitude, longitude)";

    FILE: "檔案", "File";
    FILE_HINT: "GeoJSON 的面（Polygon、MultiPolygon），WGS84 經緯度，5 MB 以內。一個檔案只選一種災害與程度。",
        "GeoJSON polygons in WGS84, at most 5 MB. One hazard and one degree for the whole file.";
    CHOOSE_FILE: "選擇檔案", "Choose a file";
    READING: "讀取中…", "Reading…";
    PREVIEW: "將要公布的", "What will be declared";
    REFUSED: "不能用的", "What was refused";
    TOO_LARGE: "檔案超過 5 MB。請先簡化，或放進地區包。", "The file is larger than 5 MB. Simplify it first, or put it into the region's pack.";
    NOT_GEOJSON: "這不是 GeoJSON 檔案。", "This is not a GeoJSON file.";
    OTHER_COORDINATES: "檔案用了別的座標系統。請轉成 WGS84 經緯度（EPSG:4326）。",
        "The file uses another coordinate system. Convert it to longitude and latitude in WGS84 (EPSG:4326).";
    NO_AREA: "不是面", "no polygon";
    DAMAGED: "寫法不對", "not written as a polygon is";
    SWAPPED: "緯度和經度的順序相反（應該先經度）", "latitude stands before longitude; longitude comes first";
    NOT_DEGREES: "不是經緯度", "not in degrees";
    ELSEWHERE: "不在這個地區", "not in this region";
    TOO_FEW: "不到三個角", "fewer than three corners";

    NODE_INSIDE: "這個地方在公布的危險或封閉範圍裡。", "This place lies in an area that is declared dangerous or closed now.";
    SEE_ALL: "看全部的危險與封閉", "See all dangers and closures";
    CLOSED_HERE: "這裡有危險…", "Danger here…";
    MAP_NOW: "公布為危險或封閉", "Declared dangerous or closed now";
    MAP_EXPECTED: "公布為可能受災", "Declared: may be hit";
    OF_FILE_FROM: "同一個檔案的第一筆", "First record of its file";
    OF_AREA: "哪一筆公布", "Of declaration";
    OUTLINES: "範圍", "Outlines";
}

phrases! {
    fn row(now: usize, expected: usize): "現在 {now} 處・可能受災 {expected} 處", "{now} now · {expected} where it may come";
    fn present(hazard: &str, heavy: &str): "{hazard}，{heavy}", "{hazard}, {heavy}";
    fn expected(hazard: &str, heavy: &str): "{hazard}時可能受災，{heavy}", "May be hit by: {hazard}, {heavy}";
    fn deep(metres: &str): "水深 {metres} 公尺以上", "at least {metres} m deep";
    fn at(name: &str): "「{name}」那裡", "At {name}";
    fn until(time: &str): "到 {time} 為止", "Until {time}";
    fn outlines(n: usize): "{n} 個範圍", "{n} outlines";
    fn metres(n: u32): "{n} 公尺", "{n} m";
    fn hours(n: u64): "{n} 小時", "{n} hours";
    fn days(n: u64): "{n} 天", "{n} days";
    fn listed(n: usize): "還有 {n} 處", "{n} more";
    fn taken(outlines: usize, records: usize): "{outlines} 個範圍，分成 {records} 筆紀錄", "Outlines: {outlines} · records: {records}";
    fn corners(before: usize, after: usize, tolerance: &str):
        "{before} 個點簡化成 {after} 個（誤差最多 {tolerance} 公尺）", "{before} points, simplified to {after} (off by at most {tolerance} m)";
    fn feature(n: usize, reason: &str): "第 {n} 個：{reason}", "No. {n}: {reason}";
    fn too_many(corners: usize, fit: usize): "簡化後還有 {corners} 個點，一筆只放得下約 {fit} 個", "{corners} points after simplifying; about {fit} fit into a record";
    fn does_not_fit(corners: usize, fit: usize):
        "檔案太大：簡化後還有 {corners} 個點，現場公布最多約 {fit} 個。請放進地區包。",
        "The file is too large: {corners} points after simplifying, and about {fit} can be declared at run time. Put it into the region's pack.";
    fn through(what: &str): "會經過：{what}", "It leads through: {what}";
    fn avoids(what: &str): "已經繞開：{what}", "Goes around: {what}";
    fn inside(what: &str): "在公布的範圍裡：{what}", "Inside: {what}";
}

/// The mildest, heavier, and the heaviest class.
pub const HEAVINESS: [crate::words::Words; 3] = [
    crate::words::Words { zh: "輕微", en: "mild" },
    crate::words::Words { zh: "嚴重", en: "heavy" },
    crate::words::Words { zh: "非常嚴重", en: "very heavy" },
];
