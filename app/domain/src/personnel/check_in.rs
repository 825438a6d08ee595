//! Checking in and out, and the fold that says who is there. Names are not here: they travel as a part (fields after ICS 211).

use crate::id::EventId;
use enumset::{EnumSet, EnumSetType};
use serde::{Deserialize, Serialize};

/// Who is checked in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// The author of the event.
    Myself,
    /// Somebody without a phone of the mesh, whom nobody expected; the name is in the part.
    WalkUp,
}

/// What somebody does at the node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// In charge of the node.
    Lead,
    /// Receiving and registering people.
    Reception,
    /// First aid.
    FirstAid,
    /// Water, food and goods.
    Supplies,
    /// Notices and messages.
    Information,
    /// Building, power, cleaning.
    Facilities,
    /// Wherever a hand is needed.
    General,
}

impl Duty {
    /// All duties in the order of a form.
    pub const ALL: [Duty; 7] =
        [Self::General, Self::Reception, Self::FirstAid, Self::Supplies, Self::Information, Self::Facilities, Self::Lead];
}

/// What somebody can do.
#[derive(Debug, PartialOrd, Ord, Hash, EnumSetType, Serialize, Deserialize)]
#[enumset(serialize_repr = "list")]
#[serde(rename_all = "snake_case")]
pub enum Skill {
    /// Trained in first aid.
    FirstAid,
    /// Nurse, doctor, paramedic.
    Medical,
    /// 防災士: certified in disaster prevention.
    DisasterPrevention,
    /// Radio operator.
    Radio,
    /// Driver.
    Driving,
    /// Electrician, plumber, builder.
    Technical,
    /// Cooking for many.
    Cooking,
    /// Caring for children or the elderly.
    Care,
    /// Sign language.
    SignLanguage,
    /// Languages besides Mandarin.
    Languages,
}

/// Somebody starts duty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckIn {
    /// Who.
    pub subject: Subject,
    /// As what.
    pub duty: Duty,
    /// Able to do what.
    pub skills: EnumSet<Skill>,
    /// The check-in that this one corrects.
    pub corrects: Option<EventId>,
}

/// Somebody ends duty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckOut {
    /// The check-in that ends.
    pub check_in: EventId,
}
