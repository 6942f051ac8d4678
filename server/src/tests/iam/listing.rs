//! Users, groups, keys, boundaries and instance profiles, as tools expect them.

use super::{document, element, root, run, user};
use crate::tests::harness::Server;

#[test]
fn users_keys_and_groups_live_as_tools_expect() {
    run(async {
        let server = Server::start();
        let root = root();
        let keys = user(&root, &server, "u").await;
        assert!(keys.key.starts_with("AKIA"), "{keys:?}");
        let ask = |query: &'static str| root.granted(&server, "iam", query);
        let refused = |query: &'static str| root.refused(&server, "iam", query);
        let shown = ask("Action=GetUser&UserName=u").await;
        assert_eq!(element(&shown, "Arn"), Some("arn:aws:iam::000000000007:user/p/u"));
        assert!(element(&shown, "UserId").is_some_and(|id| id.starts_with("AIDA")));
        // A user who names none means itself; root must name one.
        let own = keys.granted(&server, "iam", "Action=GetUser").await;
        assert_eq!(element(&own, "UserName"), Some("u"));
        let (status, code, message) = refused("Action=ListAccessKeys").await;
        assert_eq!((status, code.as_str()), (400, "ValidationError"));
        assert_eq!(message, "Must specify userName when calling with non-User credentials");
        assert_eq!(
            refused("Action=CreateUser&UserName=U").await,
            (409, "EntityAlreadyExists".into(), "User with name U already exists.".into(),)
        );
        ask("Action=CreateAccessKey&UserName=u").await;
        assert_eq!(
            refused("Action=CreateAccessKey&UserName=u").await,
            (409, "LimitExceeded".into(), "Cannot exceed quota for AccessKeysPerUser: 2".into(),)
        );
        ask("Action=CreateGroup&GroupName=g").await;
        ask("Action=AddUserToGroup&GroupName=g&UserName=u").await;
        ask("Action=UpdateUser&UserName=u&NewUserName=v&NewPath=/q/").await;
        let shown = ask("Action=GetGroup&GroupName=g").await;
        assert_eq!(element(&shown, "UserName"), Some("v"));
        assert_eq!(keys.arn(&server).await, "arn:aws:iam::000000000007:user/q/v");
        let groups = ask("Action=ListGroupsForUser&UserName=v").await;
        assert_eq!(element(&groups, "GroupName"), Some("g"));
        // What it still has keeps it.
        let what =
            |what: &str| (409, "DeleteConflict".into(), format!("Cannot delete entity, {what}."));
        assert_eq!(
            refused("Action=DeleteUser&UserName=v").await,
            what("must delete access keys first")
        );
        assert_eq!(
            refused("Action=DeleteGroup&GroupName=g").await,
            what("must remove users from group first")
        );
        let listed = ask("Action=ListAccessKeys&UserName=v").await;
        for member in listed.split("<member>").skip(1) {
            let id = element(member, "AccessKeyId").expect("an id");
            let query = format!("Action=DeleteAccessKey&UserName=v&AccessKeyId={id}");
            root.granted(&server, "iam", &query).await;
        }
        assert_eq!(
            refused("Action=DeleteUser&UserName=v").await,
            what("must remove users from group first")
        );
        ask("Action=RemoveUserFromGroup&GroupName=g&UserName=v").await;
        ask("Action=DeleteUser&UserName=v").await;
        ask("Action=DeleteGroup&GroupName=g").await;
        assert_eq!(
            refused("Action=GetUser&UserName=v").await,
            (404, "NoSuchEntity".into(), "The user with name v cannot be found.".into(),)
        );
    });
}

#[test]
fn it_is_told_when_a_key_was_last_used() {
    run(async {
        let server = Server::start();
        let root = root();
        let keys = user(&root, &server, "u").await;
        let query = format!("Action=GetAccessKeyLastUsed&AccessKeyId={}", keys.key);
        let before = root.granted(&server, "iam", &query).await;
        assert_eq!(element(&before, "ServiceName"), Some("N/A"));
        assert_eq!(element(&before, "LastUsedDate"), None);
        keys.granted(&server, "ec2", "Action=DescribeVpcs").await;
        // It is noted beside the request.
        loop {
            let after = root.granted(&server, "iam", &query).await;
            if element(&after, "LastUsedDate").is_some() {
                assert_eq!(element(&after, "ServiceName"), Some("ec2"));
                assert_eq!(element(&after, "Region"), Some("us-east-1"));
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    });
}

#[test]
fn users_and_groups_hold_policies_and_boundaries() {
    run(async {
        let server = Server::start();
        let root = root();
        user(&root, &server, "u").await;
        root.granted(&server, "iam", "Action=CreateGroup&GroupName=g").await;
        let text = document(r#"{"Effect":"Allow","Action":"ec2:*","Resource":"*"}"#);
        let managed = "arn:aws:iam::aws:policy/AdministratorAccess";
        for (kind, name) in [("User", "u"), ("Group", "g")] {
            let whom = format!("{kind}Name={name}");
            let ask = async |query: String| root.granted(&server, "iam", &query).await;
            let put = format!("{whom}&PolicyName=p&PolicyDocument={text}");
            ask(format!("Action=Put{kind}Policy&{put}")).await;
            let listed = ask(format!("Action=List{kind}Policies&{whom}")).await;
            assert_eq!(element(&listed, "member"), Some("p"));
            ask(format!("Action=Get{kind}Policy&{whom}&PolicyName=p")).await;
            ask(format!("Action=Attach{kind}Policy&{whom}&PolicyArn={managed}")).await;
            let listed = ask(format!("Action=ListAttached{kind}Policies&{whom}")).await;
            assert_eq!(element(&listed, "PolicyName"), Some("AdministratorAccess"));
            let long = document(&format!(
                r#"{{"Effect":"Allow","Action":"ec2:{}","Resource":"*"}}"#,
                "x".repeat(5_200)
            ));
            let query =
                format!("Action=Put{kind}Policy&{whom}&PolicyName=long&PolicyDocument={long}");
            assert_eq!(root.refused(&server, "iam", &query).await.1, "LimitExceeded");
            ask(format!("Action=Delete{kind}Policy&{whom}&PolicyName=p")).await;
            let query = format!("Action=Get{kind}Policy&{whom}&PolicyName=p");
            let missing =
                format!("The {} policy with name p cannot be found.", kind.to_lowercase());
            assert_eq!(root.refused(&server, "iam", &query).await.2, missing);
        }
        let counted =
            root.granted(&server, "iam", &format!("Action=GetPolicy&PolicyArn={managed}")).await;
        assert_eq!(element(&counted, "AttachmentCount"), Some("2"));
        let put =
            format!("Action=PutUserPermissionsBoundary&UserName=u&PermissionsBoundary={managed}");
        root.granted(&server, "iam", &put).await;
        let shown = root.granted(&server, "iam", "Action=GetUser&UserName=u").await;
        assert_eq!(element(&shown, "PermissionsBoundaryArn"), Some(managed));
        let put = "Action=PutUserPermissionsBoundary&UserName=u&PermissionsBoundary=\
                   arn:aws:iam::000000000007:policy/none";
        assert_eq!(root.refused(&server, "iam", put).await.1, "NoSuchEntity");
        let delete = "Action=DeleteUserPermissionsBoundary&UserName=u";
        root.granted(&server, "iam", delete).await;
        assert_eq!(root.refused(&server, "iam", delete).await.1, "NoSuchEntity");
    });
}

#[test]
fn instance_profiles_hand_on_one_role() {
    run(async {
        let server = Server::start();
        let root = root();
        let ask = |query: &'static str| root.granted(&server, "iam", query);
        let refused = |query: &'static str| root.refused(&server, "iam", query);
        let trust = document(
            r#"{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"ec2.amazonaws.com"}}"#,
        );
        for name in ["r", "s"] {
            let query =
                format!("Action=CreateRole&RoleName={name}&AssumeRolePolicyDocument={trust}");
            root.granted(&server, "iam", &query).await;
        }
        let get = "Action=GetInstanceProfile&InstanceProfileName=i";
        assert_eq!(
            refused(get).await,
            (404, "NoSuchEntity".into(), "Instance Profile i cannot be found.".into(),)
        );
        let made = ask("Action=CreateInstanceProfile&InstanceProfileName=i&Path=/x/").await;
        assert_eq!(element(&made, "Arn"), Some("arn:aws:iam::000000000007:instance-profile/x/i"));
        assert_eq!(
            refused("Action=CreateInstanceProfile&InstanceProfileName=i").await.2,
            "Instance Profile i already exists."
        );
        ask("Action=AddRoleToInstanceProfile&InstanceProfileName=i&RoleName=r").await;
        assert_eq!(
            refused("Action=AddRoleToInstanceProfile&InstanceProfileName=i&RoleName=s").await,
            (
                409,
                "LimitExceeded".into(),
                "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1".into()
            )
        );
        assert_eq!(element(&ask(get).await, "RoleName"), Some("r"));
        let listed = ask("Action=ListInstanceProfilesForRole&RoleName=r").await;
        assert_eq!(element(&listed, "InstanceProfileName"), Some("i"));
        let kept = "Cannot delete entity, must remove roles from instance profile first.";
        assert_eq!(refused("Action=DeleteRole&RoleName=r").await.2, kept);
        assert_eq!(refused("Action=DeleteInstanceProfile&InstanceProfileName=i").await.2, kept);
        ask("Action=RemoveRoleFromInstanceProfile&InstanceProfileName=i&RoleName=r").await;
        ask("Action=DeleteRole&RoleName=r").await;
        ask("Action=DeleteInstanceProfile&InstanceProfileName=i").await;
        let listed = ask("Action=ListInstanceProfiles").await;
        assert_eq!(element(&listed, "InstanceProfileName"), None);
    });
}
