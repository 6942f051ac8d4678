//! AWS Security Token Service 2011-06-15. Written by `cargo xtask codegen`.
#![allow(clippy::all)]
#![allow(unused_imports, reason = "no table needs every one")]
use super::build::*;
use super::op::{self, sts::Op};
use super::operation::{ErrorShape, Operation, Protocol, Route, Service};
use super::pattern::Pattern;
use super::shape::{Bounds, Kind, Location, Member, Shape};

/// The service.
pub static SERVICE: Service = Service { name: "sts", version: "2011-06-15", protocol: Protocol::Query, namespace: "https://sts.amazonaws.com/doc/2011-06-15/", target: "", operations: &OPERATIONS, errors: &ERRORS, unsupported: &UNSUPPORTED };

static OPERATIONS: [Operation; 1] = [
    Operation { op: op::Op::Sts(Op::GetCallerIdentity), name: "GetCallerIdentity", service: &SERVICE, method: "POST", uri: "/", status: 200, input: Some(&S_GET_CALLER_IDENTITY_REQUEST), output: Some(&S_GET_CALLER_IDENTITY_RESPONSE) },
];

static ERRORS: [ErrorShape; 0] = [
];

static UNSUPPORTED: [Route; 0] = [
];

static S_GET_CALLER_IDENTITY_REQUEST: Shape = structure("GetCallerIdentityRequest", &[]);
static S_GET_CALLER_IDENTITY_RESPONSE: Shape = structure("GetCallerIdentityResponse", &[m("UserId", &S_USER_ID_TYPE), m("Account", &S_ACCOUNT_TYPE), m("Arn", &S_ARN_TYPE)]);
static S_ACCOUNT_TYPE: Shape = string("accountType", Bounds::NONE, None, &[]);
static S_ARN_TYPE: Shape = string("arnType", Bounds::NONE, None, &[]);
static S_USER_ID_TYPE: Shape = string("userIdType", Bounds::NONE, None, &[]);
