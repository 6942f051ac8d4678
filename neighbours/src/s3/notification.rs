//! Who is told of what happens in a bucket, and whether they can be.

use std::sync::Arc;

use serde_json::{Value, json};
use wire::ApiError;
use wire::s3::error;
use wire::s3::input::{GetBucketNotificationConfiguration, PutBucketNotificationConfiguration};
use wire::time::iso8601_millis;

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::random::{spelled, uuid};
use crate::s3::elsewhere;
use crate::s3::event::NOTIFICATION;
use crate::s3::outbox::{actor, try_send};
use crate::s3::refusal::malformed_xml;
use crate::s3::service::S3;
use crate::s3::stored::Bucket;
use crate::s3::target::Notifications;
use crate::time::now;

impl Operation<S3> for GetBucketNotificationConfiguration {
    type Output = Value;

    async fn run(self, s3: &Arc<S3>, cx: &Context<'_>) -> Result<Value, Failure> {
        let GetBucketNotificationConfiguration { bucket, expected_bucket_owner } = self;
        let is_elsewhere = cx.elsewhere().is_some();
        if is_elsewhere {
            elsewhere::check_owner(cx, expected_bucket_owner.as_ref())?;
        }
        let value = s3.work(move |connection| {
            if is_elsewhere {
                let told = elsewhere::look(connection, &bucket)?;
                return Ok(told.and_then(|told| serde_json::from_str(&told.configured).ok()));
            }
            let found = Bucket::find(connection, &bucket, &expected_bucket_owner)?;
            Ok(found.value(connection, NOTIFICATION)?)
        });
        Ok(value.await?.unwrap_or_else(|| json!({})))
    }
}

impl Operation<S3> for PutBucketNotificationConfiguration {
    type Output = ();

    async fn run(self, s3: &Arc<S3>, cx: &Context<'_>) -> Result<(), Failure> {
        let PutBucketNotificationConfiguration {
            bucket: name,
            notification_configuration,
            expected_bucket_owner,
            skip_destination_validation,
        } = self;
        let given = serde_json::from_value::<Notifications>(notification_configuration);
        let mut given = given.map_err(|_| malformed_xml())?;
        for told in given.all_mut() {
            told.id.get_or_insert_with(|| spelled(uuid()));
        }
        given.check()?;
        given.spell_rules();
        let at = cx.elsewhere().map(|region| elsewhere::bucket(&name, cx.scope.account, region));
        let (of, owner) = (name.clone(), expected_bucket_owner.clone());
        let bucket = match at.clone() {
            Some(bucket) => {
                elsewhere::check_owner(cx, owner.as_ref())?;
                bucket
            }
            None => s3.work(move |connection| Bucket::find(connection, &of, &owner)).await?,
        };
        if skip_destination_validation != Some(true) {
            validate(s3, cx, &bucket, &given).await?;
        }
        let body = (!given.is_empty()).then(|| json!(given).to_string());
        s3.change(move |connection, _| {
            if let Some(bucket) = at {
                return Ok(elsewhere::configure(connection, &bucket, body.as_deref())?);
            }
            let found = Bucket::find(connection, &name, &expected_bucket_owner)?;
            Ok(found.configure(connection, NOTIFICATION, body.as_deref())?)
        })
        .await
    }
}

/// Whether all who are to be told can be: functions let S3 invoke them, queues and topics take a text.
async fn validate(
    s3: &S3,
    cx: &Context<'_>,
    bucket: &Bucket,
    given: &Notifications,
) -> Result<(), ApiError> {
    let actor = actor(&bucket.name, bucket.account);
    let request = cx.exchange.map_or_else(String::new, |exchange| exchange.request_id.clone());
    let test = json!({
        "Service": "Amazon S3",
        "Event": "s3:TestEvent",
        "Time": iso8601_millis(now()),
        "Bucket": bucket.name,
        "RequestId": request,
        "HostId": request,
    });
    let refused = |arn: &str, why: String| {
        let message = "Unable to validate the following destination configurations";
        error("InvalidArgument", message).with("ArgumentName1", arn).with("ArgumentValue1", why)
    };
    for told in &given.lambda_function_configurations {
        let arn = told.arn();
        s3.outward.may_invoke(&actor, arn).map_err(|why| refused(arn, why.to_string()))?;
    }
    for told in given.queue_configurations.iter().chain(&given.topic_configurations) {
        let sent = try_send(&*s3.outward, &actor, told.arn(), &test.to_string()).await;
        sent.map_err(|why| refused(told.arn(), why))?;
    }
    Ok(())
}
