//! Simulations: what policies would say to calls that nobody makes.

use wire::ApiError;
use wire::arn::Arn;
use wire::iam::error;
use wire::iam::input::{ContextEntry, SimulateCustomPolicy, SimulatePrincipalPolicy};
use wire::iam::output::{
    EvaluationResult, PermissionsBoundaryDecisionDetail, SimulatePolicyResponse,
};

use crate::api::iam::{malformed, missing, page, read};
use crate::api::operation::{Context, Operation};
use crate::iam::{
    Account, Kind, NotAllowed, Policy, Question, Simulated, Values, check_identity, missing_keys,
    simulate,
};

/// Combinations of an action and a resource that one request may ask about.
const COMBINATIONS: usize = 10_000;

/// The calls that are asked about.
struct Calls {
    actions: Vec<String>,
    resources: Vec<String>,
    values: Values,
}

impl Calls {
    fn new(
        actions: Vec<String>,
        mut resources: Vec<String>,
        entries: Vec<ContextEntry>,
    ) -> Result<Calls, ApiError> {
        if resources.is_empty() {
            resources.push("*".to_owned());
        }
        if let Some(action) = actions.iter().find(|action| !action.contains(':')) {
            return Err(error("InvalidInput", format!("Invalid action name: {action}")));
        }
        if actions.len().saturating_mul(resources.len()) > COMBINATIONS {
            let message = "Too many combinations of actions and resources.";
            return Err(error("InvalidInput", message));
        }
        let mut values = Values::default();
        for ContextEntry { context_key_name, context_key_values } in entries {
            values.set_all(context_key_name.unwrap_or_default(), context_key_values);
        }
        Ok(Calls { actions, resources, values })
    }

    /// Each action on each resource, in the order in which they were given.
    fn all(&self) -> Vec<(String, (&str, &str))> {
        let actions = self.actions.iter().enumerate();
        let all = actions.flat_map(|(number, action)| {
            let resources = self.resources.iter().enumerate();
            resources.map(move |(of, resource)| {
                (format!("{number:05}/{of:05}"), (action.as_str(), resource.as_str()))
            })
        });
        all.collect()
    }

    /// What documents, within those of a boundary, say to those of one page.
    fn answer(
        &self,
        documents: &[&str],
        boundary: Option<&[&str]>,
        max_items: Option<i32>,
        marker: Option<&str>,
    ) -> Result<SimulatePolicyResponse, ApiError> {
        let bounding = boundary.into_iter().flatten();
        let all: Vec<&str> = documents.iter().chain(bounding).copied().collect();
        let missing = missing_keys(&all, &self.values);
        let page = page(self.all(), max_items, marker)?;
        let results = page.items.into_iter().map(|(action, resource)| {
            let question = Question { action, resource, values: &self.values };
            result(&question, simulate(documents, boundary, &question), missing.clone())
        });
        Ok(SimulatePolicyResponse {
            evaluation_results: Some(results.collect()),
            is_truncated: Some(page.next_token.is_some()),
            marker: page.next_token,
        })
    }
}

fn result(question: &Question<'_>, said: Simulated, missing: Vec<String>) -> EvaluationResult {
    let decision = match said.outcome {
        Ok(()) => "allowed",
        Err(NotAllowed::Denied(_)) => "explicitDeny",
        Err(NotAllowed::Unmentioned(_)) => "implicitDeny",
    };
    let within = said.is_within_boundary.map(|is_within| PermissionsBoundaryDecisionDetail {
        allowed_by_permissions_boundary: Some(is_within),
    });
    EvaluationResult {
        eval_action_name: question.action.to_owned(),
        eval_resource_name: Some(question.resource.to_owned()),
        eval_decision: decision.to_owned(),
        // Which statements decided is not told.
        matched_statements: None,
        missing_context_values: Some(missing),
        organizations_decision_detail: None,
        permissions_boundary_decision_detail: within,
        eval_decision_details: None,
        resource_specific_results: None,
    }
}

fn check(documents: &[String]) -> Result<(), ApiError> {
    documents.iter().try_for_each(|document| check_identity(document).map_err(malformed))
}

/// Documents of a request that stand for a boundary, if there are any.
fn boundary_of(given: &[String]) -> Option<Vec<&str>> {
    Some(given.iter().map(String::as_str).collect()).filter(|given: &Vec<_>| !given.is_empty())
}

impl Operation for SimulateCustomPolicy {
    type Output = SimulatePolicyResponse;

    async fn run(self, _: &Context<'_>) -> Result<SimulatePolicyResponse, ApiError> {
        let SimulateCustomPolicy {
            policy_input_list: given,
            permissions_boundary_policy_input_list: bounds,
            action_names,
            resource_arns,
            context_entries,
            max_items,
            marker,
        } = self;
        check(&given)?;
        check(&bounds)?;
        let calls = Calls::new(action_names, resource_arns, context_entries)?;
        let documents: Vec<&str> = given.iter().map(String::as_str).collect();
        let boundary = boundary_of(&bounds);
        calls.answer(&documents, boundary.as_deref(), max_items, marker.as_deref())
    }
}

impl Operation for SimulatePrincipalPolicy {
    type Output = SimulatePolicyResponse;

    async fn run(self, cx: &Context<'_>) -> Result<SimulatePolicyResponse, ApiError> {
        let SimulatePrincipalPolicy {
            policy_source_arn: source,
            policy_input_list: given,
            permissions_boundary_policy_input_list: bounds,
            action_names,
            resource_arns,
            context_entries,
            max_items,
            marker,
        } = self;
        check(&given)?;
        check(&bounds)?;
        let calls = Calls::new(action_names, resource_arns, context_entries)?;
        read(cx, |known| {
            let (kind, name) = principal(cx.scope.account, known, &source)?;
            let mut documents = known.documents(kind, name);
            documents.extend(given.iter().map(String::as_str));
            let own = known.held(kind, name).and_then(|held| held.boundary);
            let own = own.map(|arn| known.policy(arn).map(Policy::document).into_iter().collect());
            let boundary = boundary_of(&bounds).or(own);
            calls.answer(&documents, boundary.as_deref(), max_items, marker.as_deref())
        })
    }
}

/// The user, group or role that an ARN names.
fn principal<'a>(
    account: u64,
    known: &Account,
    text: &'a str,
) -> Result<(Kind, &'a str), ApiError> {
    let unclear = || {
        let message =
            format!("Invalid Entity Arn: {text} does not clearly define entity type and name.");
        error("InvalidInput", message)
    };
    let arn = Arn::parse(text).filter(|arn| arn.service == "iam").ok_or_else(unclear)?;
    let kinds = [Kind::User, Kind::Group, Kind::Role];
    let named = kinds.into_iter().find_map(|kind| {
        let path = arn.resource.strip_prefix(kind.word())?.strip_prefix('/')?;
        Some((kind, path.rsplit('/').next().unwrap_or(path)))
    });
    let (kind, name) = named.ok_or_else(unclear)?;
    match known.held(kind, name) {
        Some(_) if arn.account == format!("{account:012}") => Ok((kind, name)),
        _ => Err(missing(kind.word(), name)),
    }
}
