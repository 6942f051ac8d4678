//! Temporary keys, and whose they are.

use engine::id::EnvironmentId;

use super::{Keys, element, root, run, user};
use crate::iam::Temporary;
use crate::tests::harness::Server;

const ASSUME: &str =
    "Action=AssumeRole&RoleArn=arn:aws:iam::000000000007:role/a/r&RoleSessionName=se";

#[test]
fn temporary_keys_are_known_by_their_tokens() {
    run(async {
        let server = Server::start();
        let root = root();
        let keys = user(&root, &server, "u").await;
        assert_eq!(keys.arn(&server).await, "arn:aws:iam::000000000007:user/p/u");
        let assumed = keys.granted(&server, "sts", ASSUME).await;
        let of_role = Keys::of(&assumed);
        assert!(of_role.key.starts_with("ASIA"), "{of_role:?}");
        let arn = "arn:aws:sts::000000000007:assumed-role/r/se";
        assert_eq!(element(&assumed, "Arn"), Some(arn));
        assert_eq!(of_role.arn(&server).await, arn);
        let identity = of_role.granted(&server, "sts", "Action=GetCallerIdentity").await;
        assert_eq!(element(&identity, "UserId"), element(&assumed, "AssumedRoleId"));
        let again = Keys::of(&keys.granted(&server, "sts", ASSUME).await);
        assert_ne!((&again.key, &again.secret), (&of_role.key, &of_role.secret));
        // Another key does not have this token: it is nobody's in particular.
        let other = Keys { key: again.key, ..of_role.clone() };
        assert_eq!(other.arn(&server).await, "arn:aws:iam::000000000000:root");
        let own = Keys::of(&keys.granted(&server, "sts", "Action=GetSessionToken").await);
        assert_eq!(own.arn(&server).await, "arn:aws:iam::000000000007:user/p/u");
        let (status, code, message) = own.refused(&server, "sts", "Action=GetSessionToken").await;
        assert_eq!((status, code.as_str()), (403, "AccessDenied"));
        assert_eq!(message, "Cannot call GetSessionToken with session credentials");
        let federated = keys.granted(&server, "sts", "Action=GetFederationToken&Name=fe").await;
        let arn = "arn:aws:sts::000000000007:federated-user/fe";
        assert_eq!(Keys::of(&federated).arn(&server).await, arn);
        // The account is told by the key alone.
        for key in [&of_role.key, &keys.key] {
            let query = format!("Action=GetAccessKeyInfo&AccessKeyId={key}");
            let told = root.granted(&server, "sts", &query).await;
            assert_eq!(element(&told, "Account"), Some("000000000007"));
        }
        // What they see is their account's.
        let vpcs = of_role.granted(&server, "ec2", "Action=DescribeVpcs").await;
        assert_eq!(element(&vpcs, "ownerId"), Some("000000000007"));
        // A user who is gone has no session any more.
        let query = format!("Action=DeleteAccessKey&UserName=u&AccessKeyId={}", keys.key);
        root.granted(&server, "iam", &query).await;
        root.granted(&server, "iam", "Action=DeleteUser&UserName=u").await;
        assert_eq!(own.arn(&server).await, "arn:aws:iam::000000000000:root");
    });
}

#[test]
fn sessions_are_asked_for_within_their_bounds() {
    run(async {
        let server = Server::start();
        let root = root();
        let refused = async |query: &str| root.refused(&server, "sts", query).await.2;
        let trust = super::document(
            r#"{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"*"}}"#,
        );
        let query = format!("Action=CreateRole&RoleName=r&AssumeRolePolicyDocument={trust}");
        root.granted(&server, "iam", &query).await;
        assert_eq!(
            refused(&format!("{ASSUME}&DurationSeconds=3601")).await,
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
        );
        let query = "Action=UpdateRole&RoleName=r&MaxSessionDuration=7200";
        root.granted(&server, "iam", query).await;
        let longer = format!("{ASSUME}&DurationSeconds=7200");
        let keys = Keys::of(&root.granted(&server, "sts", &longer).await);
        let (_, code, message) = keys.refused(&server, "sts", &longer).await;
        assert_eq!(code, "ValidationError");
        assert!(message.contains("1 hour session limit"), "{message}");
        let nonsense = "Action=AssumeRole&RoleArn=arn:aws:s3:::abcdefghijkl&RoleSessionName=se";
        assert_eq!(refused(nonsense).await, "arn:aws:s3:::abcdefghijkl is invalid");
        assert!(
            refused(&format!("{ASSUME}&DurationSeconds=899")).await.contains("durationSeconds")
        );
        let tagged = format!("{ASSUME}&Tags.member.1.Key=k&Tags.member.1.Value=v");
        assert!(refused(&tagged).await.contains("Tags"));
        let (_, code, _) = root.refused(&server, "sts", &format!("{ASSUME}&Policy=x")).await;
        assert_eq!(code, "MalformedPolicyDocument");
    });
}

#[test]
fn an_environment_has_a_session_of_its_role_for_as_long_as_it_lives() {
    run(async {
        let server = Server::start();
        let role = "arn:aws:iam::000000000007:role/service-role/r";
        let iam = &server.endpoint.iam;
        let keys = |environment, issued| {
            let environment = EnvironmentId(environment);
            let Temporary { key, secret, token } =
                iam.keys_of_environment(environment, (7, "f"), role, issued);
            Keys { key, secret, token: Some(token) }
        };
        let now = crate::logs::now();
        let (one, two) = (keys(1, now), keys(2, now));
        assert_eq!(one.arn(&server).await, "arn:aws:sts::000000000007:assumed-role/r/f");
        assert_ne!((&one.key, &one.secret), (&two.key, &two.secret));
        let old = keys(1, now - 13 * 3_600_000);
        let (status, code, message) = old.refused(&server, "sts", "Action=GetCallerIdentity").await;
        assert_eq!((status, code.as_str()), (403, "ExpiredToken"));
        assert_eq!(message, "The security token included in the request is expired");
        let lives = |_| true;
        let who = iam.who(&old.key, old.token.as_deref(), now, lives).expect("it lives");
        assert_eq!(who.arn(), "arn:aws:sts::000000000007:assumed-role/r/f");
    });
}
