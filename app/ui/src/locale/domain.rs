//! The field's terms: what kinds of places, hazards, states, roles and duties are called.

use crate::words;
use crate::words::Words;
use civmesh_domain::governance::Standing;
use civmesh_domain::information::report::{Danger, Grade, NeedItem, Urgency};
use civmesh_domain::information::status::NodeState;
use civmesh_domain::personnel::check_in::{Duty, Skill};
use civmesh_domain::personnel::role::Role;
use civmesh_domain::personnel::trust::{Doubt, Verdict};
use civmesh_domain::sop::procedure::{Phase, Scenario, StepRole};
use civmesh_domain::sop::run::SkipReason;
use civmesh_domain::spatial::hazard::Hazard;
use civmesh_domain::spatial::node::{Level, NodeKind, Offer, Refuge};

const fn w(zh: &'static str, en: &'static str) -> Words {
    Words { zh, en }
}

words! {
    STATE_UNKNOWN: "狀態不明", "State unknown";
    BROKEN: "簽章不符，不可採信", "Broken signature: do not rely on it";
}

/// A kind of place.
pub fn node_kind(kind: NodeKind) -> Words {
    match kind {
        NodeKind::ConvenienceStore => w("便利商店", "Convenience store"),
        NodeKind::Supermarket => w("超級市場", "Supermarket"),
        NodeKind::BigBoxRetailer => w("量販店", "Big-box store"),
        NodeKind::LogisticsDepot => w("物流中心", "Logistics depot"),
        NodeKind::TransitHub => w("車站", "Station"),
        NodeKind::School => w("學校", "School"),
        NodeKind::CommunityCentre => w("活動中心", "Community centre"),
        NodeKind::UndergroundSpace => w("地下空間", "Underground space"),
        NodeKind::SportsHall => w("體育館", "Sports hall"),
        NodeKind::ParkingStructure => w("停車場", "Parking structure"),
        NodeKind::PublicBuilding => w("公共建築", "Public building"),
        NodeKind::OpenGround => w("公園空地", "Open ground"),
    }
}

/// A kind of refuge.
pub fn refuge(refuge: Refuge) -> Words {
    match refuge {
        Refuge::DisasterShelter => w("避難收容處所", "Disaster shelter"),
        Refuge::AirRaidShelter => w("防空避難設備", "Air-raid shelter"),
    }
}

/// How far a place has agreed.
pub fn standing(standing: Standing) -> Words {
    match standing {
        Standing::Proposed => w("尚未約定", "Not agreed yet"),
        Standing::Agreed => w("已約定節點", "Agreed node"),
        Standing::Certified => w("已認證節點", "Certified node"),
    }
}

/// A hazard.
pub fn hazard(hazard: Hazard) -> Words {
    match hazard {
        Hazard::Earthquake => w("地震", "Earthquake"),
        Hazard::Flood => w("風災水災", "Typhoon, flood"),
        Hazard::Blackout => w("停電", "Blackout"),
        Hazard::AirRaid => w("空襲", "Air raid"),
        Hazard::Pandemic => w("疫情", "Pandemic"),
        Hazard::Landslide => w("土石流", "Landslide"),
        Hazard::Tsunami => w("海嘯", "Tsunami"),
    }
}

/// What people may find at a node.
pub fn offer(offer: Offer) -> Words {
    match offer {
        Offer::Water => w("飲水", "Water"),
        Offer::Power => w("充電", "Charging"),
        Offer::FirstAid => w("急救", "First aid"),
        Offer::Toilets => w("廁所", "Toilets"),
        Offer::StepFree => w("無障礙", "Step-free"),
        Offer::Vulnerable => w("適合弱者安置", "Fit for vulnerable people"),
        Offer::Food => w("食物", "Food"),
        Offer::Beds => w("過夜", "Overnight"),
        Offer::Information => w("消息", "News"),
        Offer::Pets => w("可帶寵物", "Pets welcome"),
    }
}

/// A node's state.
pub fn node_state(state: NodeState) -> Words {
    match state {
        NodeState::Open => w("開放中", "Open"),
        NodeState::NearlyFull => w("快滿了", "Nearly full"),
        NodeState::Full => w("已滿", "Full"),
        NodeState::Closed => w("未開放", "Closed"),
        NodeState::Unsafe => w("危險，不要前往", "Unsafe: do not come"),
    }
}

/// Where the usable space lies.
pub fn level(level: Level) -> Words {
    match level {
        Level::Unknown => w("樓層不明", "Level unknown"),
        Level::AboveGround => w("地面以上", "Above ground"),
        Level::Partly => w("部分在地下", "Partly below ground"),
        Level::BelowGround => w("地下", "Below ground"),
    }
}

/// A role.
pub fn role(role: Role) -> Words {
    match role {
        Role::Volunteer => w("志工", "Volunteer"),
        Role::Manager => w("節點負責人", "Node manager"),
        Role::Coordinator => w("協調官", "Coordinator"),
    }
}

/// A duty at a node.
pub fn duty(duty: Duty) -> Words {
    match duty {
        Duty::Lead => w("節點負責", "In charge"),
        Duty::Reception => w("接待登記", "Reception"),
        Duty::FirstAid => w("急救", "First aid"),
        Duty::Supplies => w("物資", "Supplies"),
        Duty::Information => w("消息公告", "News and notices"),
        Duty::Facilities => w("設施", "Building"),
        Duty::General => w("機動支援", "Wherever needed"),
    }
}

/// A skill.
pub fn skill(skill: Skill) -> Words {
    match skill {
        Skill::FirstAid => w("急救訓練", "First aid"),
        Skill::Medical => w("醫護", "Medical"),
        Skill::DisasterPrevention => w("防災士", "Disaster prevention"),
        Skill::Radio => w("無線電", "Radio"),
        Skill::Driving => w("駕駛", "Driving"),
        Skill::Technical => w("水電修繕", "Technical"),
        Skill::Cooking => w("大鍋飯", "Cooking"),
        Skill::Care => w("照顧老幼", "Care"),
        Skill::SignLanguage => w("手語", "Sign language"),
        Skill::Languages => w("外語", "Languages"),
    }
}

/// How urgent a report is.
pub fn urgency(urgency: Urgency) -> Words {
    match urgency {
        Urgency::Routine => w("一般", "Routine"),
        Urgency::Soon => w("今天要處理", "Today"),
        Urgency::Immediate => w("有人命危險", "Life at stake"),
    }
}

/// How well a service works.
pub fn grade(grade: Grade) -> Words {
    match grade {
        Grade::Unknown => w("不清楚", "Not known"),
        Grade::Good => w("正常", "Works"),
        Grade::Partial => w("部分可用", "In part"),
        Grade::Failed => w("中斷", "Down"),
    }
}

/// Something that is needed, with its unit.
pub fn need(item: NeedItem) -> (Words, Words) {
    match item {
        NeedItem::Water => (w("飲水", "Drinking water"), w("公升", "litres")),
        NeedItem::Food => (w("餐食", "Meals"), w("份", "meals")),
        NeedItem::Medicine => (w("藥品", "Medicine"), w("份", "packs")),
        NeedItem::MedicalHelp => (w("醫護人員", "Medical helpers"), w("人", "people")),
        NeedItem::Volunteers => (w("志工", "Volunteers"), w("人", "people")),
        NeedItem::Blankets => (w("毯子", "Blankets"), w("條", "blankets")),
        NeedItem::Fuel => (w("燃料", "Fuel"), w("公升", "litres")),
        NeedItem::Toilets => (w("流動廁所", "Portable toilets"), w("座", "toilets")),
        NeedItem::Transport => (w("載人", "Transport"), w("人", "people")),
        NeedItem::Other => (w("其他", "Other"), w("份", "items")),
    }
}

/// A danger.
pub fn danger(danger: Danger) -> Words {
    match danger {
        Danger::Fire => w("火或濃煙", "Fire or smoke"),
        Danger::Gas => w("瓦斯味", "Smell of gas"),
        Danger::Flooding => w("淹水", "Rising water"),
        Danger::Collapse => w("建物倒塌傾斜", "Building down or leaning"),
        Danger::RoadBlocked => w("道路不通", "Road blocked"),
        Danger::PowerLine => w("電線掉落", "Power line down"),
        Danger::Landslide => w("土石流", "Landslide"),
        Danger::Chemicals => w("化學品", "Chemicals"),
        Danger::Unrest => w("衝突或威脅", "Conflict or threat"),
        Danger::SuspiciousObject => w("可疑物品", "Suspicious object"),
    }
}

/// A scenario.
pub fn scenario(scenario: Scenario) -> Words {
    match scenario {
        Scenario::Earthquake => w("地震", "Earthquake"),
        Scenario::Flood => w("風災水災", "Typhoon, flood"),
        Scenario::Blackout => w("停電", "Blackout"),
        Scenario::AirRaid => w("空襲警報", "Air-raid alert"),
        Scenario::Pandemic => w("疫情", "Pandemic"),
        Scenario::Combined => w("複合災害與謠言", "Disaster and rumours"),
    }
}

/// A phase of a procedure.
pub fn phase(phase: Phase) -> Words {
    match phase {
        Phase::Trigger => w("判斷啟動", "Is it time?"),
        Phase::SwitchOver => w("轉換營運", "Switch over"),
        Phase::Crowd => w("安置民眾", "Receive people"),
        Phase::Report => w("回報", "Report"),
        Phase::DeEscalate => w("恢復日常", "Back to normal"),
    }
}

/// Who does a step.
pub fn step_role(role: StepRole) -> Words {
    match role {
        StepRole::Manager => w("負責人", "Manager"),
        StepRole::Volunteer => w("志工", "Volunteer"),
        StepRole::Anyone => w("在場的人", "Anyone"),
    }
}

/// Why a step was skipped.
pub fn skip_reason(reason: SkipReason) -> Words {
    match reason {
        SkipReason::NotHere => w("這裡不適用", "Does not apply here"),
        SkipReason::Dangerous => w("太危險", "Too dangerous"),
        SkipReason::NothingToDoItWith => w("缺少需要的東西", "What it needs is missing"),
        SkipReason::NobodyFree => w("沒有人手", "Nobody is free"),
        SkipReason::Other => w("其他原因", "Another reason"),
    }
}

/// What is thought of a statement.
pub fn verdict(verdict: Verdict) -> Words {
    match verdict {
        Verdict::Verified => w("已驗證", "Verified"),
        Verdict::Unverified(Doubt::NoCredential) => w("未驗證：沒有憑證", "Unverified: no credential"),
        Verdict::Unverified(Doubt::NotThen) => w("未驗證：憑證已過期", "Unverified: credential not valid then"),
        Verdict::Unverified(Doubt::NotThere) => w("未驗證：不是負責這個節點", "Unverified: not for this node"),
        Verdict::Unverified(Doubt::NotThat) => w("未驗證：沒有這項權限", "Unverified: not allowed to say this"),
        Verdict::Unverified(Doubt::Revoked) => w("未驗證：憑證已撤銷", "Unverified: revoked"),
        Verdict::Unverified(Doubt::OtherRegion) => w("未驗證：屬於別的地區", "Unverified: another region"),
        Verdict::Broken => BROKEN,
    }
}

/// The eight winds, from north clockwise.
pub const WINDS: [Words; 8] = [
    w("北", "north"),
    w("東北", "north-east"),
    w("東", "east"),
    w("東南", "south-east"),
    w("南", "south"),
    w("西南", "south-west"),
    w("西", "west"),
    w("西北", "north-west"),
];
