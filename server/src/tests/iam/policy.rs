//! Managed policies: their versions, whom they are given to, and what they would say.

use super::{Keys, document, element, root, run, user};
use crate::iam::Rules;
use crate::tests::harness::{Server, Setup};

const POLICY: &str = "arn:aws:iam::000000000007:policy/p";

fn allowing(action: &str) -> String {
    document(&format!(r#"{{"Effect":"Allow","Action":"{action}","Resource":"*"}}"#))
}

async fn ask(server: &Server, query: &str) -> String {
    root().granted(server, "iam", query).await
}

async fn refused(server: &Server, query: &str) -> (u16, String, String) {
    root().refused(server, "iam", query).await
}

/// The texts of all elements of a name.
fn elements<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!("<{name}>");
    text.split(&start).skip(1).filter_map(|rest| rest.split('<').next()).collect()
}

#[test]
fn policies_have_five_versions_of_which_one_is_in_force() {
    run(async {
        let rules = Rules { enforces: true, ..Rules::default() };
        let server = Server::start_with(Setup { rules, ..Setup::default() });
        let made = format!(
            "Action=CreatePolicy&PolicyName=p&PolicyDocument={}&Tags.member.1.Key=a&\
             Tags.member.1.Value=b",
            allowing("ec2:DescribeVpcs")
        );
        ask(&server, &made).await;
        let keys = user(&root(), &server, "u").await;
        let attach = format!("Action=AttachUserPolicy&UserName=u&PolicyArn={POLICY}");
        ask(&server, &attach).await;
        let may = async |keys: &Keys| {
            keys.form(&server, "ec2", "Action=DescribeVpcs").await.status == 200
        };
        assert!(may(&keys).await);

        let about = format!("PolicyArn={POLICY}");
        let nothing = allowing("s3:GetObject");
        let another = format!("Action=CreatePolicyVersion&{about}&PolicyDocument={nothing}");
        let made = ask(&server, &another).await;
        assert_eq!(element(&made, "VersionId"), Some("v2"));
        assert_eq!(element(&made, "IsDefaultVersion"), Some("false"));
        assert!(may(&keys).await, "the first is still in force");
        let made = ask(&server, &format!("{another}&SetAsDefault=true")).await;
        assert_eq!(element(&made, "IsDefaultVersion"), Some("true"));
        assert!(!may(&keys).await);
        let shown = ask(&server, &format!("Action=GetPolicy&{about}")).await;
        assert_eq!(element(&shown, "DefaultVersionId"), Some("v3"));
        ask(&server, &format!("Action=SetDefaultPolicyVersion&{about}&VersionId=v1")).await;
        assert!(may(&keys).await);

        ask(&server, &another).await;
        ask(&server, &another).await;
        let many = "A managed policy can have up to 5 versions. Before you create a new version, \
                    you must delete an existing version.";
        assert_eq!(refused(&server, &another).await, (409, "LimitExceeded".into(), many.into()));
        let listed = ask(&server, &format!("Action=ListPolicyVersions&{about}")).await;
        assert_eq!(elements(&listed, "VersionId"), ["v5", "v4", "v3", "v2", "v1"]);
        let page = ask(&server, &format!("Action=ListPolicyVersions&{about}&MaxItems=2")).await;
        let marker = element(&page, "Marker").expect("there is more");
        let next = format!("Action=ListPolicyVersions&{about}&MaxItems=2&Marker={marker}");
        assert_eq!(elements(&ask(&server, &next).await, "VersionId"), ["v3", "v2"]);
        let got = ask(&server, &format!("Action=GetPolicyVersion&{about}&VersionId=v2")).await;
        assert_eq!(element(&got, "Document"), Some(nothing.replace("%2D", "-").as_str()));

        let delete =
            |version: &str| format!("Action=DeletePolicyVersion&{about}&VersionId={version}");
        let kept = "Cannot delete the default version of a policy.";
        assert_eq!(
            refused(&server, &delete("v1")).await,
            (409, "DeleteConflict".into(), kept.into())
        );
        ask(&server, &delete("v5")).await;
        let gone = format!("Policy {POLICY} version v5 does not exist or is not attachable.");
        assert_eq!(refused(&server, &delete("v5")).await, (404, "NoSuchEntity".into(), gone));
        let made = ask(&server, &another).await;
        assert_eq!(element(&made, "VersionId"), Some("v6"), "no number is given twice");

        ask(&server, &attach.replace("Attach", "Detach")).await;
        let whole = format!("Action=DeletePolicy&{about}");
        let (status, code, message) = refused(&server, &whole).await;
        assert_eq!((status, code.as_str()), (409, "DeleteConflict"));
        assert!(message.starts_with("This policy has more than one version."), "{message}");
        for version in ["v2", "v3", "v4", "v6"] {
            ask(&server, &delete(version)).await;
        }
        ask(&server, &whole).await;
        assert_eq!(refused(&server, &whole).await.1, "NoSuchEntity");
    });
}

#[test]
fn what_cannot_be_a_version_changes_nothing() {
    run(async {
        let server = Server::start();
        let made = format!("Action=CreatePolicy&PolicyName=p&PolicyDocument={}", allowing("ec2:*"));
        ask(&server, &made).await;
        let long = format!("ec2:{}", "x".repeat(6_145));
        let create = |arn: &str, document: &str| {
            format!("Action=CreatePolicyVersion&PolicyArn={arn}&PolicyDocument={document}")
        };
        let foreign = "arn:aws:iam::aws:policy/ReadOnlyAccess";
        for (query, code) in [
            (create(POLICY, "%7B"), "MalformedPolicyDocument"),
            (create(POLICY, &allowing(&long)), "LimitExceeded"),
            (create(foreign, &allowing("ec2:*")), "AccessDenied"),
            (create(&format!("{POLICY}x"), &allowing("ec2:*")), "NoSuchEntity"),
            (
                format!("Action=SetDefaultPolicyVersion&PolicyArn={POLICY}&VersionId=v2"),
                "NoSuchEntity",
            ),
            (
                format!(
                    "Action=TagPolicy&PolicyArn={foreign}&Tags.member.1.Key=a&Tags.member.1.Value=b"
                ),
                "AccessDenied",
            ),
        ] {
            assert_eq!(refused(&server, &query).await.1, code, "{query}");
        }
        let listed = ask(&server, &format!("Action=ListPolicyVersions&PolicyArn={POLICY}")).await;
        assert_eq!(elements(&listed, "VersionId"), ["v1"]);
    });
}

#[test]
fn tags_and_holders_of_policies_are_told() {
    run(async {
        let server = Server::start();
        let made = format!("Action=CreatePolicy&PolicyName=p&PolicyDocument={}", allowing("ec2:*"));
        ask(&server, &made).await;
        let about = format!("PolicyArn={POLICY}");
        for (key, value) in [("a", "1"), ("b", "2"), ("a", "3")] {
            let tag = format!("Tags.member.1.Key={key}&Tags.member.1.Value={value}");
            ask(&server, &format!("Action=TagPolicy&{about}&{tag}")).await;
        }
        ask(&server, &format!("Action=UntagPolicy&{about}&TagKeys.member.1=b")).await;
        let listed = ask(&server, &format!("Action=ListPolicyTags&{about}")).await;
        assert_eq!((elements(&listed, "Key"), elements(&listed, "Value")), (vec!["a"], vec!["3"]));

        let trust = document(
            r#"{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"lambda.amazonaws.com"}}"#,
        );
        ask(&server, "Action=CreateUser&UserName=u").await;
        ask(&server, "Action=CreateGroup&GroupName=g&Path=/x/").await;
        for name in ["r", "s"] {
            let role = format!("RoleName={name}&AssumeRolePolicyDocument={trust}");
            ask(&server, &format!("Action=CreateRole&{role}")).await;
        }
        ask(&server, &format!("Action=AttachRolePolicy&RoleName=r&{about}")).await;
        ask(&server, &format!("Action=AttachGroupPolicy&GroupName=g&{about}")).await;
        let bound = format!("UserName=u&PermissionsBoundary={POLICY}");
        ask(&server, &format!("Action=PutUserPermissionsBoundary&{bound}")).await;
        let entities = async |more: &str| {
            let query = format!("Action=ListEntitiesForPolicy&{about}{more}");
            let text = ask(&server, &query).await;
            let names = ["GroupName", "UserName", "RoleName"];
            names.map(|name| elements(&text, name).join(",")).join("/")
        };
        assert_eq!(entities("").await, "g/u/r");
        assert_eq!(entities("&EntityFilter=Role").await, "//r");
        assert_eq!(entities("&PathPrefix=/x/").await, "g//");
        assert_eq!(entities("&PolicyUsageFilter=PermissionsBoundary").await, "/u/");
        assert_eq!(entities("&PolicyUsageFilter=PermissionsPolicy").await, "g//r");
        assert_eq!(entities("&MaxItems=1").await, "g//");

        let details = ask(&server, "Action=GetAccountAuthorizationDetails").await;
        assert_eq!(elements(&details, "RoleId").len(), 2, "{details}");
        assert_eq!(elements(&details, "VersionId"), ["v1"]);
        let users =
            ask(&server, "Action=GetAccountAuthorizationDetails&Filter.member.1=User").await;
        assert_eq!(elements(&users, "PermissionsBoundaryArn"), [POLICY]);
        assert_eq!(elements(&users, "RoleId").len(), 0);
        let summary = ask(&server, "Action=GetAccountSummary").await;
        for (name, number) in [("Roles", 2), ("Policies", 1), ("VersionsPerPolicyQuota", 5)] {
            let entry = format!("<key>{name}</key><value>{number}</value>");
            assert!(summary.contains(&entry), "{entry}: {summary}");
        }
    });
}

#[test]
fn an_account_has_one_alias_which_no_other_has() {
    run(async {
        let server = Server::start();
        let other = Keys { key: "000000000008".into(), ..root() };
        let create = |alias: &str| format!("Action=CreateAccountAlias&AccountAlias={alias}");
        ask(&server, &create("one")).await;
        let taken =
            (409, "EntityAlreadyExists".into(), "The account alias one already exists.".into());
        assert_eq!(other.refused(&server, "iam", &create("one")).await, taken);
        ask(&server, &create("two")).await;
        let listed = ask(&server, "Action=ListAccountAliases").await;
        assert_eq!(element(&listed, "member"), Some("two"));
        other.granted(&server, "iam", &create("one")).await;
        let delete = "Action=DeleteAccountAlias&AccountAlias=one";
        assert_eq!(refused(&server, delete).await.1, "NoSuchEntity");
        for bad in ["a--b", "-ab", "ab-", "Ab1", "ab"] {
            let (status, code, _) = refused(&server, &create(bad)).await;
            assert_eq!((status, code.as_str()), (400, "ValidationError"), "{bad}");
        }
        other.granted(&server, "iam", delete).await;
        let listed = other.granted(&server, "iam", "Action=ListAccountAliases").await;
        assert_eq!(element(&listed, "member"), None);
    });
}

#[test]
fn simulations_tell_what_policies_would_say() {
    run(async {
        let server = Server::start();
        user(&root(), &server, "u").await;
        let managed = "arn:aws:iam::aws:policy/ReadOnlyAccess";
        ask(&server, "Action=CreateGroup&GroupName=g").await;
        ask(&server, "Action=AddUserToGroup&GroupName=g&UserName=u").await;
        ask(&server, &format!("Action=AttachGroupPolicy&GroupName=g&PolicyArn={managed}")).await;
        let conditional = document(
            r#"{"Effect":"Allow","Action":"lambda:CreateFunction","Resource":"arn:x:*",
                "Condition":{"StringEquals":{"aws:RequestedRegion":"us-east-1"}}},
               {"Effect":"Deny","Action":"lambda:GetPolicy","Resource":"*"}"#,
        );
        let put = format!("UserName=u&PolicyName=own&PolicyDocument={conditional}");
        ask(&server, &format!("Action=PutUserPolicy&{put}")).await;
        let simulate = "Action=SimulatePrincipalPolicy&\
                        PolicySourceArn=arn:aws:iam::000000000007:user/p/u&\
                        ActionNames.member.1=lambda:GetFunction&\
                        ActionNames.member.2=lambda:CreateFunction&\
                        ActionNames.member.3=lambda:GetPolicy&ResourceArns.member.1=arn:x:1";
        let text = ask(&server, simulate).await;
        assert_eq!(elements(&text, "EvalDecision"), ["allowed", "implicitDeny", "explicitDeny"]);
        assert!(text.contains("<member>aws:RequestedRegion</member>"), "{text}");
        let given = "&ContextEntries.member.1.ContextKeyName=aws:RequestedRegion&\
                     ContextEntries.member.1.ContextKeyType=string&\
                     ContextEntries.member.1.ContextKeyValues.member.1=us-east-1";
        let text = ask(&server, &format!("{simulate}{given}")).await;
        assert_eq!(elements(&text, "EvalDecision"), ["allowed", "allowed", "explicitDeny"]);
        assert!(!text.contains("<member>aws:RequestedRegion</member>"), "{text}");
        // A boundary that allows one of them.
        let bound = format!(
            "&PermissionsBoundaryPolicyInputList.member.1={}",
            allowing("lambda:CreateFunction")
        );
        let text = ask(&server, &format!("{simulate}{given}{bound}")).await;
        assert_eq!(elements(&text, "EvalDecision"), ["implicitDeny", "allowed", "explicitDeny"]);
        assert_eq!(elements(&text, "AllowedByPermissionsBoundary"), ["false", "true", "false"]);
        let custom = format!(
            "Action=SimulateCustomPolicy&PolicyInputList.member.1={}&\
             ActionNames.member.1=s3:GetObject&ActionNames.member.2=s3:PutObject&MaxItems=1",
            allowing("s3:Get*")
        );
        let text = ask(&server, &custom).await;
        assert_eq!(elements(&text, "EvalDecision"), ["allowed"]);
        let marker = element(&text, "Marker").expect("there is more");
        let text = ask(&server, &format!("{custom}&Marker={marker}")).await;
        assert_eq!(elements(&text, "EvalDecision"), ["implicitDeny"]);
        for (arn, code) in [
            ("arn:aws:iam::000000000007:user/none", "NoSuchEntity"),
            ("arn:aws:iam::000000000008:user/u", "NoSuchEntity"),
            ("arn:aws:iam::000000000007:root", "InvalidInput"),
            ("arn:aws:lambda:us-east-1:000000000007:function:f", "InvalidInput"),
        ] {
            let query = format!(
                "Action=SimulatePrincipalPolicy&PolicySourceArn={arn}&ActionNames.member.1=a:bcd"
            );
            assert_eq!(refused(&server, &query).await.1, code, "{arn}");
        }
    });
}
