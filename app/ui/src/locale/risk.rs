//! Words of what a place is exposed to by the hazard areas that are mapped.

use crate::{phrases, words};

words! {
    TITLE: "地圖上的危險範圍", "Mapped hazard areas";
    LOOKING: "正在比對危險範圍…", "Looking at the hazard areas…";
    LIES_IN: "這裡在下列範圍內：", "It lies in:";
    NOT_HERE: "這個地區的危險範圍還沒下載，或讀不出來，所以不知道這裡在不在裡面。", "This region's hazard areas are not on this phone yet, or can't be read: nobody knows whether it lies in one.";
    NONE_MAPPED: "這個地區沒有危險範圍的圖資。這不代表安全。", "No hazard areas are mapped in this region. That is not the same as safe.";
}

phrases! {
    fn nowhere(n: usize, layers: &str): "不在下列圖資標出的 {n} 處範圍內：{layers}。這不代表安全，圖資可能沒畫到。",
        "In none of the {n} areas mapped by: {layers}. That is not the same as safe: one may be missing.";
    fn looked_at(n: usize, layers: &str): "比對了 {n} 處範圍：{layers}", "Compared with {n} areas: {layers}";
    fn said_safe(hazard: &str): "登錄資料說這裡沒有「{hazard}」風險，地圖上卻在範圍內。請當作有風險。",
        "{hazard}: the registry says it is not exposed, the map shows it inside an area. Take it as exposed.";
    fn said_fit(hazard: &str): "登錄資料說這裡適合「{hazard}」時避難，地圖上卻在範圍內。請當作不適合。",
        "{hazard}: the registry says it is fit for it, the map shows it inside an area. Take it as not fit.";
    fn said_exposed(hazard: &str): "登錄資料說這裡有「{hazard}」風險，地圖上卻不在範圍內。請當作有風險。",
        "{hazard}: the registry says it is exposed, the map shows it outside all areas. Take it as exposed.";
}
