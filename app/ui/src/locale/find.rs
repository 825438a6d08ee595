//! Words of the screen that answers where to go.

use crate::words::Words;
use crate::{phrases, words};
use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::spatial::search::Section;

words! {
    TITLE: "現在可以去哪裡", "Where to go now";
    USE_POSITION: "用我的位置", "My position";
    LOCATING: "定位中…", "Locating…";
    CHOOSE_PLACE: "選地點", "Choose place";
    MAP: "地圖", "Map";
    FILTERS: "篩選", "Filters";
    HAZARDS: "遇到什麼狀況", "What is happening";
    NO_HAZARD: "不指定", "Any";
    OPEN_ONLY: "只看開放中", "Open now only";
    NEEDS: "需要", "I need";
    CLEAR: "清除篩選", "Clear filters";

    DENIED: "這支手機沒有允許使用位置。可以到瀏覽器設定開啟，或直接選地點。",
        "This phone does not allow the app to use its position. Allow it in the browser's settings, or choose a place.";
    UNAVAILABLE: "手機現在找不到位置。到空曠處再試一次，或直接選地點。",
        "The phone can't find its position now. Try again in the open, or choose a place.";
    LOCATED: "已更新位置。", "Position updated.";

    GO_THERE: "我要去這裡", "I am going here";
    DETAILS: "詳細", "Details";
    OFFERS_NOW: "現在提供", "Offers now";
    OFFERS_PLANNED: "預定提供，還沒有人回報現況", "Planned; nobody has reported how it is now";
    NO_NEWS: "還沒有人回報這裡現在是否開放。", "Nobody has reported yet whether it is open.";
    STALE_OPEN: "這則消息已經超過一天，出發前先確認。", "This news is more than a day old: check before you set out.";
    VERIFIED: "已驗證", "verified";
    UNVERIFIED: "未驗證", "unverified";
    UNVERIFIED_NEWS: "這則消息沒有經過驗證，不能當作已開放。", "This news is not verified: do not take it for open.";
    BY_WAYS: "時間沿著道路估算，距離是直線距離。", "Times follow the streets; distances are straight.";
    IN_DANGER: "在危險或封閉範圍內", "In an area declared dangerous or closed";
    NO_WAY: "步行到不了", "No way on foot";
    STRAIGHT_LINE: "距離與時間用直線估算，實際走路會更久。", "Distances and times are measured in a straight line; walking takes longer.";

    NEWS_WAITING: "有新的現況消息。", "There is news.";
    RENEW: "更新順序", "Renew the list";
    SHOW_MORE: "顯示更多", "Show more";

    GROUP_SHELTER_OPEN: "確知開放的避難收容處所", "Disaster shelters known to be open";
    GROUP_SHELTER: "避難收容處所", "Disaster shelters";
    GROUP_PLACE_OPEN: "確知開放的其他地方", "Other places known to be open";
    GROUP_PLACE: "其他地方", "Other places";
    GROUP_AIR_RAID_OPEN: "確知開放的防空避難設備", "Air-raid shelters known to be open";
    GROUP_AIR_RAID: "防空避難設備", "Air-raid shelters";
    GROUP_FIT_OPEN: "確知開放而且適合", "Known to be open, and fit";
    GROUP_FIT: "適合，但不確定是否開放", "Fit, but not known to be open";
    GROUP_UNKNOWN_OPEN: "開放中，但不確定是否適合", "Open, but nobody has said whether they are fit";
    GROUP_UNKNOWN: "不確定是否適合", "Nobody has said whether they are fit";
    GROUP_NOT_TAKING: "目前不收人", "Not taking people now";
    NOTE_STATE_UNKNOWN: "附近沒有人回報現在開放，出發前先確認。", "Nobody nearby has reported them open: check before you set out.";
    NOTE_AIR_RAID: "空襲時躲避爆炸用，待幾分鐘到幾小時，不能過夜收容。多半在地下，淹水時不要進去。",
        "Cover against blast, for minutes or hours; not a place to stay. Most are below ground: keep out in a flood.";
    NOTE_AIR_RAID_CHOSEN: "3 到 5 分鐘內就要找到掩蔽。來不及就進最近的建築物，躲到離外牆隔兩道牆的地方。",
        "Take cover within 3 to 5 minutes. If you can't make it, enter the nearest building and keep two walls between you and the outside.";
    NOTE_UNKNOWN: "沒有資料說明能不能應付這種災害，列出來供參考。", "There is no word on whether they are safe in this hazard; listed for reference.";
    NOTE_NOT_TAKING: "已滿、未開放或危險。列出來，免得白跑一趟。", "Full, closed or unsafe: listed so that nobody walks there in vain.";

    NOTHING: "沒有符合條件的地方", "No place fits what you asked for";
    NOTHING_NOTE: "放寬篩選，或換一種狀況看看。", "Loosen the filters, or look for another hazard.";
    NO_ANSWER: "附近沒有確定可以去的地方", "No place nearby is known to be right";
    NO_ANSWER_NOTE: "下面的地方都還不確定。先待在安全的地方，出發前再確認。",
        "Nothing is certain about the places below. Stay where you are safe, and check before you set out.";
    EMPTY_REGION: "這個地區還沒有任何節點", "This region has no nodes yet";
    EMPTY_REGION_NOTE: "請換一個地區包。", "Please load another region pack.";
    LOAD_REGION: "載入地區", "Load a region";
    READING: "正在讀取這個地區…", "Reading the region…";

    GOING_TO: "你正前往", "You are going to";
    STOP_GOING: "不去了", "Stop";
    READY_OFFLINE: "沒有網路也能用。", "Works without a network.";
    INSTALL_IOS: "iPhone 和 iPad：點分享鈕，選「加入主畫面」，離線資料才不會被清掉。",
        "iPhone and iPad: tap Share, then “Add to Home Screen”, or offline data may be cleared.";
    HIDE_HINT: "知道了", "Got it";
}

phrases! {
    fn near(name: &str, accuracy: &str): "你在{name}附近（±{accuracy}）", "You are near {name} (±{accuracy})";
    fn at_position(accuracy: &str): "從你的位置量起（±{accuracy}）", "Measured from your position (±{accuracy})";
    fn from_chosen(name: &str): "從「{name}」量起", "Measured from {name}";
    fn from_last(age: &str): "從你上次的位置量起（{age}）", "Measured from your last known position ({age})";
    fn from_last_near(name: &str, age: &str): "從你上次的位置量起：{name}附近（{age}）", "Measured from your last known position, near {name} ({age})";
    fn from_centre(region: &str): "還不知道你在哪裡，先從{region}的中心量起。請選地點，或用你的位置。",
        "Where you are is not known: measured from the centre of {region}. Choose a place, or use your position.";
    fn far_away(region: &str, distance: &str): "你離{region}還有 {distance}。可以選一個地點來看，或換地區。",
        "You are {distance} from {region}. Choose a place to look from, or another region.";
    fn filters_set(count: usize): "篩選（{count}）", "Filters ({count})";
    fn holds(people: u32): "可容納約 {people} 人", "Holds about {people}";
    fn look_for(whom: &str): "到了找：{whom}", "Look for: {whom}";
    fn found(count: usize): "列出 {count} 個地方", "Places listed: {count}";
}

/// The heading over a group, and what has to be said of it.
pub fn group(section: Section, open: bool, hazard: Option<Hazard>) -> (Words, Option<Words>) {
    match (section, open) {
        (Section::Shelter, true) => (GROUP_SHELTER_OPEN, None),
        (Section::Shelter, false) => (GROUP_SHELTER, Some(NOTE_STATE_UNKNOWN)),
        (Section::Place, true) => (GROUP_PLACE_OPEN, None),
        (Section::Place, false) => (GROUP_PLACE, Some(NOTE_STATE_UNKNOWN)),
        (Section::AirRaid, open) => {
            let note = if hazard == Some(Hazard::AirRaid) { NOTE_AIR_RAID_CHOSEN } else { NOTE_AIR_RAID };
            (if open { GROUP_AIR_RAID_OPEN } else { GROUP_AIR_RAID }, Some(note))
        }
        (Section::Fit, true) => (GROUP_FIT_OPEN, None),
        (Section::Fit, false) => (GROUP_FIT, Some(NOTE_STATE_UNKNOWN)),
        (Section::FitnessUnknown, true) => (GROUP_UNKNOWN_OPEN, Some(NOTE_UNKNOWN)),
        (Section::FitnessUnknown, false) => (GROUP_UNKNOWN, Some(NOTE_UNKNOWN)),
        (Section::NotTaking, _) => (GROUP_NOT_TAKING, Some(NOTE_NOT_TAKING)),
    }
}
