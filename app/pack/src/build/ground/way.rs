//! Which lines can be walked, and what they are, by the keys of OpenStreetMap.

use crate::build::config::Layer;
use civmesh_domain::spatial::walk::{Kind, Trait, Way};
use civmesh_domain::text::Text;
use enumset::EnumSet;

/// The keys that say something of a way. A GeoJSON need not have them all; `keys` in `region.toml` names a column that is called otherwise.
pub const KEYS: [&str; 15] = [
    "highway",
    "name",
    "name:zh",
    "name:zh-Hant",
    "name:en",
    "layer",
    "bridge",
    "tunnel",
    "access",
    "foot",
    "sidewalk",
    "motorroad",
    "indoor",
    "wheelchair",
    "incline",
];

/// A line that can be walked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walkable {
    /// Type and traits.
    pub kind: Kind,
    /// Above or below others.
    pub layer: i8,
    /// The street's name.
    pub name: Text,
}

impl Layer {
    /// The column that holds a key.
    pub fn column_of<'a>(&'a self, key: &'a str) -> &'a str {
        self.keys.get(key).map_or(key, String::as_str)
    }
}

/// What a line with these tags is; `None` where nobody walks: no way, a motorway, or forbidden on foot.
pub fn walkable<'a>(tag: impl Fn(&str) -> Option<&'a str>) -> Option<Walkable> {
    let way = Way::of_highway(tag("highway")?)?;
    let is = |key: &str, words: &[&str]| tag(key).is_some_and(|value| words.contains(&value));
    let set = |key: &str| tag(key).is_some_and(|value| value != "no");
    let invited = is("foot", &["yes", "designated", "permissive", "official"]);
    let forbidden = is("foot", &["no", "use_sidepath"]) || is("access", &["no"]) || is("motorroad", &["yes"]);
    let has_pavement = is("sidewalk", &["both", "left", "right", "yes"]);
    // Many a trunk road is an expressway on stilts: walked on only where somebody says that one may.
    if !invited && (forbidden || (way == Way::Trunk && !has_pavement)) {
        return None;
    }
    let private = |key: &str| is(key, &["private", "customers", "delivery", "permit"]);
    let traits = [
        (Trait::Bridge, set("bridge")),
        (Trait::Tunnel, set("tunnel")),
        (Trait::Indoor, way == Way::Corridor || set("indoor")),
        (Trait::Private, private("foot") || (private("access") && !invited)),
        (Trait::NoWheelchair, is("wheelchair", &["no"])),
    ];
    let slope = tag("incline").and_then(rise).and_then(Trait::of_slope);
    let traits: EnumSet<Trait> = traits.into_iter().filter(|(_, is)| *is).map(|(one, _)| one).chain(slope).collect();
    Some(Walkable { kind: Kind { way, traits }, layer: layer(&tag), name: name(&tag) })
}

/// The rise over the run of an `incline`: in percent or degrees; `None` for words (`up`, `steep`) and for what is no slope.
fn rise(incline: &str) -> Option<f64> {
    let number = |unit: char| incline.strip_suffix(unit)?.trim_end().replace(',', ".").parse::<f64>().ok();
    let rise = number('%').map(|percent| percent / 100.0).or_else(|| number('°').map(|degrees| degrees.to_radians().tan()))?;
    (rise.abs() < 1.0).then_some(rise)
}

/// What is said, else one above for a bridge, one below for a tunnel; a passage through a building is on the ground.
fn layer<'a>(tag: impl Fn(&str) -> Option<&'a str>) -> i8 {
    let set = |key: &str| tag(key).filter(|value| !matches!(*value, "no" | "building_passage"));
    let said = tag("layer").and_then(|layer| layer.parse::<i8>().ok());
    said.unwrap_or_else(|| i8::from(set("bridge").is_some()) - i8::from(set("tunnel").is_some()))
}

/// The name in both languages, as far as the source has them.
pub fn name<'a>(tag: impl Fn(&str) -> Option<&'a str>) -> Text {
    let given = |key: &str| tag(key).filter(|value| !value.is_empty());
    let name = given("name");
    let zh = given("name:zh-Hant").or_else(|| given("name:zh")).or(name);
    let en = given("name:en").or_else(|| name.filter(|name| is_latin(name)));
    Text::new(zh.unwrap_or_default(), en.unwrap_or_default())
}

/// Whether somebody who reads English can read it out.
fn is_latin(words: &str) -> bool {
    words.chars().all(|letter| letter < '\u{250}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(tags: &[(&'static str, &'static str)]) -> Option<Walkable> {
        walkable(|key| tags.iter().find(|(known, _)| *known == key).map(|(_, value)| *value))
    }

    #[test]
    fn nobody_walks_where_it_is_forbidden_or_an_expressway() {
        let cases: [(&[(&str, &str)], bool); 10] = [
            (&[("highway", "residential")], true),
            (&[("name", "港前街")], false),
            (&[("highway", "motorway"), ("foot", "yes")], false),
            (&[("highway", "trunk")], false),
            (&[("highway", "trunk"), ("sidewalk", "both")], true),
            (&[("highway", "trunk"), ("motorroad", "yes"), ("sidewalk", "both")], false),
            (&[("highway", "primary"), ("foot", "use_sidepath")], false),
            (&[("highway", "service"), ("access", "no")], false),
            (&[("highway", "service"), ("access", "no"), ("foot", "yes")], true),
            (&[("highway", "path"), ("foot", "no")], false),
        ];
        for (tags, walked) in cases {
            assert_eq!(of(tags).is_some(), walked, "{tags:?}");
        }
    }

    #[test]
    fn a_slope_is_read_in_percent_and_degrees_and_words_tell_none() {
        let traits = |incline| of(&[("highway", "path"), ("incline", incline)]).unwrap().kind.traits;
        for (incline, wanted) in [("6%", Trait::Sloped), ("-7,5 %", Trait::Sloped), ("10%", Trait::Steep), ("-9°", Trait::Steep)] {
            assert_eq!(traits(incline), wanted, "{incline}");
        }
        for incline in ["up", "down", "steep", "3%", "0°", "12", "%", "NaN%", "1000%", "90°", ""] {
            assert_eq!(traits(incline), EnumSet::empty(), "{incline}");
        }
    }

    #[test]
    fn layer_traits_and_names_are_read() {
        let bridge = of(&[("highway", "footway"), ("bridge", "yes"), ("name", "Hakaniemi"), ("wheelchair", "no")]).unwrap();
        assert_eq!((bridge.layer, bridge.kind.traits), (1, Trait::Bridge | Trait::NoWheelchair));
        assert_eq!((bridge.name.zh.as_str(), bridge.name.en.as_str()), ("Hakaniemi", "Hakaniemi"));
        let passage = of(&[("highway", "service"), ("tunnel", "building_passage"), ("access", "private"), ("name", "巷")]).unwrap();
        assert_eq!((passage.layer, passage.kind.traits), (0, Trait::Tunnel | Trait::Private));
        assert_eq!((passage.name.zh.as_str(), passage.name.en.as_str()), ("巷", ""));
        let below = of(&[("highway", "corridor"), ("tunnel", "yes"), ("layer", "-3"), ("bridge", "no")]).unwrap();
        assert_eq!((below.layer, below.kind.traits), (-3, Trait::Tunnel | Trait::Indoor));
    }
}
