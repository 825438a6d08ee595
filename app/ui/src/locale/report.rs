//! Words of filing a report.

use crate::{phrases, words};

words! {
    TITLE: "回報", "Report";
    CORRECT_TITLE: "更正回報", "Correct a report";
    NO_NODE: "先選要回報哪個節點。", "First choose which node you report about.";
    URGENCY: "多急？", "How urgent?";
    URGENT_NOTE: "有人命危險先撥 119（消防救護）或 110（警察）。打不通，再用這裡回報。",
        "If life is at stake, call 119 (fire, ambulance) or 110 (police) first. If you can't get through, report here.";
    SITUATION: "整體狀況", "Situation";
    OVERALL: "整體", "Overall";
    POWER: "電力", "Power";
    WATER: "自來水", "Water";
    SANITATION: "廁所、垃圾", "Toilets, waste";
    MEDICAL: "醫療", "Medical";
    COMMUNICATIONS: "通訊", "Communications";
    TRANSPORT: "道路交通", "Roads";
    PEOPLE: "人數", "People";
    PEOPLE_HINT: "大約就好；沒數就空著，空著不等於零。", "A rough number will do. Leave it empty if nobody counted: empty is not zero.";
    PRESENT: "在場", "Present";
    INJURED: "受傷", "Injured";
    MISSING: "失聯", "Missing";
    VULNERABLE: "需要協助行動或照護", "Need help to move, or care";
    CHILDREN: "六歲以下", "Under six";
    NEEDS: "需要什麼", "Needs";
    NEEDS_HINT: "點選需要的東西，知道數量再填。", "Choose what is needed; give a number if you know it.";
    DANGERS: "看到的危險", "Dangers seen";
    WORDS: "補充說明", "In your own words";
    WORDS_HINT: "只有這個節點的人員看得到。不要上傳軍事動態。", "Only this node's staff can read it. Do not write about military movements.";
    PHOTO_NOT_HERE: "這個節點不在你的席位內，照片太大，沒辦法轉交，所以不附。",
        "Your seat is not for this node: a photo is too large to be passed on, so none is asked.";
    PHOTO: "照片", "Photo";
    PHOTO_ADD: "加一張照片", "Add a photo";
    PHOTO_REMOVE: "拿掉照片", "Remove the photo";
    PHOTO_SHRINKING: "縮小照片中…", "Making the photo smaller…";
    PHOTO_BAD: "這個檔案不是可用的照片，其他內容都還在。", "This file is not a photo that can be used; everything else is still here.";
    PHOTO_ALT: "要附上的照片", "The photo to be attached";
    SUBMIT: "送出回報", "File the report";
    EMPTY: "還沒有內容：請至少填一項。", "There is nothing in it yet: please fill in at least one thing.";
    BAD_NUMBER: "人數和數量請填整數。", "Please give whole numbers.";
    SET_STATE: "更新節點狀態", "Update the node's state";
    NOT_TO_CORRECT: "找不到要更正的回報，請重新填寫。", "The report to correct is not here; please write it anew.";
    RECENT: "這個節點最近的回報", "Recent reports from this node";
    NONE_YET: "還沒有回報", "No reports yet";
}

phrases! {
    fn photo_size(kilobytes: usize): "已縮小為 {kilobytes} KB", "Made smaller: {kilobytes} kB";
    fn amount(unit: &str): "數量（{unit}）", "How many ({unit})";
}
