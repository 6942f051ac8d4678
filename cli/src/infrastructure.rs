//! What is to be planned for, from where it is described already.

pub(crate) mod cloudformation;
pub(crate) mod endpoint;
mod name;
mod rule;
mod template;
pub(crate) mod terraform;
mod yaml;

pub(crate) use cloudformation::CloudFormationError;
pub(crate) use endpoint::EndpointError;
pub(crate) use terraform::TerraformError;
