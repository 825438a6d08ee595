//! Words of the frame and those that several screens share.

use crate::{phrases, words};

words! {
    FIND: "找節點", "Find";
    CHECK_IN: "報到", "Check in";
    CHECKLIST: "檢核表", "Checklist";
    REPORT: "回報", "Report";
    MORE: "更多", "More";
    PLACES: "主要畫面", "Main screens";
    SKIP: "跳到內容", "Skip to content";
    EXERCISE: "演習", "Exercise";
    CLOSE: "關閉", "Close";
    CANCEL: "取消", "Cancel";
    UNDO: "復原", "Undo";
    UNKNOWN: "不明", "Unknown";
    THERE_IS: "有", "yes";
    THERE_IS_NOT: "沒有", "no";
    ON_FOOT: "分鐘", "min walk";
    OPTIONAL: "（可不填）", " (optional)";
    NOTE: "備註", "Note";
    NAME: "姓名", "Name";
    LOADING: "讀取中…", "Loading…";
    CHOOSE_NODE: "選擇節點", "Choose a node";
    JUST_NOW: "剛剛", "just now";
    YESTERDAY: "昨天", "yesterday";
    BY_THIS_PHONE: "這支手機", "this phone";
    AGE_NOT_KNOWN: "時間不可信（有手機的時鐘不準）", "time not reliable: a phone's clock is wrong";
    FEWER: "減一", "One less";
    MORE_OF_IT: "加一", "One more";
    TAKE_SEAT: "領用席位", "Take up a seat";

    STRIP_OFFLINE: "離線", "Offline";
    STRIP_ONLINE: "已連線", "Connected";
    STRIP_CONNECTING: "連線中…", "Connecting…";
    STRIP_SETTLED: "都已送達中心", "Everything is at the hub";
    STRIP_HUB_AWAY: "有網路，但連不到中心", "Network, but no answer from the hub";
    STRIP_SIGNED_OUT: "已鎖定，解鎖後再送", "Locked: unlock to send";
    STRIP_SEAT_REFUSED: "中心不接受這個席位", "The hub does not accept this seat";

    BOOT_NO_REGION: "還沒有地區資料。請連上網路開啟一次，或從檔案載入地區包。",
        "There is no region yet. Open the app once with a network, or load a region pack from a file.";
    BOOT_REGION_DAMAGED: "地區資料損壞，無法使用。請重新載入地區包。",
        "The region's data are damaged and can't be used. Please load the region pack again.";

    SAVED_HERE: "已記在這支手機，有網路就會送出。", "Saved on this phone. It goes out when there is a network.";
    SAVE_FULL: "手機空間已滿，沒有記下來。請先清出空間，或把未送出的紀錄存成檔案。",
        "The phone is full; this was not saved. Free some space, or save unsent records to a file.";
    SAVE_FAILED: "沒有記下來。請再試一次；畫面上的內容還在。", "This was not saved. Please try again; what you entered is still here.";
    SAVE_LOCKED: "已鎖定，沒有記下來。請先解鎖再試一次。", "This phone is locked, and this was not saved. Unlock it and try again.";
    NOT_FOUND: "找不到這個畫面", "There is no such screen";
    NOT_FOUND_NOTE: "連結可能已經過期。", "The link may be out of date.";
    NOT_FETCHED: "這個畫面還沒下載完", "This screen is not here yet";
    NOT_FETCHED_NOTE: "連上網路後再試一次；下載過一次，之後離線也能用。",
        "Try again with a network. Once it is here it works offline too.";
    TRY_AGAIN: "再試一次", "Try again";
    GO_HOME: "回到找節點", "Go to Find";
}

phrases! {
    fn minutes(n: u32): "{n} 分鐘", "{n} min";
    fn metres(n: u32): "{n} 公尺", "{n} m";
    fn kilometres(n: &str): "{n} 公里", "{n} km";
    fn minutes_ago(n: u64): "{n} 分鐘前", "{n} min ago";
    fn hours_ago(n: u64): "{n} 小時前", "{n} h ago";
    fn days_ago(n: u64): "{n} 天前", "{n} days ago";
    fn people(n: u32): "{n} 人", "{n} people";
    fn since(time: &str): "{time} 起", "since {time}";
    fn not_sent(n: usize): "{n} 筆未送出", "{n} not sent";
    fn refused(n: usize): "{n} 筆需處理", "{n} to deal with";
    fn by_role(role: &str, code: &str): "{role}・手機 {code}", "{role}, phone {code}";
    fn by_name(name: &str, phone: &str): "{name}・{phone}", "{name}, {phone}";
    fn by_phone(code: &str): "手機 {code}", "phone {code}";
    fn years_ago(n: u64): "{n} 年前", "{n} years ago";
}
