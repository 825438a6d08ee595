//! Words of corrections of the registry: saying that a place is wrong, deciding about it, and what a node's page says of it.

use crate::{phrases, words};

words! {
    LINK: "這裡的資料有誤", "Something here is wrong";
    TITLE: "回報資料有誤", "Report a wrong entry";
    INTRO: "協調官同意之後，大家看到的資料才會改。", "What everybody sees changes once a coordinator has agreed.";
    BACK: "回到節點", "Back to the node";
    NO_NODE: "這個地區沒有這個節點。", "This region has no such node.";

    WHAT: "哪裡不對？", "What is wrong?";
    MOVED: "位置不對，或已經搬走", "It is somewhere else";
    CLOSED: "已經永久停用", "Closed for good";
    CLOSED_HINT: "只是現在沒開，請改用「更新現況」或「回報」。", "If it is only shut for now, set its state or file a report instead.";
    DUPLICATE: "和另一個節點是同一個地方", "The same place as another node";
    NOT_STEP_FREE: "沒有無障礙出入口", "No way in without steps";
    STEP_FREE: "有無障礙出入口", "There is a way in without steps";
    OTHER: "其他，寫在下面", "Something else, in words";
    SKETCH_LABEL: "示意圖：1 是現在登記的位置，2 是更正後的位置。上面的表有同樣的內容。",
        "Sketch map: 1 is the place as it stands, 2 as it is said to be. The table above says the same.";
    NEW_PLACE: "正確的位置", "Where it really is";
    THERE_NOW: "我現在就在那裡", "I am there now";
    SEARCH: "或輸入附近的里、車站、街道、節點", "Or type a village, station, street or node close to it";
    WHICH: "和哪一個相同？", "The same as which one?";
    WHICH_HINT: "列出最近的幾個。", "The nearest ones.";
    WORDS: "補充說明", "In your own words";
    WORDS_HINT: "這個節點的人員和協調官看得到，其他人看不到。", "This node's staff and coordinators can read it, and nobody else.";
    SUBMIT: "送出", "Send";
    CHOOSE_WHAT: "請先選哪裡不對。", "First choose what is wrong.";
    CHOOSE_PLACE: "請選正確的位置。", "Choose where it really is.";
    CHOOSE_NODE: "請選和哪一個節點相同。", "Choose which node it is the same as.";
    WRITE: "請寫下哪裡不對。", "Write down what is wrong.";
    CLAIM_INTRO: "你沒有這個地區的帳號：填好之後，拿給任何一位工作人員，由他確認並送出。", "You have no account here: fill this in and show it to anyone on the staff, who looks at it and sends it.";
    CLAIM_CLOSED_HINT: "只是現在沒開，不必回報。", "Not if it is only shut for now.";
    CLAIM_WORDS_HINT: "拿到 QR 碼的人都看得到，請不要寫人名或電話。最多 200 字。", "Whoever gets the code can read it: leave out names and numbers. At most 200 characters.";
    MAKE_CLAIM: "做成 QR 碼", "Make a code of it";
    CLAIM: "給工作人員看這個 QR 碼", "Show this code to the staff";
    CLAIM_NOTE: "還沒有送出。請讓任何一個節點的工作人員掃描，或傳給他。不需要網路。", "Nothing has been sent yet. Have it scanned by staff of any node, or send it to them. It needs no network.";
    CLAIM_CODE: "回報資料有誤的 QR 碼", "Code with the wrong entry";
    CARRIED: "這是民眾說的，還沒有人查證。請盡量自己看過，改成你確認的內容再送出：送出後就是你的回報。",
        "Somebody without an account says this, and nobody has checked it. See for yourself where you can, correct what is not so, then send it: it goes out as your report.";
    TAKE_CLAIM: "有民眾給你看 QR 碼？", "Does somebody show you a code?";
    TAKE_CLAIM_NOTE: "沒有帳號的人說哪裡的資料有誤，會做成 QR 碼給你。", "Whoever has no account makes a code of what is wrong with a place.";
    SCAN_CLAIM: "拍下 QR 碼", "Photograph the code";
    NO_CLAIM: "沒有讀到這種 QR 碼。靠近一點、拍正，再試一次。", "No such code was read. Go closer, hold it straight, and try again.";
    CLAIM_ELSEWHERE: "這個 QR 碼是別的地區的。", "This code is about another region.";
    SAID_BEFORE: "已經有人回報、還沒決定的", "Reported already, and not decided yet";

    LIST_TITLE: "資料更正", "Corrections";
    LIST_NOTE: "有人說節點資料有誤，由協調官決定改不改。決定之前，大家看到的還是原來的資料。",
        "Somebody says that a node's entry is wrong; coordinators decide. Until then everybody sees the entry as it was.";
    ONLY_COORDINATORS: "這裡由協調官決定。", "Coordinators decide here.";
    OPEN: "等待決定", "To decide";
    NONE: "沒有等待決定的更正", "Nothing to decide";
    OLD: "現在的資料", "As it stands";
    NEW: "有人說", "As reported";
    POSITION: "位置", "Position";
    ADDRESS: "地址、附近", "Address, nearby";
    USE: "使用狀態", "Use";
    IN_USE: "使用中", "in use";
    NODE: "節點", "Node";
    ENTRANCE: "無障礙出入口", "Way in without steps";
    IN_WORDS: "說明", "In words";
    ACCEPT: "同意更改", "Accept";
    DECLINE: "不改", "Decline";
    ACCEPTED: "已同意。送到中心後，大家都會看到。", "Accepted. Everybody sees it once it is at the hub.";
    DECLINED: "不改，大家看到的和原來一樣。", "Declined. What everybody sees stays as it was.";
    TAKEN_BACK: "已收回，恢復原來的資料。", "Taken back. The entry is as it was before.";
    SAME_SPOT: "同一個位置", "at the same spot";
    SETTLED: "已經決定的", "Decided";
    IS_ACCEPTED: "已同意", "accepted";
    IS_DECLINED: "不改", "declined";
    TAKE_BACK: "收回同意", "Take back";
    AFTER_ALL: "改為同意", "Accept after all";

    TAKE_AWAY: "帶走節點資料", "Take the registry away";
    TAKE_AWAY_NOTE: "檔案裡是現在看到的節點資料：已同意的更正都改好了，停用和重複的不列。可以用試算表或地圖軟體（例如 QGIS）修改、補充，再交給製作地區包的人做下一版。",
        "The nodes as they are shown now: accepted corrections are in it, and what is closed for good or a duplicate is not. Correct it or add to it in a spreadsheet or on a map (in QGIS, say), and give it to whoever builds the next region pack.";
    NOT_PUBLIC: "檔案裡也有不公開的節點，請不要外傳。", "Nodes that are not public are in the file too: do not pass it around.";
    AS_CSV: "存成 CSV", "Save as CSV";
    AS_GEOJSON: "存成 GeoJSON", "Save as GeoJSON";

    ENDED_CLOSED: "這個地方已經永久停用，請到別的節點。", "This place is closed for good. Please go to another node.";
    ENDED_DUPLICATE: "這裡和另一個節點是同一個地方，請看：", "This is the same place as another node. Look here:";
    FIND_OTHER: "找別的節點", "Find another node";
    STEPS_CHANGED: "無障礙出入口的資料已更正。", "What is said of the way in without steps was corrected.";
}

phrases! {
    fn chosen(place: &str): "選了：{place}", "Chosen: {place}";
    fn position(n: u32): "你現在的位置（誤差約 {n} 公尺）", "your position (within about {n} m)";
    fn apart(distance: &str, wind: &str): "往{wind} {distance}", "{distance} to the {wind}";
    fn near(name: &str, distance: &str, wind: &str): "「{name}」往{wind} {distance}", "{distance} {wind} of {name}";
    fn to_decide(n: usize): "{n} 則等待決定", "{n} to decide";
    fn moved(distance: &str, wind: &str): "位置已更正：往{wind}移了 {distance}。地址可能還是舊的。",
        "Position corrected: {distance} to the {wind}. The address may be the old one.";
    fn with(what: &str, more: &str): "{what}：{more}", "{what}: {more}";
}
