//! Words of the region: what is shown, what else is here, and loading a pack.

use crate::{phrases, words};

words! {
    TITLE: "地區", "Region";
    NONE: "還沒有地區資料。連上網路開啟一次，或從檔案載入地區包。", "There is no region yet. Open the app once with a network, or load a pack from a file.";
    IS_EXERCISE: "這是演習地區：這裡寫的都不算真的，也不會混進真的紀錄。", "This region is an exercise: nothing written here counts as real, or mixes with what is.";
    VERSION: "版本", "Version";
    BUILT: "製作時間", "Built";
    NODES: "節點", "Nodes";
    SOPS: "程序", "Procedures";
    FINGERPRINT: "主管機關指紋", "Authority's fingerprint";
    FINGERPRINT_NOTE: "和發布單位公布的比對，就知道是不是真的。", "Compare it with what the authority publishes to know that it is genuine.";
    LAYERS: "資料來源與授權", "Sources and licences";
    OTHERS: "手機上的其他地區", "Other regions on this phone";
    NO_OTHERS: "沒有其他地區。", "There are no others.";
    SWITCH: "切換", "Switch to it";
    REMOVE: "移除", "Remove";
    REMOVE_TITLE: "從這支手機移除這個地區？", "Remove this region from this phone?";
    REMOVE_NOTE: "之後要再看，需要重新載入它的地區包。這個地區的紀錄都會留著。",
        "To see it again, its pack must be loaded anew. The records of that region all stay.";
    REMOVED: "已移除；紀錄都還在。", "Removed; the records are all still here.";
    NOT_REMOVED: "沒有移除，請再試一次。", "It was not removed; please try again.";
    NOT_SWITCHED: "沒有切換：那個地區包讀不出來，請重新載入。原來的地區還在。",
        "Not switched: that pack can't be read, please load it again. The region you had is still here.";
    LOAD: "載入地區包", "Load a region pack";
    LOAD_NOTE: "地區包是主管機關簽署的 .civmesh 檔案。", "A pack is a .civmesh file that the region's authority has signed.";
    CHOOSE_FILE: "選擇檔案", "Choose a file";
    READING: "檢查檔案中…", "Checking the file…";
    LOADED: "已載入，現在顯示這個地區。", "Loaded; this region is shown now.";
    STILL_HERE: "原來的地區還在。", "The region you had is still here.";
    NOTHING_CHANGED: "手機上的資料沒有變動。", "Nothing on the phone has changed.";

    NOT_A_PACK: "這個檔案不是地區包。", "This file is not a region pack.";
    TRUNCATED: "檔案不完整：沒有下載或複製完。請再下載一次。", "The file ends too early: it was not copied whole. Download it again.";
    WRONG_SIGNATURE: "簽章不符：檔案被改過，或不是主管機關發的。不要使用。", "The signature is wrong: the file was changed, or is not from the authority. Do not use it.";
    REGION_MISMATCH: "簽署的單位和地區代號對不上。不要使用。", "Whoever signed it does not belong to this region's identifier. Do not use it.";
    FOREIGN: "這個地區在手機上屬於另一個主管機關，而且它沒有指定這一個接手。請向地區主管機關確認。",
        "On this phone the region belongs to another authority, which has not named this one as its successor. Ask the region's authority.";
    NO_ROOM: "手機空間不夠，沒有載入。請先清出空間。", "There is not enough room on the phone; it was not loaded. Free some space first.";
    NOT_KEPT: "手機沒有存下來。請確認不是無痕模式，再試一次。", "The phone could not keep it. Make sure this is not private mode, and try again.";
    NOT_READ: "檔案讀不出來，請再選一次。", "The file could not be read; please choose it again.";
    PART_MANIFEST: "檔頭", "header";
    PART_NODES: "節點", "nodes";
    PART_SOPS: "程序", "procedures";
    PART_PLACES: "地名", "places";
    PART_END: "結尾", "end";
}

phrases! {
    fn other_format(found: u8, own: u8): "這個地區包是格式 {found}，這個版本只讀得懂格式 {own}。請更新應用程式，或索取格式 {own} 的地區包。",
        "This pack has format {found}; this version reads format {own}. Update the app, or ask for a pack in format {own}.";
    fn damaged(part: &str): "檔案的「{part}」部分損壞。請重新下載。", "The file is damaged in its part \"{part}\". Download it again.";
    fn missing(part: &str): "地區包缺少「{part}」部分。請向發布單位索取新的檔案。", "The pack has no part \"{part}\". Ask its publisher for a new file.";
    fn too_large(found: &str, limit: &str): "太大了：{found}，上限是 {limit}。", "Too large: {found}, where the limit is {limit}.";
    fn undecodable(part: &str, item: u32): "「{part}」的第 {item} 筆讀不出來。請向發布單位索取新的檔案。",
        "Entry {item} of \"{part}\" can't be read. Ask its publisher for a new file.";
    fn unfit(part: &str, item: u32, why: &str): "「{part}」的第 {item} 筆不能用：{why}。請告訴發布單位。",
        "Entry {item} of \"{part}\" can't be used: {why}. Tell its publisher.";
    fn duplicate(id: &str): "代號 {id} 重複", "the identifier {id} is used twice";
    fn off_globe(id: &str): "{id} 的座標不在地球上", "the coordinates of {id} are not on the globe";
    fn no_name(id: &str): "{id} 沒有名稱", "{id} has no name";
    fn no_layer(id: &str): "{id} 的資料來源沒有列出", "the source of {id} is not listed";
    fn bad_sop(id: &str): "程序 {id} 不完整", "procedure {id} is not complete";
    fn needs_room(size: &str, free: &str): "檔案 {size}，手機只剩 {free}。", "The file has {size}; the phone has {free} left.";
    fn version_and_date(version: u32, date: &str): "第 {version} 版・{date}", "version {version} · {date}";
    fn layer(licence: &str, date: &str): "{licence}・{date}", "{licence} · {date}";
}
