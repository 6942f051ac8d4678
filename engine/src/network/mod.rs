//! What a VPC is made of, and what may be done with it.

pub mod address;
pub mod eni;
pub mod group;
pub mod reach;
pub mod resource;
pub mod state;
pub mod subnet;
pub mod tag;
pub mod vpc;
