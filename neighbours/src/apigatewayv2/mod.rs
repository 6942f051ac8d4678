//! API Gateway: HTTP APIs, whose routes lead requests to functions.

mod answers;
mod choose;
mod operations;
mod schema;
mod serve;
mod service;
mod stored;
mod uri;

pub use answers::Who;
pub use choose::{Chosen, Served};
pub(crate) use operations::run;
pub use service::Apigatewayv2;
pub use stored::{Authorization, Authorizer, Cors, Integration, PayloadFormat};
