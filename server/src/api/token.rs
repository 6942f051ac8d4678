//! Idempotency tokens: under which token a request makes something once.

use engine::network::once::Once;
use serde_json::Value;
use sha2::{Digest, Sha256};
use wire::Kind;

use crate::api::operation::Context;

/// Under which token an operation is to make something, where the request carries one.
pub(crate) fn of(cx: &Context<'_>, operation: &wire::Operation, input: &Value) -> Option<Once> {
    let Kind::Structure { members, .. } = &operation.input?.kind else { return None };
    // The model does not tell it of all of them.
    let mut members = members.iter();
    let member = members.find(|member| member.is_token || member.name == "ClientToken")?;
    let token = input[member.name].as_str().filter(|token| !token.is_empty())?;
    let mut hash = Sha256::new();
    spell(input, &mut hash);
    Some(Once {
        scope: cx.scope.clone(),
        operation: operation.name.to_owned(),
        token: token.to_owned(),
        parameters: hash.finalize().into(),
    })
}

/// Spells a value in one way, whatever the order of its members.
fn spell(value: &Value, into: &mut Sha256) {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(name, _)| *name);
            into.update(b"{");
            for (name, value) in members {
                into.update(Value::from(name.as_str()).to_string());
                into.update(b":");
                spell(value, into);
                into.update(b",");
            }
            into.update(b"}");
        }
        Value::Array(values) => {
            into.update(b"[");
            for value in values {
                spell(value, into);
                into.update(b",");
            }
            into.update(b"]");
        }
        plain => into.update(plain.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn hash(value: &Value) -> [u8; 32] {
        let mut hash = Sha256::new();
        spell(value, &mut hash);
        hash.finalize().into()
    }

    #[test]
    fn the_order_of_members_does_not_count_and_that_of_lists_does() {
        let one = json!({"SubnetId": "s", "Groups": ["a", "b"], "Tag": {"Key": "k"}});
        let same = json!({"Tag": {"Key": "k"}, "Groups": ["a", "b"], "SubnetId": "s"});
        let other = json!({"SubnetId": "s", "Groups": ["b", "a"], "Tag": {"Key": "k"}});
        assert_eq!(hash(&one), hash(&same));
        assert_ne!(hash(&one), hash(&other));
        assert_ne!(hash(&json!(["ab"])), hash(&json!(["a", "b"])));
    }
}
