//! Where the routes of a subnet led a packet, as it was when it was dropped.

use alloc::boxed::Box;

use serde::{Deserialize, Serialize};

use crate::base::id::{RouteTableId, SubnetId};
use crate::record::route_table::Route;

/// Where a subnet's routes lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Led {
    /// The subnet.
    pub subnet: SubnetId,
    /// Its route table.
    pub table: RouteTableId,
    /// The route that was taken; none where there was none.
    pub route: Option<Route>,
    /// Where the routes of a NAT gateway's own subnet led from there.
    pub beyond: Option<Box<Led>>,
}
