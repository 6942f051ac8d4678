//! Constructors that keep the generated tables compact.

use super::pattern::Pattern;
use super::shape::{Bounds, Kind, Location, MapSpelling, Member, Shape, Support};

pub(crate) const fn b(min: i64, max: i64) -> Bounds {
    Bounds {
        min: if min == i64::MIN { None } else { Some(min) },
        max: if max == i64::MAX { None } else { Some(max) },
    }
}

pub(crate) const fn structure(name: &'static str, members: &'static [Member]) -> Shape {
    Shape { name, kind: Kind::Structure { members, payload: None } }
}

pub(crate) const fn structure_with_payload(
    name: &'static str,
    payload: &'static str,
    members: &'static [Member],
) -> Shape {
    Shape { name, kind: Kind::Structure { members, payload: Some(payload) } }
}

pub(crate) const fn list(
    name: &'static str,
    item: &'static Shape,
    item_name: &'static str,
    bounds: Bounds,
) -> Shape {
    Shape { name, kind: Kind::List { item, item_name, is_flat: false, bounds } }
}

/// A list whose items stand in its place.
pub(crate) const fn flat_list(
    name: &'static str,
    item: &'static Shape,
    item_name: &'static str,
    bounds: Bounds,
) -> Shape {
    Shape { name, kind: Kind::List { item, item_name, is_flat: true, bounds } }
}

pub(crate) const fn map(
    name: &'static str,
    key: &'static Shape,
    value: &'static Shape,
    bounds: Bounds,
) -> Shape {
    Shape { name, kind: Kind::Map { key, value, spelling: MapSpelling::USUAL, bounds } }
}

/// A map with its own names of entries, keys and values.
pub(crate) const fn spelled_map(
    name: &'static str,
    key: &'static Shape,
    value: &'static Shape,
    spelling: MapSpelling,
    bounds: Bounds,
) -> Shape {
    Shape { name, kind: Kind::Map { key, value, spelling, bounds } }
}

/// How a map is spelled whose keys and values have names of their own.
pub(crate) const fn named(key: &'static str, value: &'static str) -> MapSpelling {
    MapSpelling { key, value, ..MapSpelling::USUAL }
}

/// How a map is spelled that stands in its member's place.
pub(crate) const fn flat(
    entry: &'static str,
    key: &'static str,
    value: &'static str,
) -> MapSpelling {
    MapSpelling { entry, key, value, is_flat: true }
}

pub(crate) const fn string(
    name: &'static str,
    bounds: Bounds,
    pattern: Option<&'static Pattern>,
    values: &'static [&'static str],
) -> Shape {
    Shape { name, kind: Kind::String { bounds, pattern, values } }
}

pub(crate) const fn scalar(name: &'static str, kind: Kind) -> Shape {
    Shape { name, kind }
}

/// A member in the body whose names all agree.
pub(crate) const fn m(name: &'static str, shape: &'static Shape) -> Member {
    mw(name, name, name, shape)
}

/// A member in the body with its own names on the wire.
pub(crate) const fn mw(
    name: &'static str,
    wire: &'static str,
    form: &'static str,
    shape: &'static Shape,
) -> Member {
    ml(name, wire, Location::Body, shape).spelled(form)
}

/// A member elsewhere than in the body.
pub(crate) const fn ml(
    name: &'static str,
    wire: &'static str,
    location: Location,
    shape: &'static Shape,
) -> Member {
    Member {
        name,
        wire,
        form: wire,
        location,
        required: false,
        is_token: false,
        support: Support::Refused,
        shape,
    }
}

impl Member {
    pub(crate) const fn required(self) -> Member {
        Member { required: true, ..self }
    }

    pub(crate) const fn token(self) -> Member {
        Member { is_token: true, ..self }
    }

    pub(crate) const fn read(self) -> Member {
        Member { support: Support::Read, ..self }
    }

    pub(crate) const fn ignored(self, reason: &'static str) -> Member {
        Member { support: Support::Ignored(reason), ..self }
    }

    pub(crate) const fn only(self, values: &'static [&'static str]) -> Member {
        Member { support: Support::Only(values), ..self }
    }

    pub(crate) const fn within(self) -> Member {
        Member { support: Support::Within, ..self }
    }

    const fn spelled(self, form: &'static str) -> Member {
        Member { form, ..self }
    }
}
