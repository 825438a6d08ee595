//! A node and its public registry entry. What is for staff only stands in [`StaffEntry`], a document of its own.

use super::hazard::Hazard;
use crate::governance::Standing;
use crate::id::NodeId;
use crate::text::Text;
use crate::unit::{Persons, Place};
use enumset::{EnumSet, EnumSetType};
use serde::{Deserialize, Serialize};

/// What kind of place it is (white paper, A1, and three kinds that its text names beside).
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType, Serialize, Deserialize)]
#[enumset(serialize_repr = "list")]
#[serde(rename_all = "snake_case")]
pub enum NodeKind {
    /// 便利商店
    ConvenienceStore,
    /// 超級市場
    Supermarket,
    /// 量販店
    BigBoxRetailer,
    /// 物流中心
    LogisticsDepot,
    /// 車站、轉運站
    TransitHub,
    /// 學校
    School,
    /// 活動中心
    CommunityCentre,
    /// 地下空間
    UndergroundSpace,
    /// 體育館
    SportsHall,
    /// 停車場
    ParkingStructure,
    /// 公共建築
    PublicBuilding,
    /// Park or other open ground where people gather.
    OpenGround,
}

/// The two kinds of refuge that Taiwan keeps apart, and so do data and screens.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType, Serialize, Deserialize)]
#[enumset(serialize_repr = "list")]
#[serde(rename_all = "snake_case")]
pub enum Refuge {
    /// 避難收容處所: for days, to live in.
    DisasterShelter,
    /// 防空避難設備: for minutes, against blast.
    AirRaidShelter,
}

/// What people may find at a node.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType, Serialize, Deserialize)]
#[enumset(serialize_repr = "list")]
#[serde(rename_all = "snake_case")]
pub enum Offer {
    /// Drinking water.
    Water,
    /// Charging of phones and small medical devices.
    Power,
    /// First aid.
    FirstAid,
    /// Toilets.
    Toilets,
    /// A way in without steps.
    StepFree,
    /// Fit for vulnerable people.
    Vulnerable,
    /// Food.
    Food,
    /// A roof for the night.
    Beds,
    /// News on a board or by staff.
    Information,
    /// Pets may come in.
    Pets,
}

/// What is known of a set of facts: yes, no, and all the rest is unknown. Unknown is never shown as yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Facts<T: EnumSetType> {
    /// What is known to be so.
    pub yes: EnumSet<T>,
    /// What is known not to be so.
    pub no: EnumSet<T>,
}

impl<T: EnumSetType> Default for Facts<T> {
    fn default() -> Self {
        Self { yes: EnumSet::empty(), no: EnumSet::empty() }
    }
}

/// One fact: known to be so, known not to be, or unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Known {
    /// Nobody has said.
    #[default]
    Unknown,
    /// Known to be so.
    Yes,
    /// Known not to be so.
    No,
}

impl<T: EnumSetType> Facts<T> {
    /// What is known of `fact`. Where a source says both, the careful answer is no.
    pub fn of(&self, fact: T) -> Known {
        if self.no.contains(fact) {
            Known::No
        } else if self.yes.contains(fact) {
            Known::Yes
        } else {
            Known::Unknown
        }
    }
}

/// Where the usable space lies. Decides who is never sent there in a flood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Nobody has said.
    #[default]
    Unknown,
    /// Above ground.
    AboveGround,
    /// Partly below ground.
    Partly,
    /// Wholly below ground.
    BelowGround,
}

/// What the building has (white paper, A2). Hours and litres are `None` where nobody has said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Infrastructure {
    /// Checked for structural safety.
    pub structure: Known,
    /// Hours of backup power.
    pub backup_hours: Option<u16>,
    /// Emergency lighting.
    pub lighting: Known,
    /// Drinking water in store, litres.
    pub water_litres: Option<u32>,
    /// Number of toilets.
    pub toilets: Option<u16>,
    /// A lockable store-room for supplies.
    pub storage: Known,
    /// A first-aid kit.
    pub first_aid: Known,
}

/// How near somebody must be to be told of a node: what would help an attacker need not be shown to everybody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exposure {
    /// Shown to everybody.
    #[default]
    Public,
    /// Shown to who is within walking distance.
    OnApproach,
    /// Shown to staff.
    Staff,
}

/// A node's public registry entry, as it stands in a region pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// Its identifier in the region.
    pub id: NodeId,
    /// Its name.
    pub name: Text,
    /// What kind of place it is.
    pub kind: NodeKind,
    /// How far it has agreed.
    pub standing: Standing,
    /// Which kinds of refuge it officially is, if any.
    pub refuge: EnumSet<Refuge>,
    /// Where it is.
    pub place: Place,
    /// Its address.
    pub address: Text,
    /// Where its usable space lies.
    pub level: Level,
    /// How many people it holds.
    pub capacity: Option<Persons>,
    /// What it is planned to offer.
    pub offers: Facts<Offer>,
    /// Hazards it is fit and unfit for.
    pub fit: Facts<Hazard>,
    /// Hazards it is itself exposed to.
    pub risk: Facts<Hazard>,
    /// What the building has.
    pub infrastructure: Infrastructure,
    /// Who runs it and whom to look for: a function and a sign, never a name.
    pub look_for: Text,
    /// When it is open in ordinary times.
    pub hours: Text,
    /// Who may be told of it.
    pub exposure: Exposure,
    /// Index into the pack's layers: where the entry comes from.
    pub layer: u16,
}

/// What only staff may read of a node.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StaffEntry {
    /// Telephone, radio channel and the like, by function.
    pub contact_points: Vec<Text>,
    /// Where supplies, keys and valves are.
    pub where_things_are: Text,
}

impl Node {
    /// Whether people can be sent here in `hazard`: known to be fit, not known to be exposed to it, and never below ground in a flood.
    /// What is unknown is never taken for fit.
    pub fn is_fit_for(&self, hazard: Hazard) -> bool {
        self.fit.of(hazard) == Known::Yes && !self.is_ruled_out_for(hazard)
    }

    /// Whether nobody may be sent here in `hazard`: known to be unfit or exposed to it, or perhaps below ground in a flood.
    pub fn is_ruled_out_for(&self, hazard: Hazard) -> bool {
        let may_drown = matches!(hazard, Hazard::Flood | Hazard::Tsunami) && self.may_be_underground();
        self.fit.of(hazard) == Known::No || self.risk.of(hazard) == Known::Yes || may_drown
    }

    /// Whether its usable space lies below ground, wholly or in part; where nobody has said, whether such places usually do.
    pub fn may_be_underground(&self) -> bool {
        let usually = matches!(self.kind, NodeKind::UndergroundSpace | NodeKind::ParkingStructure | NodeKind::TransitHub);
        match self.level {
            Level::AboveGround => false,
            Level::Partly | Level::BelowGround => true,
            Level::Unknown => usually || self.refuge == EnumSet::only(Refuge::AirRaidShelter),
        }
    }
}
