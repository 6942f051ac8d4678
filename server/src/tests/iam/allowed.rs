//! What callers may, where that is enforced.

use http::Request;
use serde_json::json;

use super::{Keys, document, element, refusal, root, run, user};
use crate::iam::Rules;
use crate::tests::harness::{Answered, Server, Setup, package};

const USER: &str = "arn:aws:iam::000000000007:user/p/u";

fn server() -> Server {
    let rules = Rules { enforces: true, ..Rules::default() };
    Server::start_with(Setup { rules, ..Setup::default() })
}

async fn put(server: &Server, statement: &str) {
    let text = document(statement);
    let query = format!("Action=PutUserPolicy&UserName=u&PolicyName=p&PolicyDocument={text}");
    root().granted(server, "iam", &query).await;
}

/// The refusal of an action, as services word it that nothing allows it.
fn unmentioned(action: &str, on: &str) -> String {
    format!(
        "User: {USER} is not authorized to perform: {action} on resource: {on} because no \
         identity-based policy allows the {action} action"
    )
}

async fn lambda(keys: &Keys, server: &Server, method: &str, path: &str, body: &str) -> Answered {
    let request = Request::builder().method(method).uri(format!("/2015-03-31/{path}"));
    let request = request.body(body.to_owned()).expect("a request");
    server.ask(keys.sign("lambda", request, crate::logs::now())).await
}

#[test]
fn every_service_refuses_in_its_own_words() {
    run(async {
        let server = server();
        let keys = user(&root(), &server, "u").await;
        // Who it is nobody is refused to know.
        assert_eq!(keys.arn(&server).await, USER);
        let denied = |message: String| (403, "AccessDenied".to_owned(), message);
        assert_eq!(
            keys.refused(&server, "iam", "Action=CreateUser&UserName=v&Path=/x/").await,
            denied(unmentioned("iam:CreateUser", "arn:aws:iam::000000000007:user/x/v"))
        );
        assert_eq!(
            keys.refused(&server, "iam", "Action=GetUser").await,
            denied(unmentioned("iam:GetUser", "user u"))
        );
        let named = [
            ("GetRole&RoleName=r", "role r"),
            (
                "CreateRole&RoleName=r&AssumeRolePolicyDocument=%7B%7D",
                "arn:aws:iam::000000000007:role/r",
            ),
            ("GetInstanceProfile&InstanceProfileName=p", "instance profile p"),
            ("GetPolicy&PolicyArn=arn:aws:iam::aws:policy/P", "policy arn:aws:iam::aws:policy/P"),
            ("ListPolicies", "policy path /"),
        ];
        for (query, on) in named {
            let action = format!("iam:{}", query.split('&').next().expect("an operation"));
            assert_eq!(
                keys.refused(&server, "iam", &format!("Action={query}")).await,
                denied(unmentioned(&action, on))
            );
        }
        assert_eq!(
            keys.refused(&server, "iam", "Action=ListRoles").await,
            denied(unmentioned("iam:ListRoles", "arn:aws:iam::000000000007:role/"))
        );
        let words = |action: &str, on: &str| {
            let sentence = unmentioned(action, on).replace(" on resource: *", "");
            let message = format!("You are not authorized to perform this operation. {sentence}");
            (403, "UnauthorizedOperation".to_owned(), message)
        };
        assert_eq!(
            keys.refused(&server, "ec2", "Action=DescribeVpcs").await,
            words("ec2:DescribeVpcs", "*")
        );
        let on = "arn:aws:ec2:us-east-1:000000000007:vpc/*";
        let create = "Action=CreateVpc&CidrBlock=10.0.0.0/16&DryRun=true";
        let (status, code, message) = keys.refused(&server, "ec2", create).await;
        let (message, encoded) = message
            .split_once(". Encoded authorization failure message: ")
            .expect("what is told to those alone who may know it");
        assert_eq!((status, code, message.to_owned()), words("ec2:CreateVpc", on));
        let decode = format!("Action=DecodeAuthorizationMessage&EncodedMessage={encoded}");
        assert_eq!(
            keys.refused(&server, "sts", &decode).await,
            denied(unmentioned("sts:DecodeAuthorizationMessage", "*"))
        );
        let told = root().granted(&server, "sts", &decode).await;
        let told = element(&told, "DecodedMessage").expect("a message").replace("&quot;", "\"");
        let told: serde_json::Value = serde_json::from_str(&told).expect("JSON");
        assert_eq!((&told["allowed"], &told["explicitDeny"]), (&json!(false), &json!(false)));
        let context = &told["context"];
        assert_eq!(
            (&context["action"], &context["resource"]),
            (&json!("ec2:CreateVpc"), &json!(on))
        );
        assert_eq!(context["principal"]["arn"], USER);
        let region = json!({"key": "ec2:Region", "values": {"items": [{"value": "us-east-1"}]}});
        assert_eq!(context["conditions"]["items"], json!([region]));
        let other = Keys { key: "000000000008".into(), ..root() };
        assert_eq!(
            other.refused(&server, "sts", &decode).await,
            (400, "InvalidAuthorizationMessageException".into(), "Message is not valid".into())
        );
        assert_eq!(
            root().refused(&server, "ec2", create).await.1,
            "DryRunOperation",
            "root is refused nothing"
        );
        let on = "arn:aws:lambda:us-east-1:000000000007:function:f";
        let denied = |message: String| (403, "AccessDeniedException".to_owned(), message);
        for (method, path, action, on) in [
            ("GET", "functions/f", "lambda:GetFunction", on),
            ("GET", "functions/", "lambda:ListFunctions", "*"),
            ("POST", "functions/f/invocations", "lambda:InvokeFunction", on),
            (
                "POST",
                "functions/f/invocations?Qualifier=1",
                "lambda:InvokeFunction",
                "arn:aws:lambda:us-east-1:000000000007:function:f:1",
            ),
        ] {
            let answered = lambda(&keys, &server, method, path, "").await;
            assert_eq!(refusal(&answered), denied(unmentioned(action, on)));
        }
        let request = Request::post("/")
            .header("x-amz-target", "Logs_20140328.CreateLogGroup")
            .body(r#"{"logGroupName":"/g"}"#.to_owned());
        let request = keys.sign("logs", request.expect("a request"), crate::logs::now());
        let on = "arn:aws:logs:us-east-1:000000000007:log-group:/g:log-stream:";
        let expected = unmentioned("logs:CreateLogGroup", on);
        let answered = refusal(&server.ask(request).await);
        assert_eq!(answered, (400, "AccessDeniedException".into(), expected));
    });
}

#[test]
fn policies_boundaries_groups_and_sessions_decide_together() {
    run(async {
        let server = server();
        let keys = user(&root(), &server, "u").await;
        let vpcs = "Action=DescribeVpcs";
        let all = r#"{"Effect":"Allow","Action":"ec2:*","Resource":"*"}"#;
        put(&server, all).await;
        keys.granted(&server, "ec2", vpcs).await;
        let session = Keys::of(&keys.granted(&server, "sts", "Action=GetSessionToken").await);
        session.granted(&server, "ec2", vpcs).await;
        // Without a second factor it has no say in IAM, whatever its user may.
        put(&server, r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#).await;
        keys.granted(&server, "iam", "Action=ListUsers").await;
        let of_root = Keys::of(&root().granted(&server, "sts", "Action=GetSessionToken").await);
        for session in [&session, &of_root] {
            let (status, code, _) = session.refused(&server, "iam", "Action=ListUsers").await;
            assert_eq!((status, code.as_str()), (403, "InvalidClientTokenId"));
        }
        // A denial outweighs what allows.
        put(
            &server,
            &format!(r#"{all},{{"Effect":"Deny","Action":"ec2:DescribeV*","Resource":"*"}}"#),
        )
        .await;
        let (_, _, message) = keys.refused(&server, "ec2", vpcs).await;
        let end = "ec2:DescribeVpcs with an explicit deny in an identity-based policy";
        assert!(message.ends_with(end), "{message}");
        keys.granted(&server, "ec2", "Action=DescribeSubnets").await;
        // Tags of a thing are conditions of what is done to it.
        let made = root().granted(&server, "ec2", "Action=CreateVpc&CidrBlock=10.1.0.0/16").await;
        let vpc = element(&made, "vpcId").expect("an id").to_owned();
        let delete = format!("Action=DeleteVpc&VpcId={vpc}&DryRun=true");
        let condition =
            r#""Condition":{"StringEquals":{"ec2:ResourceTag/owner":"${aws:username}"}}"#;
        put(&server, &format!(r#"{{"Effect":"Allow","Action":"ec2:DeleteVpc","Resource":"arn:aws:ec2:*:*:vpc/*",{condition}}}"#))
            .await;
        assert_eq!(keys.refused(&server, "ec2", &delete).await.1, "UnauthorizedOperation");
        let tag = format!("Action=CreateTags&ResourceId.1={vpc}&Tag.1.Key=owner&Tag.1.Value=u");
        root().granted(&server, "ec2", &tag).await;
        assert_eq!(keys.refused(&server, "ec2", &delete).await.1, "DryRunOperation");
        // A group's policies are its users'.
        root().granted(&server, "iam", "Action=DeleteUserPolicy&UserName=u&PolicyName=p").await;
        root().granted(&server, "iam", "Action=CreateGroup&GroupName=g").await;
        let attach = "Action=AttachGroupPolicy&GroupName=g&PolicyArn=arn:aws:iam::aws:policy/\
                      AdministratorAccess";
        root().granted(&server, "iam", attach).await;
        assert_eq!(keys.refused(&server, "ec2", vpcs).await.1, "UnauthorizedOperation");
        root().granted(&server, "iam", "Action=AddUserToGroup&GroupName=g&UserName=u").await;
        keys.granted(&server, "ec2", vpcs).await;
        // A boundary narrows all of it.
        let text = document(r#"{"Effect":"Allow","Action":"iam:*","Resource":"*"}"#);
        let create = format!("Action=CreatePolicy&PolicyName=b&PolicyDocument={text}");
        root().granted(&server, "iam", &create).await;
        let bound = "Action=PutUserPermissionsBoundary&UserName=u&PermissionsBoundary=\
                     arn:aws:iam::000000000007:policy/b";
        root().granted(&server, "iam", bound).await;
        let (_, _, message) = keys.refused(&server, "ec2", vpcs).await;
        let end = "because no permissions boundary allows the ec2:DescribeVpcs action";
        assert!(message.ends_with(end), "{message}");
        root().granted(&server, "iam", "Action=DeleteUserPermissionsBoundary&UserName=u").await;
        // And a federated user has no more than its session's policy.
        let federate = "Action=GetFederationToken&Name=fe";
        let federated = Keys::of(&keys.granted(&server, "sts", federate).await);
        let (_, _, message) = federated.refused(&server, "ec2", vpcs).await;
        let end = "because no session policy allows the ec2:DescribeVpcs action";
        assert!(message.ends_with(end), "{message}");
        let federate = format!("{federate}&Policy={}", document(all));
        let federated = Keys::of(&keys.granted(&server, "sts", &federate).await);
        federated.granted(&server, "ec2", vpcs).await;
        let (_, code, _) = federated.refused(&server, "iam", "Action=ListUsers").await;
        assert_eq!(code, "InvalidClientTokenId");
        // Nor does it become somebody else, even where a role trusts it by name.
        let trust = document(
            r#"{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"arn:aws:sts::000000000007:federated-user/fe"}}"#,
        );
        let create = format!("Action=CreateRole&RoleName=f&AssumeRolePolicyDocument={trust}");
        root().granted(&server, "iam", &create).await;
        let assume = "Action=AssumeRole&RoleSessionName=se&\
                      RoleArn=arn:aws:iam::000000000007:role/f";
        assert_eq!(federated.refused(&server, "sts", assume).await.1, "AccessDenied");
    });
}

#[test]
fn a_role_is_assumed_by_whom_it_trusts_and_does_what_it_may() {
    run(async {
        let server = server();
        let keys = user(&root(), &server, "u").await;
        let role = "arn:aws:iam::000000000007:role/r";
        let assume = format!("Action=AssumeRole&RoleArn={role}&RoleSessionName=se");
        let refused = format!(
            "User: {USER} is not authorized to perform: sts:AssumeRole on resource: {role}"
        );
        let no_role = keys.refused(&server, "sts", &assume).await;
        assert_eq!(no_role, (403, "AccessDenied".into(), refused.clone()));
        let trust = |principal: &str, condition: &str| {
            let text = document(&format!(
                r#"{{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{principal}{condition}}}"#
            ));
            format!("RoleName=r&AssumeRolePolicyDocument={text}")
        };
        let service = trust(r#"{"Service":"lambda.amazonaws.com"}"#, "");
        root().granted(&server, "iam", &format!("Action=CreateRole&{service}")).await;
        assert_eq!(keys.refused(&server, "sts", &assume).await.2, refused);
        let update = async |text: String| {
            let text = text.replace("AssumeRolePolicyDocument", "PolicyDocument");
            root().granted(&server, "iam", &format!("Action=UpdateAssumeRolePolicy&{text}")).await;
        };
        // An account that is trusted leaves it to the policies of its users.
        update(trust(r#"{"AWS":"000000000007"}"#, "")).await;
        assert_eq!(
            keys.refused(&server, "sts", &assume).await.2,
            format!("{refused} because no identity-based policy allows the sts:AssumeRole action")
        );
        put(&server, r#"{"Effect":"Allow","Action":"sts:*","Resource":"*"}"#).await;
        keys.granted(&server, "sts", &assume).await;
        put(&server, r#"{"Effect":"Deny","Action":"iam:*","Resource":"*"}"#).await;
        // A user who is trusted itself needs no more, but what the trust asks for.
        let condition = r#","Condition":{"StringEquals":{"sts:ExternalId":"ex"}}"#;
        update(trust(&format!(r#"{{"AWS":"{USER}"}}"#), condition)).await;
        assert_eq!(keys.refused(&server, "sts", &assume).await.2, refused);
        let session =
            Keys::of(&keys.granted(&server, "sts", &format!("{assume}&ExternalId=ex")).await);
        let own = "arn:aws:sts::000000000007:assumed-role/r/se";
        assert_eq!(session.arn(&server).await, own);
        let (_, _, message) = session.refused(&server, "iam", "Action=GetRole&RoleName=r").await;
        assert_eq!(message, unmentioned("iam:GetRole", "role r").replace(USER, own));
        let text = document(r#"{"Effect":"Allow","Action":"iam:Get*","Resource":"*"}"#);
        let query = format!("Action=PutRolePolicy&RoleName=r&PolicyName=p&PolicyDocument={text}");
        root().granted(&server, "iam", &query).await;
        session.granted(&server, "iam", "Action=GetRole&RoleName=r").await;
    });
}

#[test]
fn tags_that_are_taken_away_are_looked_at() {
    run(async {
        let server = server();
        let keys = user(&root(), &server, "u").await;
        let statement = r#"{"Effect":"Allow","Action":"iam:UntagUser","Resource":"*","Condition":
            {"ForAllValues:StringEquals":{"aws:TagKeys":["a"]}}}"#;
        put(&server, statement).await;
        let untag = "Action=UntagUser&UserName=u&TagKeys.member.1=";
        keys.granted(&server, "iam", &format!("{untag}a")).await;
        let (_, code, _) = keys.refused(&server, "iam", &format!("{untag}b")).await;
        assert_eq!(code, "AccessDenied");
    });
}

#[test]
fn a_role_is_passed_on_by_who_may_pass_it() {
    run(async {
        let server = server();
        let keys = user(&root(), &server, "u").await;
        let role = "arn:aws:iam::000000000007:role/r";
        let trust = document(
            r#"{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"lambda.amazonaws.com"}}"#,
        );
        let query = format!("Action=CreateRole&RoleName=r&AssumeRolePolicyDocument={trust}");
        root().granted(&server, "iam", &query).await;
        let body = |vpc: serde_json::Value| {
            let function = json!({
                "FunctionName": "f", "Runtime": "provided.al2023", "Handler": "x", "Role": role,
                "Code": {"ZipFile": package()}, "VpcConfig": vpc,
            });
            function.to_string()
        };
        let alone = body(json!({}));
        let of_lambda = r#"{"Effect":"Allow","Action":"lambda:*","Resource":"*"}"#;
        put(&server, of_lambda).await;
        let answered = lambda(&keys, &server, "POST", "functions", &alone).await;
        let expected = (403, "AccessDeniedException".into(), unmentioned("iam:PassRole", role));
        assert_eq!(refusal(&answered), expected);
        let pass = format!(
            r#"{{"Effect":"Allow","Action":"iam:PassRole","Resource":"{role}","Condition":
                {{"StringEquals":{{"iam:PassedToService":"lambda.amazonaws.com"}}}}}}"#
        );
        put(&server, &format!("{of_lambda},{pass}")).await;
        let network = body(json!({"SubnetIds": ["subnet-1"], "SecurityGroupIds": ["sg-xxxx"]}));
        let answered = lambda(&keys, &server, "POST", "functions", &network).await;
        let (_, _, message) = refusal(&answered);
        assert_eq!(
            message,
            "Your access has been denied by EC2, please make sure your request credentials have \
             permission to DescribeSecurityGroups for sg-xxxx. EC2 Error Code: \
             UnauthorizedOperation. EC2 Error Message: You are not authorized to perform this \
             operation."
        );
        let answered = lambda(&keys, &server, "POST", "functions", &alone).await;
        assert_eq!(answered.status, 201, "{}", answered.text);
    });
}
