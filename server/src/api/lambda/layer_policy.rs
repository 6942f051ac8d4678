//! Policies of layer versions: who else may use them.

use engine::compute::layer;
use engine::id::RequestId;
use engine::record::layer::{LayerReference, LayerVersion, Statement};
use serde_json::{Value, json};
use wire::ApiError;
use wire::lambda::error;
use wire::lambda::input::{
    AddLayerVersionPermission, GetLayerVersionPolicy, RemoveLayerVersionPermission,
};
use wire::lambda::output::{AddLayerVersionPermissionResponse, GetLayerVersionPolicyResponse};

use crate::api::lambda::configuration::revision;
use crate::api::lambda::layer_name::LayerName;
use crate::api::lambda::refusal;
use crate::api::operation::{Context, Operation};

/// Bytes that a policy may have.
const POLICY: usize = 20_480;

impl Operation for AddLayerVersionPermission {
    type Output = AddLayerVersionPermissionResponse;

    async fn run(self, cx: &Context<'_>) -> Result<AddLayerVersionPermissionResponse, ApiError> {
        let AddLayerVersionPermission {
            layer_name,
            version_number,
            statement_id,
            // The model has one action alone.
            action: _,
            principal,
            organization_id,
            revision_id,
        } = self;
        let of = LayerName::own(cx, "AddLayerVersionPermission", &layer_name)?
            .version(version_number)?;
        let statement = Statement { id: statement_id, principal, organization: organization_id };
        let spelled = spell(&of, &statement);
        let mut policy = find(cx, &of)?.policy;
        policy.push(statement.clone());
        let length = document(&of, &policy).len();
        if length > POLICY {
            let message =
                format!("The final policy size ({length}) is bigger than the limit ({POLICY}).");
            return Err(error("PolicyLengthExceededException", message));
        }
        let revision = revision_id.as_deref().map(revision);
        let asked = cx.driver.ask(layer::AddPermission { of, statement, revision }).await;
        let revision = asked.map_err(refusal::spell_layer)?;
        Ok(AddLayerVersionPermissionResponse {
            statement: Some(spelled.to_string()),
            revision_id: Some(RequestId(revision).to_string()),
        })
    }
}

impl Operation for RemoveLayerVersionPermission {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let RemoveLayerVersionPermission { layer_name, version_number, statement_id, revision_id } =
            self;
        let of = LayerName::own(cx, "RemoveLayerVersionPermission", &layer_name)?
            .version(version_number)?;
        let revision = revision_id.as_deref().map(revision);
        let question = layer::RemovePermission { of, statement: statement_id, revision };
        let asked = cx.driver.ask(question).await;
        asked.map_err(refusal::spell_layer)
    }
}

impl Operation for GetLayerVersionPolicy {
    type Output = GetLayerVersionPolicyResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetLayerVersionPolicyResponse, ApiError> {
        let GetLayerVersionPolicy { layer_name, version_number } = self;
        let of =
            LayerName::own(cx, "GetLayerVersionPolicy", &layer_name)?.version(version_number)?;
        let LayerVersion { policy, revision, .. } = find(cx, &of)?;
        if policy.is_empty() {
            let message = "No policy is associated with the given resource.";
            return Err(error("ResourceNotFoundException", message));
        }
        Ok(GetLayerVersionPolicyResponse {
            policy: Some(document(&of, &policy)),
            revision_id: Some(RequestId(revision).to_string()),
        })
    }
}

fn find(cx: &Context<'_>, of: &LayerReference) -> Result<LayerVersion, ApiError> {
    let found = cx.driver.read(|engine| {
        let version = engine.layer(&of.scope, &of.name)?.versions.get(&of.version)?;
        Some(version.clone())
    });
    found.ok_or_else(|| refusal::no_layer_version(of))
}

fn document(of: &LayerReference, policy: &[Statement]) -> String {
    let statements: Vec<Value> = policy.iter().map(|each| spell(of, each)).collect();
    json!({"Version": "2012-10-17", "Id": "default", "Statement": statements}).to_string()
}

fn spell(of: &LayerReference, statement: &Statement) -> Value {
    let Statement { id, principal, organization } = statement;
    let is_account = principal.bytes().all(|digit| digit.is_ascii_digit());
    let principal = match principal.as_str() {
        "*" => json!("*"),
        account if is_account => json!({"AWS": format!("arn:aws:iam::{account}:root")}),
        arn => json!({"AWS": arn}),
    };
    let mut spelled = json!({
        "Sid": id,
        "Effect": "Allow",
        "Principal": principal,
        "Action": "lambda:GetLayerVersion",
        "Resource": of.arn(),
    });
    if let Some(organization) = organization {
        spelled["Condition"] = json!({"StringEquals": {"aws:PrincipalOrgID": organization}});
    }
    spelled
}
