//! Words of the records: what this phone wrote and carries, and where each thing stands.

use crate::{phrases, words};

words! {
    TITLE: "我的紀錄", "My records";
    INTRO: "都存在這支手機裡。有網路就會自動送出，也可以存成檔案帶走。",
        "All of it is on this phone. It goes out by itself when there is a network, or you can save it to a file.";
    SENDS_CLOSED: "關掉 App 也可以：手機連上網路、允許背景執行時，就會自己送。", "You can close the app: it goes out by itself once the phone finds a network and allows it.";
    SENDS_OPEN: "關掉 App 就不會送，下次打開才會接著送。", "It does not go out with the app closed; it does when you next open it.";
    EMPTY: "還沒有紀錄", "No records yet";
    EMPTY_NOTE: "報到、檢核表打勾或回報之後，會列在這裡。", "What you check in, tick or report is listed here.";
    ALL_SENT: "全部都有中心的收據。", "The hub has given a receipt for everything.";
    SYNC_NOW: "現在同步", "Sync now";
    SYNC_ASKED: "正在同步，結果會顯示在上方。", "Syncing; the result shows at the top.";
    MORE_ROWS: "再列出更多", "Show more";

    WAITING: "等待", "Waiting";
    WAITING_NETWORK: "等待網路", "Waiting";
    SENDING: "傳送中", "Sending";
    AT_HUB: "已送達", "At the hub";
    REFUSED: "需處理", "To deal with";
    KEPT: "只在這裡", "Only here";
    KEPT_NOTE: "不再送出，只留在這支手機。", "Not sent any more; it stays on this phone only.";

    WHY_OFFLINE: "沒有網路。連上就會自動送出。", "No network. It goes out by itself once there is one.";
    WHY_HUB_AWAY: "有網路，但連不到中心。會自動再試。", "There is a network, but the hub does not answer. It is tried again by itself.";
    WHY_SEAT_REFUSED: "中心不接受這個席位。請重新領用席位。", "The hub does not accept this seat. Take up the seat again.";
    WHY_SIGNED_OUT: "和中心的登入已到期。解鎖後就會送出。", "The session at the hub has ended. It goes out once you unlock.";
    WHY_NO_READER: "還不知道誰可以讀。知道後會加密給他們再送出。", "Nobody is known yet who may read it. It is sealed to them and sent as soon as somebody is.";
    WHY_NO_SEAT: "還沒有席位。領用席位後就會送出。", "There is no seat here. It goes out once a seat is taken up.";
    WHY_OTHER_REGION: "屬於別的地區，這個席位不能送。", "It belongs to another region than this seat.";
    WHY_OTHER_NODE: "這個席位不負責這個節點，照片和沒有加密的內容不能轉交。可存成檔案交給那裡的人。",
        "This seat is not for that node, and photos or what is not sealed can't be passed on. Save a file for its people.";
    WHY_EVENT_FIRST: "等紀錄本身先送達。", "Waits until the record itself has arrived.";
    WHY_SOON: "馬上就送。", "Goes out in a moment.";

    REFUSED_KIND: "中心不收：你的席位不能寫這種紀錄。", "The hub says no: your seat may not write this kind of record.";
    REFUSED_KIND_DO: "請由節點負責人登記；或請協調官調整席位後，再送一次。",
        "Let the node's manager enter it; or have a coordinator change the seat, then send it again.";
    REFUSED_NODE: "中心不收：你的席位不負責這個節點。", "The hub says no: your seat is not for this node.";
    REFUSED_NODE_DO: "請由那個節點的人登記；或請協調官調整席位後，再送一次。",
        "Let that node's people enter it; or have a coordinator change the seat, then send it again.";
    REFUSED_ACCOUNT: "中心不收：帳號和席位不符。", "The hub says no: the account does not match the seat.";
    REFUSED_ACCOUNT_DO: "請重新領用席位，再送一次。", "Take up the seat again, then send it again.";
    REFUSED_SHAPE: "中心看不懂這筆紀錄。", "The hub can't read this record.";
    REFUSED_SHAPE_DO: "請先更新應用程式，再送一次；還是不行就請協調官看中心的說法。",
        "Update the app, then send it again; if that does not help, show a coordinator the hub's words.";
    REFUSED_SIZE: "太大了，中心不收。", "It is too large for the hub.";
    REFUSED_SIZE_DO: "請修正：縮短文字或換一張照片，再送。", "Correct it: shorten the text or take another photo, then send.";
    REFUSED_DELETED: "中心已經刪除過這筆紀錄。", "The hub has deleted this record before.";
    REFUSED_DELETED_DO: "請協調官確認；內容仍需要的話，修正後會成為新的一筆。",
        "Ask a coordinator. If it is still needed, a correction makes a new record of it.";
    REFUSED_EXPIRED: "這部分已超過保存期限，中心不再收。", "This has passed the time for which it is kept, so the hub takes it no more.";
    REFUSED_EXPIRED_DO: "紀錄本身不受影響。還需要的話，請更正紀錄，重新填寫。", "The record itself is not affected. If it is still needed, correct the record and enter it anew.";
    REFUSED_MALFORMED: "這筆紀錄在手機上損壞了，不能送。", "This record is damaged on the phone and can't be sent.";
    REFUSED_MALFORMED_DO: "請重新填寫一筆。", "Please enter it anew.";
    REFUSED_OTHER: "中心不收，原因見下方。", "The hub says no; its reason is below.";
    REFUSED_OTHER_DO: "請協調官看中心的說法，處理後再送一次。", "Show a coordinator the hub's words, then send it again.";
    HUB_SAID: "中心的說法", "The hub's words";

    PART_PERSON: "姓名", "Name";
    PART_TEXT: "文字", "Words";
    PART_PHOTO: "照片", "Photo";
    PART_SEALED: "已加密給該節點的人員；這支手機沒有能打開的金鑰", "Sealed for the node's staff; this phone has no key for it";
    PART_NOT_HERE: "不在這支手機上", "Not on this phone";

    LOOK_INTO: "向中心取得", "Get it from the hub";
    LOOK_INTO_NOTE: "會把這個節點的姓名、文字和照片帶到這支手機。", "This brings the node's names, words and photos to this phone.";
    LOOKING_INTO: "已經去要了，有網路就會送來。", "Asked for: it comes when there is a network.";

    KIND_CHECK_IN: "報到", "Check-in";
    KIND_CHECK_OUT: "簽退", "Check-out";
    KIND_STATUS: "節點狀態", "Node state";
    KIND_RUN_STARTED: "啟動程序", "Procedure started";
    KIND_STEP: "步驟", "Step";
    KIND_RUN_ENDED: "程序結束", "Procedure ended";
    KIND_REPORT: "狀況回報", "Report";
    KIND_CREDENTIAL: "授予憑證", "Credential given";
    KIND_REVOCATION: "撤銷裝置", "Device revoked";
    KIND_READING_KEY: "閱讀金鑰", "Reading key";
    KIND_SETTLED: "更正的決定", "Decision on a correction";
    KIND_AREA: "公布的危險或封閉", "Danger or closure declared";
    KIND_AREA_WITHDRAWN: "解除危險或封閉", "Danger or closure withdrawn";
    KIND_UNKNOWN: "新種類的紀錄", "A newer kind of record";

    KEY_FOR: "可開啟的手機", "Opens on";
    HOLDER: "給哪支手機", "To phone";
    ROLES: "身分", "Roles";
    FOR_NODES: "節點", "Nodes";
    VALID_UNTIL: "有效至", "Valid until";
    STILL_ACCEPTED: "撤銷後仍採信", "Still accepted";
    OF_CHECK_IN: "哪一次報到", "Of check-in";
    OF_RUN: "哪一次程序", "Of run";
    SUBJECT: "誰", "Who";
    DUTY: "做什麼", "Doing what";
    SKILLS: "會什麼", "Able to do";
    STATE: "狀態", "State";
    OFFERS_YES: "有提供", "Offers";
    OFFERS_NO: "沒有提供", "Does not offer";
    PROCEDURE: "程序", "Procedure";
    VERSION: "版本", "Version";
    TRIGGER: "啟動原因", "Why started";
    STEP: "步驟", "Step";
    MARK: "結果", "Result";
    OUTCOME: "結果", "Outcome";
    WRONG: "哪裡不對", "What is wrong";
    OF_CORRECTION: "哪一則更正", "Of correction";
    CORRECTS: "更正哪一筆", "Corrects";

    NOT_FOUND: "這支手機上沒有這筆紀錄", "This record is not on this phone";
    NOT_FOUND_NOTE: "可能在別支手機上，或還沒同步過來。", "It may be on another phone, or has not come here yet.";
    NOT_FACT: "簽章不符：內容可能被改過，也不知道是誰寫的。不能當作事實；請用其他方式查證。",
        "Broken signature: what it says may have been changed, and nobody knows by whom it was written. It is no fact; find out in another way.";
    NOT_FACT_SHOW: "仍要看它寫了什麼", "Look at what it says all the same";
    CONTENTS: "內容", "What it says";
    BESIDE: "附帶的姓名、文字、照片", "Name, words, photo beside it";
    DELIVERY: "送達情形", "Delivery";
    THE_RECORD: "紀錄本身", "The record itself";
    IDENTITY: "識別", "Identity";
    NODE: "節點", "Node";
    WRITTEN: "寫下的時間", "Written";
    AUTHOR: "寫的人（手機代號）", "Author (phone's code)";
    CHECK_WORD: "核對碼", "Check word";
    CHECK_WORD_NOTE: "用電話或無線電核對時，唸這八個字。", "Read these eight characters aloud to compare by phone or radio.";
    ID: "完整識別碼", "Full identifier";
    MODE: "性質", "Kind";
    FROM_HERE: "這支手機寫的", "Written on this phone";
    FROM_HUB: "從中心來的", "Came from the hub";
    FROM_FILE: "從檔案載入的", "Loaded from a file";
    SOURCE: "來源", "How it came";

    DO_CORRECT: "修正再送", "Correct and send";
    DO_AGAIN: "再送一次", "Send again";
    DO_DISMISS: "不送了", "Do not send";
    OPEN_RUN: "打開這次程序", "Open the run";
    DISMISS_TITLE: "不送這筆紀錄？", "Do not send this record?";
    DISMISS_NOTE: "中心不會有這筆紀錄。內容會留在這支手機，但之後不能再從這裡送出。",
        "The hub will not have this record. It stays on this phone, but can't be sent from here later.";
    DISMISS_SURE: "我確定不需要送", "I am sure it need not be sent";
    SENT_AGAIN: "會再送一次。", "It will be sent again.";
    DISMISSED: "不再送出；內容留在這支手機。", "It will not be sent; it stays on this phone.";

    CARRY: "沒有網路，也能帶走", "Take it along without a network";
    CARRY_NOTE: "未送出的紀錄可以存成檔案，在別支手機載入，由那支手機送出。檔案裡的姓名和照片，拿到的人都看得到。",
        "Unsent records can be saved to a file and loaded on another phone, which then sends them. Whoever has the file can read its names and photos.";
    SAVE: "存成檔案", "Save to a file";
    LOAD: "載入檔案", "Load a file";
    NOTHING_TO_SAVE: "沒有未送出的紀錄", "Nothing is unsent";
    SAVE_FAILED: "沒有存成。紀錄都還在這支手機。", "The file was not saved. The records are all still on this phone.";
    SAVE_KEEP: "這支手機上的紀錄仍會等待送出。", "The records on this phone still wait to be sent.";
    FILE_TOO_LARGE: "檔案超過 20 MB，沒有載入。原有紀錄沒有變動。", "The file is over 20 MB and was not loaded. Nothing has changed.";
    FILE_OTHER: "這不是 CivMesh 的紀錄檔，或檔案不完整。原有紀錄沒有變動。",
        "This is not a CivMesh records file, or it is not whole. Nothing has changed.";
    FILE_NEWER: "這個檔案來自較新的版本，請先更新應用程式。原有紀錄沒有變動。",
        "This file comes from a newer version: update the app first. Nothing has changed.";
    FILE_NOT_KEPT: "讀得懂，但手機存不下來。請清出空間再試。原有紀錄沒有變動。",
        "The file is fine, but the phone could not keep it. Free some space and try again. Nothing has changed.";
    FAULT_UNREADABLE: "看不懂", "can't be read";
    FAULT_BROKEN: "簽章不符", "broken signature";
    FAULT_REGION: "屬於別的地區", "another region";
    FAULT_PART: "附帶的內容不符，只載入紀錄本身", "what is beside it does not match; only the record was loaded";

    ROOM_LOW: "手機空間快滿了", "The phone is nearly full";
    ROOM_LOW_NOTE: "先把未送出的紀錄存成檔案，再清出空間。", "Save unsent records to a file first, then free some space.";
    CLOCK_OFF_NOTE: "畫面上的時間改以中心為準；你寫的紀錄，時間可能不準。請在系統設定打開「自動設定時間」。",
        "Times on the screens go by the hub's clock; those in your records may be off. Turn on automatic time in the phone's settings.";
}

phrases! {
    fn again_at(time: &str): "試過了，{time} 再試。", "Tried; again at {time}.";
    fn received_at(time: &str): "中心 {time} 收到", "The hub received it at {time}";
    fn unsent(n: usize): "{n} 件未送達", "{n} not at the hub";
    fn to_deal(n: usize): "{n} 件需處理", "{n} to deal with";
    fn part_waits(part: &str): "紀錄已送達，{part}還在這支手機", "The record has arrived; the {part} is still on this phone";
    fn by_phone(word: &str): "由手機 {word} 寫下", "Written by phone {word}";
    fn saved(n: usize): "已存 {n} 筆。", "{n} saved.";
    fn left_out(n: usize): "檔案放不下 {n} 個照片或附件，它們還在這支手機。", "{n} photos or attachments did not fit; they are still on this phone.";
    fn loaded(new: usize, known: usize): "載入 {new} 筆新紀錄，{known} 筆原本就在。", "{new} new records loaded, {known} were here already.";
    fn bad_line(n: usize, why: &str): "第 {n} 筆：{why}", "Record {n}: {why}";
    fn bad(n: usize): "{n} 筆有問題：", "{n} with something wrong:";
    fn room(used: &str, quota: &str): "已用 {used}，可用上限 {quota}", "{used} used of {quota}";
    fn accepted(n: usize): "{n} 筆", "{n} records";
    fn part_expired(until: &str): "保留到 {until}，已刪除", "Kept until {until}, deleted";
    fn phones(n: usize): "{n} 支手機", "{n} phones";
    fn needs_newer(n: u16): "需要較新的版本才看得懂（種類 {n}）", "Needs a newer version to be read (kind {n})";
}
