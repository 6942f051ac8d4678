//! The attributes of subscriptions, as requests ask for them.

use std::sync::Arc;

use rusqlite::Connection;
use wire::sns::input::{GetSubscriptionAttributes, SetSubscriptionAttributes};
use wire::sns::output::GetSubscriptionAttributesResponse;

use crate::boolean;
use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::sns::name;
use crate::sns::operations::subscription::check_filters;
use crate::sns::service::Sns;
use crate::sns::stored::{Subscription, Topic};
use crate::sns::terms::{Endpoint, Given};

impl Operation<Sns> for GetSubscriptionAttributes {
    type Output = GetSubscriptionAttributesResponse;

    async fn run(
        self,
        sns: &Arc<Sns>,
        _: &Context<'_>,
    ) -> Result<GetSubscriptionAttributesResponse, Failure> {
        let GetSubscriptionAttributes { subscription_arn } = self;
        let (topic, uuid) = name::subscription(&subscription_arn)?;
        let find = move |connection: &Connection| Subscription::find(connection, &topic, &uuid);
        let found = sns.store.run(find).await?;
        let mut all = found.terms.all();
        for (attribute, value) in [
            ("ConfirmationWasAuthenticated", found.token.is_none().to_string()),
            ("Endpoint", found.endpoint.clone()),
            ("Owner", format!("{:012}", found.owner)),
            ("PendingConfirmation", found.token.is_some().to_string()),
            ("Protocol", found.protocol.clone()),
            ("SubscriptionArn", found.arn()),
            ("SubscriptionPrincipal", found.principal.clone()),
            ("TopicArn", found.topic.arn()),
        ] {
            all.insert(attribute.to_owned(), value);
        }
        Ok(GetSubscriptionAttributesResponse { attributes: Some(all) })
    }
}

impl Operation<Sns> for SetSubscriptionAttributes {
    type Output = ();

    async fn run(self, sns: &Arc<Sns>, _: &Context<'_>) -> Result<(), Failure> {
        let SetSubscriptionAttributes { subscription_arn, attribute_name, attribute_value } = self;
        let (topic, uuid) = name::subscription(&subscription_arn)?;
        let set = move |connection: &Connection| {
            let mut found = Subscription::find(connection, &topic, &uuid)?;
            let value = boolean::value(&attribute_name, attribute_value.unwrap_or_default());
            let given = [(attribute_name, value)].into();
            let endpoint = Endpoint { protocol: &found.protocol, is_fifo: found.is_fifo() };
            let had_filter = found.terms.has_filter();
            found.terms = found.terms.with(endpoint, &given, Given::AsChange)?;
            if found.terms.has_filter() && !had_filter {
                let topic = Topic::find(connection, &topic)?;
                check_filters(&Subscription::of_topic(connection, &topic)?)?;
            }
            Ok::<_, Failure>(found.keep(connection)?)
        };
        sns.store.run(set).await
    }
}
