//! Shapes of inputs and outputs, as static tables hold them.

use super::pattern::Pattern;

/// A shape: its name and what it is.
#[derive(Debug)]
pub struct Shape {
    /// The model's name of the shape.
    pub name: &'static str,
    /// What it is.
    pub kind: Kind,
}

/// What a shape is, with its constraints.
#[derive(Debug)]
pub enum Kind {
    /// Named members.
    Structure {
        /// The members in the model's order.
        members: &'static [Member],
        /// The member that is the whole body, if one is.
        payload: Option<&'static str>,
    },
    /// A sequence.
    List {
        /// Its items' shape.
        item: &'static Shape,
        /// The items' element name in XML; of a flat list that has none, that of its member.
        item_name: &'static str,
        /// Whether forms and XML have its items in the place of itself.
        is_flat: bool,
        /// Bounds of its length.
        bounds: Bounds,
    },
    /// String keys to values.
    Map {
        /// The keys' shape.
        key: &'static Shape,
        /// The values' shape.
        value: &'static Shape,
        /// How forms and XML spell it.
        spelling: MapSpelling,
        /// Bounds of its length.
        bounds: Bounds,
    },
    /// Text.
    String {
        /// Bounds of its length in characters.
        bounds: Bounds,
        /// The pattern that the whole text matches.
        pattern: Option<&'static Pattern>,
        /// The enumerated values; empty where there is no enumeration.
        values: &'static [&'static str],
    },
    /// A whole number of 32 bits.
    Integer(Bounds),
    /// A whole number of 64 bits.
    Long(Bounds),
    /// A floating number.
    Double(Bounds),
    /// True or false.
    Boolean,
    /// An instant; in values a whole number of milliseconds since the epoch.
    Timestamp,
    /// Bytes; in values base64 text.
    Blob(Bounds),
}

/// How forms and XML spell a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MapSpelling {
    /// An entry's name; empty for that of the map's member.
    pub entry: &'static str,
    /// A key's name.
    pub key: &'static str,
    /// A value's name.
    pub value: &'static str,
    /// Whether its entries stand in the place of itself.
    pub is_flat: bool,
}

impl MapSpelling {
    /// How most maps are spelled.
    pub const USUAL: MapSpelling =
        MapSpelling { entry: "entry", key: "key", value: "value", is_flat: false };
}

/// Inclusive bounds of a length or value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The least, if bounded.
    pub min: Option<i64>,
    /// The greatest, if bounded.
    pub max: Option<i64>,
}

impl Bounds {
    /// No bounds.
    pub const NONE: Bounds = Bounds { min: None, max: None };
}

/// Where a member travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the body.
    Body,
    /// In a label of the path.
    Uri,
    /// In the query string.
    Query,
    /// In a header.
    Header,
    /// In all headers whose names begin so.
    Headers,
    /// As an attribute of its structure's element.
    Attribute,
    /// As the response's status.
    Status,
}

/// A member of a structure.
#[derive(Debug)]
pub struct Member {
    /// The model's name: the key in values.
    pub name: &'static str,
    /// The name on the wire (element, JSON key, header, label or query parameter).
    pub wire: &'static str,
    /// The parameter name in form-encoded requests.
    pub form: &'static str,
    /// Where it travels.
    pub location: Location,
    /// Whether a request must carry it.
    pub required: bool,
    /// Whether it tells repetitions of a request from new ones.
    pub is_token: bool,
    /// What is done with it in a request; says nothing of members of outputs.
    pub support: Support,
    /// Its shape.
    pub shape: &'static Shape,
}

/// What is done with a member of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Support {
    /// Its handler reads it; of a structure, the members that are supported.
    Read,
    /// It is accepted and has no effect, for this reason.
    Ignored(&'static str),
    /// It is accepted with these values, which ask for what happens anyway.
    Only(&'static [&'static str]),
    /// A structure whose members are looked at, and that nobody reads as a whole.
    Within,
    /// A request that carries it is refused.
    Refused,
}
