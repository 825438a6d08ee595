//! Words about the app itself.

use crate::{phrases, words};

words! {
    TITLE: "關於 CivMesh", "About CivMesh";
    WHAT: "出事時我要去哪裡、找誰？CivMesh 讓這個問題在沒有網路時也有答案：把便利商店、學校、車站、活動中心變成找得到、有人顧、能運作的韌性節點。",
        "Where do I go, and whom do I look for? CivMesh answers that without a network: it turns stores, schools, stations and community centres into places that people find, staff and run.";
    EMERGENCY: "緊急電話", "Emergency numbers";
    EMERGENCY_NOTE: "CivMesh 不能代替報案。有人命危險，先打電話。", "CivMesh does not replace a call. If life is at stake, call first.";
    POLICE: "警察", "Police";
    FIRE: "消防、救護", "Fire, ambulance";
    MESSAGE_LINE: "報平安留言專線", "Safety message line";
    APP: "應用程式", "The app";
    VERSION: "版本", "Version";
    SHELL: "這支手機上備妥的版本", "Version kept on this phone";
    SHELL_NONE: "還沒有：需要網路才能打開", "None yet: it needs a network to open";
    LICENCE: "授權", "Licence";
    LICENCE_NOTE: "程式碼以 MIT 或 Apache-2.0 授權，任選其一，可以自由使用與修改。", "The code is under MIT or Apache-2.0, at your choice: free to use and to change.";
    IDEA: "構想", "The idea";
    IDEA_NOTE: "構想來自 KKAxiomWeaver 的白皮書 CivMeshDefenseOS（CC BY-NC-SA 4.0）。這裡只採用構想，沒有照抄文字。",
        "The idea is that of the whitepaper CivMeshDefenseOS by KKAxiomWeaver (CC BY-NC-SA 4.0). Only the idea is used; no text is copied.";
    DATA: "地圖與節點資料", "Data of the nodes";
    DATA_NOTE: "來源與授權列在地區頁。", "Sources and licences are listed with the region.";
    PRIVACY: "個人資料", "Personal data";
    PRIVACY_NOTE: "找節點不用帳號，位置不會離開這支手機。姓名、文字和照片只送到該節點工作人員的資料庫。",
        "Finding a node needs no account, and your position never leaves this phone. Names, words and photos go only to the database of that node's staff.";
}

phrases! {
    fn call(number: &str, who: &str): "{number}　{who}", "{number} {who}";
}
