//! The wire: spells AWS's shapes, errors and signatures, without IO.
//!
//! How a server uses it, for one request whose body is wholly read:
//!
//! ```
//! use wire::{ApiError, Op, Request, ec2};
//!
//! # let headers = http::HeaderMap::new();
//! # let body = b"Action=CreateVpc&Version=2016-11-15&CidrBlock=10.0.0.0%2F16";
//! let request = Request { method: "POST", path: "/", query: "", headers: &headers, body };
//! // Invoke has a path of its own without JSON values: `wire::Invoke::recognise(&request)`.
//! let answer = wire::recognise(&request).and_then(|operation| {
//!     let input = wire::parse(operation, &request)?; // keyed by the model's member names
//!     wire::supported::check(operation, &input)?; // whatever no handler reads is refused by name
//!     let output = match operation.op {
//!         Op::Ec2(ec2::Op::CreateVpc) => {
//!             let input: ec2::input::CreateVpc = wire::filled(input)
//!                 .map_err(|why| ApiError::malformed(operation, &why.to_string()))?;
//!             let vpc = ec2::output::Vpc { cidr_block: input.cidr_block, ..Default::default() };
//!             ec2::output::CreateVpcResult { vpc: Some(vpc) }
//!         }
//!         _ => return Err(ec2::error("Unavailable", "This example makes VPCs alone.")),
//!     };
//!     let output = serde_json::to_value(output).expect("an output is plain data");
//!     Ok(wire::render(operation, &output, "request-id"))
//! });
//! let response: http::Response<bytes::Bytes> = answer.unwrap_or_else(|e| e.render("request-id"));
//! assert_eq!(response.status(), 200);
//! ```
//!
//! In values, timestamps are whole milliseconds since the epoch, blobs are base64 text, and a payload
//! that is the whole body (Invoke's) is absent: the server has its bytes. IAM's policy documents are plain
//! JSON text; they are percent-encoded when rendered.
#![forbid(unsafe_code)]

pub mod arn;
pub mod cbor;
pub mod checksum;
mod elsewhere;
mod error;
pub mod event_pattern;
pub mod event_stream;
mod form;
mod input;
mod invoke;
mod members;
mod model;
mod output;
mod parse;
pub mod policy;
mod recognise;
mod render;
mod request;
mod service;
pub mod sigv2;
pub mod sigv4;
pub mod supported;
pub mod time;
mod validate;
mod xml;

pub use error::ApiError;
pub use invoke::{InvocationType, Invoke, Invoked};
pub use members::{Fill, Unreadable, filled};
pub use model::{
    Bounds, ErrorShape, Kind, Location, MapSpelling, Member, Op, Operation, Pattern, Protocol,
    Route, SERVICES, Service, Shape, Support,
};
pub use parse::{bad_checksum, parse, read, xml_tree};
pub use recognise::{is_for_s3, recognise, signed_for};
pub use render::{Response, render, render_with_payload, spell};
pub use request::Request;
pub use service::*;
