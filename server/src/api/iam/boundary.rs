//! Permissions boundaries of roles and users.

use wire::ApiError;
use wire::iam::error;
use wire::iam::input::{
    DeleteRolePermissionsBoundary, DeleteUserPermissionsBoundary, PutRolePermissionsBoundary,
    PutUserPermissionsBoundary,
};

use crate::api::iam::{change, check_policy, role_mut, user_mut};
use crate::api::operation::{Context, Operation};

fn none(what: &str, name: &str) -> ApiError {
    let message = format!("The {what} with name {name} does not have a permissions boundary.");
    error("NoSuchEntity", message)
}

macro_rules! operations {
    ($find:ident, $what:literal, $name:ident, $put:ident, $delete:ident) => {
        impl Operation for $put {
            type Output = ();

            async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
                let $put { $name, permissions_boundary } = self;
                change(cx, move |known| {
                    $find(known, &$name)?;
                    check_policy(known, &permissions_boundary)?;
                    $find(known, &$name)?.boundary = Some(permissions_boundary);
                    Ok(())
                })
                .await
            }
        }

        impl Operation for $delete {
            type Output = ();

            async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
                let $delete { $name } = self;
                change(cx, move |known| {
                    let boundary = $find(known, &$name)?.boundary.take();
                    boundary.map(drop).ok_or_else(|| none($what, &$name))
                })
                .await
            }
        }
    };
}

operations!(role_mut, "role", role_name, PutRolePermissionsBoundary, DeleteRolePermissionsBoundary);
operations!(user_mut, "user", user_name, PutUserPermissionsBoundary, DeleteUserPermissionsBoundary);
