//! One module a service: its table, the types of its operations, and its errors.
//!
//! Written by `cargo xtask codegen`.

macro_rules! service {
    ($name:ident, $title:literal) => {
        #[doc = concat!($title, ": its table, operations and errors.")]
        pub mod $name {
            pub use crate::input::$name as input;
            pub use crate::model::op::$name::Op;
            pub use crate::model::$name::SERVICE;
            pub use crate::output::$name as output;

            #[doc = concat!("An error of ", $title, "; the status follows from the code.")]
            pub fn error(
                code: impl Into<std::borrow::Cow<'static, str>>,
                message: impl Into<String>,
            ) -> crate::error::ApiError {
                crate::error::ApiError::new(&SERVICE, code, message)
            }
        }
    };
}
service!(lambda, "Lambda");
service!(ec2, "EC2");
service!(logs, "CloudWatch Logs");
service!(iam, "IAM");
service!(sts, "STS");
service!(cloudwatch, "CloudWatch");
service!(sqs, "SQS");
service!(sns, "SNS");
service!(dynamodb, "DynamoDB");
service!(dynamodbstreams, "DynamoDB Streams");
service!(kinesis, "Kinesis");
service!(ssm, "SSM");
service!(secretsmanager, "Secrets Manager");
service!(s3, "S3");
service!(apigatewayv2, "API Gateway's HTTP APIs");
service!(events, "EventBridge");
service!(scheduler, "EventBridge Scheduler");
service!(route53, "Route 53");
