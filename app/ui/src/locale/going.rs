//! Words of the way to a node: direction, what to bring, sharing, and the code to show on arrival.

use crate::words::Words;
use crate::{phrases, words};
use civmesh_domain::spatial::hazard::Hazard;

words! {
    HEADING_FOR: "前往", "On the way to";
    STRAIGHT_LINE: "箭頭以正北為上，指的是直線方向。", "North is up; the arrow points in a straight line.";
    SHARE: "分享給家人", "Tell my family";
    SHARED: "已分享。", "Shared.";
    COPIED: "已複製，可以貼到訊息裡。", "Copied: paste it into a message.";
    NOT_SHARED: "沒有分享出去。內容在下面，可以自己複製。", "Nothing was shared. The words are below, to copy by hand.";
    SHARED_WORDS: "分享的內容", "Words to share";
    STOP: "不去了", "I am not going";
    OTHER_PLACES: "看其他地方", "Other places";
    SHUT: "現在不要過去", "Do not go there now";
    FULL: "這裡滿了，先不要過去", "It is full: do not go there now";
    GO_INSTEAD: "改去那裡", "Go there instead";
    SHUT_NOTE: "節點回報目前不收人。請看其他地方。", "The node says that it takes nobody now. Look for another place.";
    BEFORE: "出發前", "Before you go";
    ARRIVAL: "到達時給志工掃描", "Show this when you arrive";
    ARRIVAL_NOTE: "裡面只有節點和一組隨機號碼，沒有姓名。同一戶用同一支手機的號碼。",
        "It holds the node and a random number, no names. One household keeps the number of one phone.";
    ARRIVAL_CODE: "到達用的 QR 碼", "QR code for arrival";
    NO_CODE: "這個瀏覽器無法產生號碼，到了直接告訴志工即可。", "This browser can't make a number: just tell a volunteer when you arrive.";
    ADDRESS: "地址", "Address";
    COORDINATES: "座標", "Coordinates";
    LOOK_FOR: "到了找", "Look for";
    SET_OUT: "出發時間", "Set out";
    EXERCISE_MARK: "【演習】", "[EXERCISE] ";
    NOT_KEPT: "已取消。", "Cancelled.";
}

phrases! {
    fn going_to(name: &str, kind: &str): "我要去：{name}（{kind}）", "I am going to {name} ({kind})";
    fn next_is(name: &str, minutes: u32, wind: &str): "下一個是{name}，往{wind}走約 {minutes} 分鐘。", "The next one is {name}, about {minutes} min on foot to the {wind}.";
    fn next_lies(name: &str, wind: &str): "下一個是{name}，在{wind}。", "The next one is {name}, to the {wind}.";
    fn line(name: &str, value: &str): "{name}：{value}", "{name}: {value}";
}

const fn w(zh: &'static str, en: &'static str) -> Words {
    Words { zh, en }
}

const BAG: Words = w("帶水、常用藥、證件、手機和行動電源。", "Take water, your medicine, ID, phone and power bank.");

/// Three things before setting out, fitted to the hazard.
pub fn before(hazard: Option<Hazard>) -> [Words; 3] {
    match hazard {
        None => [
            BAG,
            w("關掉瓦斯和不用的電器，鎖好門。", "Turn off the gas and what you don't use; lock the door."),
            w("跟家人說好在哪裡會合，帶上需要幫忙的人。", "Agree with your family where to meet; take along whoever needs help."),
        ],
        Some(Hazard::Earthquake) => [
            w("穿鞋、護住頭，走樓梯，不搭電梯。", "Wear shoes, protect your head; take the stairs, not the lift."),
            w("關瓦斯。聞到瓦斯味就不要碰開關，先離開。", "Turn off the gas. If you smell it, touch no switch and leave."),
            BAG,
        ],
        Some(Hazard::Flood | Hazard::Tsunami) => [
            w("往高處走。不要進地下室、地下道。", "Go up. Keep out of basements and underpasses."),
            w(
                "不要走進流動的水，繞開溪邊和看不見路面的地方。",
                "Never walk into moving water; keep away from streams and roads you can't see.",
            ),
            w("關總電源。藥、證件和手機包好防水。", "Switch off the mains. Wrap medicine, ID and phone against water."),
        ],
        Some(Hazard::Blackout) => [
            w("帶手電筒、行動電源，和需要用電的醫療器材。", "Take a torch, a power bank, and any medical device that needs power."),
            w("拔掉電熱器具，走樓梯，不搭電梯。", "Unplug heaters and irons; take the stairs, not the lift."),
            w("號誌可能不亮，過馬路多看幾次。", "Traffic lights may be out: look twice before you cross."),
        ],
        Some(Hazard::AirRaid) => [
            w(
                "3 到 5 分鐘內進掩蔽。來不及就近進建築物，躲在離外牆隔兩道牆的低樓層。",
                "Be under cover within 3 to 5 minutes. If you can't, enter the nearest building: low floor, two walls to the outside.",
            ),
            w("離開窗戶，不搭電梯。", "Keep away from windows; don't take the lift."),
            w(
                "等解除警報（一長音 90 秒）再出來。不要拍攝、上傳軍隊動態。",
                "Stay until the all-clear (90 seconds, one tone). Don't film or post troop movements.",
            ),
        ],
        Some(Hazard::Pandemic) => [
            w("戴口罩，多帶幾個，帶乾洗手。", "Wear a mask; take spare ones and hand sanitiser."),
            w("發燒、咳嗽就先告訴門口的人，再進去。", "If you have a fever or a cough, tell the person at the door before you go in."),
            BAG,
        ],
        Some(Hazard::Landslide) => [
            w("離開溪谷和山坡，往兩側高處走，不要順著溪走。", "Leave valleys and slopes; go up sideways, not along the stream."),
            w("聽到隆隆聲、溪水突然變濁或變少，馬上走。", "If you hear rumbling, or the stream turns muddy or drops, leave at once."),
            BAG,
        ],
    }
}
