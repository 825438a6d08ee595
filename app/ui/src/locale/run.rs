//! Words of a running procedure.

use crate::{phrases, words};

words! {
    NOT_HERE: "這支手機上沒有這次程序", "This run is not on this phone";
    NOT_HERE_NOTE: "可能是別支手機啟動的，還沒同步過來。連上網路後會出現在檢核表。",
        "Another phone may have started it and it has not come here yet. Once there is a network, it appears in the checklist.";
    TO_CHECKLIST: "到檢核表", "To the checklist";
    OTHER_VERSION: "啟動時用的是另一個版本的程序，步驟可能和這裡列的不同。",
        "This run began with another version of the procedure: its steps may differ from those listed here.";
    NO_SOP: "這次程序的內容不在目前的地區包裡。紀錄都還在。", "The procedure of this run is not in the region's pack. Its records are all still here.";
    AHEAD: "開始時間在未來：那支手機的時鐘不準，所以不算逾時。",
        "It starts in the future: that phone's clock is wrong, so nothing counts as late.";
    DONE: "完成", "Done";
    CANNOT: "做不到", "Can't be done";
    ADD_NOTE: "加備註", "Add a note";
    NOTE_HINT: "只給這個節點的工作人員看，和完成一起記下。", "For this node's own staff only; saved together with the mark.";
    READ_ALOUD: "照著唸", "Read aloud";
    YES: "是", "Yes";
    NO: "否", "No";
    HOW_MANY: "數量", "How many";
    ANSWER: "答案", "Answer";
    ANSWER_FIRST: "請先填答案，再按完成。", "Please answer first, then press Done.";
    WHY_NOT: "為什麼做不到？", "Why can't it be done?";
    IF_NOT: "那就這樣做", "Do this instead";
    REASON_FIRST: "請先選原因。", "Please choose a reason first.";
    SKIP: "記為做不到", "Mark as not possible";
    NEXT: "接下來", "Next";
    NOT_DONE: "沒有做的步驟", "Steps not done";
    NOTHING_NEXT: "沒有其他待辦步驟。", "No other step is open.";
    FINISHED: "已處理", "Dealt with";
    NONE_FINISHED: "還沒有完成的步驟。", "No step is done yet.";
    ALL_DEALT: "步驟都處理完了", "All steps are dealt with";
    ALL_DEALT_NOTE: "現場恢復日常後，結束這次程序。", "Once the place is back to normal, end this run.";
    TAKE_BACK: "重新開啟這一步", "Open this step again";
    MARKED_MEANWHILE: "別支手機已標記這一步。你寫到一半的還在；再按一次完成，就改以你的為準。",
        "Another phone has marked this step. What you were writing is still here; press Done to put yours in its place.";
    NOW_DONE: "這一步已完成", "This step is done";
    NOW_SKIPPED: "這一步做不到", "This step could not be done";
    TO_NEXT: "到下一個該做的", "To the next one due";
    REOPENED: "已重新開啟", "Opened again";
    UNDONE: "已復原。", "Undone.";
    END: "結束這次程序", "End this run";
    END_TITLE: "要結束這次程序嗎？", "End this run?";
    END_NOTE: "結束後就不能再打勾，紀錄會留著。", "No step can be marked after that; the records stay.";
    END_COMPLETED: "已恢復日常", "Back to normal";
    END_COMPLETED_HINT: "該做的都處理了。", "All that was needed is done.";
    END_CANCELLED: "中止", "Break off";
    END_CANCELLED_HINT: "誤報，或上級要求停止。", "A false alarm, or somebody ordered it.";
    END_CONFIRM: "結束", "End it";
    ENDED: "已結束，記在這支手機。", "Ended; saved on this phone.";
    IS_COMPLETED: "這次程序已結束：恢復日常", "This run has ended: back to normal";
    IS_CANCELLED: "這次程序已中止", "This run was broken off";
}

phrases! {
    fn phase(n: usize, name: &str): "第 {n} 階段，共 5：{name}", "Phase {n} of 5: {name}";
    fn steps(done: usize, all: usize): "{done} / {all} 步", "{done} of {all} steps";
    fn started_now(time: &str): "{time} 開始", "started {time}";
    fn started(time: &str, minutes: u64): "{time} 開始（{minutes} 分鐘）", "started {time} ({minutes} min ago)";
    fn started_hours(time: &str, hours: u64): "{time} 開始（{hours} 小時）", "started {time} ({hours} h ago)";
    fn due(time: &str): "{time} 前完成", "due by {time}";
    fn late(time: &str, minutes: u64): "應在 {time} 前完成・晚 {minutes} 分鐘", "due by {time} · {minutes} min late";
    fn late_hours(time: &str, hours: u64): "應在 {time} 前完成・晚 {hours} 小時", "due by {time} · {hours} h late";
    fn did(what: &str, title: &str): "{what}：{title}", "{what}: {title}";
    fn others(n: usize): "另有 {n} 筆不同紀錄", "{n} other records differ";
    fn strange(n: usize): "有 {n} 個步驟只在另一個版本裡，紀錄都還在。", "{n} steps exist only in another version; their records are still here.";
}
