//! STS: who the caller is, and temporary keys.

use serde_json::Value;
use wire::ApiError;
use wire::arn::Arn;
use wire::sts::input::{
    AssumeRole, DecodeAuthorizationMessage, GetAccessKeyInfo, GetCallerIdentity,
    GetFederationToken, GetSessionToken, PolicyDescriptorType,
};
use wire::sts::output::{
    AssumeRoleResponse, AssumedRoleUser, Credentials, DecodeAuthorizationMessageResponse,
    FederatedUser, GetAccessKeyInfoResponse, GetCallerIdentityResponse, GetFederationTokenResponse,
    GetSessionTokenResponse,
};
use wire::sts::{Op, error};

use crate::api::operation::{Call, Context, Operation};
use crate::iam::{
    Caller, DocumentError, Session, Statement, Temporary, Who, account_number, account_of,
    check_identity, id_of,
};
use crate::logs::now;

/// Seconds of a role's session, where the request does not say, and of one that was made by another.
const SESSION: i32 = 3_600;
/// Seconds of a user's session, where the request does not say; a root's is never longer than an hour.
const OF_USER: i32 = 43_200;
/// Characters of a session's policy, and how many managed ones may be given beside.
const POLICY: usize = 2_048;
const POLICIES: usize = 10;

pub(super) async fn dispatch(call: Call<'_>, op: Op) -> Result<Value, ApiError> {
    match op {
        Op::AssumeRole => call.run::<AssumeRole>().await,
        Op::DecodeAuthorizationMessage => call.run::<DecodeAuthorizationMessage>().await,
        Op::GetAccessKeyInfo => call.run::<GetAccessKeyInfo>().await,
        Op::GetCallerIdentity => call.run::<GetCallerIdentity>().await,
        Op::GetFederationToken => call.run::<GetFederationToken>().await,
        Op::GetSessionToken => call.run::<GetSessionToken>().await,
    }
}

fn invalid(message: impl Into<String>) -> ApiError {
    error("ValidationError", message)
}

impl Operation for GetCallerIdentity {
    type Output = GetCallerIdentityResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetCallerIdentityResponse, ApiError> {
        let GetCallerIdentity {} = self;
        Ok(GetCallerIdentityResponse {
            arn: Some(cx.caller.arn()),
            user_id: Some(cx.caller.user_id()),
            account: Some(format!("{:012}", cx.caller.account)),
        })
    }
}

/// What a refusal of EC2's tells those alone who may know it.
impl Operation for DecodeAuthorizationMessage {
    type Output = DecodeAuthorizationMessageResponse;

    async fn run(self, cx: &Context<'_>) -> Result<DecodeAuthorizationMessageResponse, ApiError> {
        let DecodeAuthorizationMessage { encoded_message } = self;
        let message = cx.endpoint.iam.decode(cx.scope.account, &encoded_message);
        let message = message.and_then(|bytes| String::from_utf8(bytes).ok());
        match message {
            Some(message) => {
                Ok(DecodeAuthorizationMessageResponse { decoded_message: Some(message) })
            }
            None => Err(error("InvalidAuthorizationMessageException", "Message is not valid")),
        }
    }
}

impl Operation for GetAccessKeyInfo {
    type Output = GetAccessKeyInfoResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetAccessKeyInfoResponse, ApiError> {
        let GetAccessKeyInfo { access_key_id: key } = self;
        let known = cx.endpoint.iam.root_of(&key).or_else(|| account_of(&key));
        let account = known.or_else(|| account_number(&key));
        let account = account.ok_or_else(|| invalid(format!("Invalid access key id: {key}")))?;
        Ok(GetAccessKeyInfoResponse { account: Some(format!("{account:012}")) })
    }
}

/// What narrows a session.
fn narrowed(
    cx: &Context<'_>,
    account: u64,
    policy: Option<String>,
    arns: Vec<PolicyDescriptorType>,
) -> Result<Session, ApiError> {
    if let Some(document) = &policy {
        check_identity(document)
            .map_err(|DocumentError(message)| error("MalformedPolicyDocument", message))?;
        if document.chars().count() > POLICY {
            let message =
                format!("Packed size of session policy consumes more than {POLICY} characters");
            return Err(error("PackedPolicyTooLarge", message));
        }
    }
    let policies: Vec<String> = arns.into_iter().filter_map(|policy| policy.arn).collect();
    if policies.len() > POLICIES {
        return Err(invalid(format!("At most {POLICIES} managed session policies can be given.")));
    }
    cx.endpoint.iam.read(account, |known| {
        let missing = policies.iter().find(|arn| known.policy(arn).is_none());
        match missing {
            Some(arn) => Err(invalid(format!("Policy {arn} does not exist or is not attachable."))),
            None => Ok(Session { issued: now(), policy, policies }),
        }
    })
}

/// Temporary keys of somebody, for some seconds.
fn issue(cx: &Context<'_>, account: u64, who: Who, session: Session, seconds: i32) -> Credentials {
    let expires = session.issued + i64::from(seconds) * 1_000;
    let statement = Statement { account, who, session, expires, environment: None };
    let Temporary { key, secret, token } = cx.endpoint.iam.issue(&statement);
    Credentials {
        access_key_id: key,
        secret_access_key: secret,
        session_token: token,
        expiration: expires,
    }
}

impl Operation for AssumeRole {
    type Output = AssumeRoleResponse;

    async fn run(self, cx: &Context<'_>) -> Result<AssumeRoleResponse, ApiError> {
        let AssumeRole {
            role_arn,
            role_session_name: name,
            policy_arns,
            policy,
            duration_seconds,
            // The role's trust policy may ask for it, which was judged before.
            external_id: _,
        } = self;
        let meant = Arn::parse(&role_arn).filter(|arn| arn.service == "iam");
        let account = meant.and_then(|arn| account_number(arn.account));
        let path = meant.and_then(|arn| arn.resource.strip_prefix("role/"));
        let (Some(account), Some(path)) = (account, path) else {
            return Err(invalid(format!("{role_arn} is invalid")));
        };
        let role = path.rsplit('/').next().unwrap_or(path);
        let known = cx.endpoint.iam.read(account, |known| {
            known.roles.get(role).map(|role| (role.id.clone(), role.longest_session))
        });
        // Where nothing is enforced any role will do, also one that was never made.
        let (id, longest) = known.unwrap_or_else(|| (id_of("AROA", &role_arn), i64::from(OF_USER)));
        let seconds = duration_seconds.unwrap_or(SESSION);
        if i64::from(seconds) > longest {
            return Err(invalid(
                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
            ));
        }
        let is_chained = matches!(cx.caller.who, Who::Role { .. });
        if is_chained && seconds > SESSION {
            return Err(invalid(
                "The requested DurationSeconds exceeds the 1 hour session limit for roles \
                 assumed by role chaining.",
            ));
        }
        let session = narrowed(cx, account, policy, policy_arns)?;
        let who = Who::Role { name: role.to_owned(), id, session: name };
        let caller = Caller { account, who, path: String::new(), session: None };
        let (arn, user_id) = (caller.arn(), caller.user_id());
        Ok(AssumeRoleResponse {
            credentials: Some(issue(cx, account, caller.who, session, seconds)),
            assumed_role_user: Some(AssumedRoleUser { assumed_role_id: user_id, arn }),
            ..AssumeRoleResponse::default()
        })
    }
}

/// The caller, who must call with a key that lasts.
fn lasting<'a>(cx: &'a Context<'_>, operation: &str) -> Result<&'a Caller, ApiError> {
    match &cx.caller.session {
        None => Ok(&cx.caller),
        Some(_) => {
            let message = format!("Cannot call {operation} with session credentials");
            Err(error("AccessDenied", message))
        }
    }
}

/// How long a session of the caller's takes.
fn seconds(caller: &Caller, asked: Option<i32>) -> i32 {
    let longest = if caller.is_root() { SESSION } else { i32::MAX };
    asked.unwrap_or(OF_USER).min(longest)
}

impl Operation for GetSessionToken {
    type Output = GetSessionTokenResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetSessionTokenResponse, ApiError> {
        let GetSessionToken { duration_seconds } = self;
        let caller = lasting(cx, "GetSessionToken")?;
        let seconds = seconds(caller, duration_seconds);
        let session = Session { issued: now(), ..Session::default() };
        let credentials = issue(cx, caller.account, caller.who.clone(), session, seconds);
        let credentials = Some(credentials);
        Ok(GetSessionTokenResponse { credentials, ..GetSessionTokenResponse::default() })
    }
}

impl Operation for GetFederationToken {
    type Output = GetFederationTokenResponse;

    async fn run(self, cx: &Context<'_>) -> Result<GetFederationTokenResponse, ApiError> {
        let GetFederationToken { name, policy, policy_arns, duration_seconds } = self;
        let caller = lasting(cx, "GetFederationToken")?;
        let account = caller.account;
        let seconds = seconds(caller, duration_seconds);
        let session = narrowed(cx, account, policy, policy_arns)?;
        let by = Some(caller.who.clone()).filter(|_| !caller.is_root()).map(Box::new);
        let who = Who::Federated { name, by };
        let federated = Caller { account, who, path: String::new(), session: None };
        let (arn, federated_user_id) = (federated.arn(), federated.user_id());
        Ok(GetFederationTokenResponse {
            credentials: Some(issue(cx, account, federated.who, session, seconds)),
            federated_user: Some(FederatedUser { federated_user_id, arn }),
            ..GetFederationTokenResponse::default()
        })
    }
}
