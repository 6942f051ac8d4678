//! Parameters as they are described, without their values.

use std::sync::Arc;

use rusqlite::Connection;
use wire::ssm::error;
use wire::ssm::input::DescribeParameters;
use wire::ssm::output::DescribeParametersResult;

use crate::failure::Failure;
use crate::operation::{Context, Operation};
use crate::page::{NotAToken, page};
use crate::ssm::filter::Filter;
use crate::ssm::operations::parameter::no_such_token;
use crate::ssm::service::Ssm;
use crate::ssm::stored::Parameter;

const KEYS: [&str; 7] = ["Path", "Name", "Tier", "Type", "KeyId", "DataType", "tag:"];

impl Operation<Ssm> for DescribeParameters {
    type Output = DescribeParametersResult;

    async fn run(
        self,
        ssm: &Arc<Ssm>,
        cx: &Context<'_>,
    ) -> Result<DescribeParametersResult, Failure> {
        let DescribeParameters { filters, parameter_filters, max_results, next_token } = self;
        let is_given = |given: usize| given > 0;
        if is_given(filters.as_ref().map_or(0, Vec::len))
            && is_given(parameter_filters.as_ref().map_or(0, Vec::len))
        {
            let message = "You can use either Filters or ParameterFilters in a single request.";
            return Err(error("ValidationException", message).into());
        }
        let mut all = Filter::read(parameter_filters, &KEYS)?;
        all.extend(Filter::read_older(filters));
        let scope = cx.scope.clone();
        let describe = move |connection: &Connection| {
            let mut found = Vec::new();
            for parameter in Parameter::all(connection, &scope, "")? {
                let Some(version) = parameter.version(connection, parameter.latest)? else {
                    continue;
                };
                if all.iter().all(|filter| filter.takes(&parameter, &version)) {
                    let shown = version.metadata(&scope, &parameter.name);
                    found.push((parameter.name, shown));
                }
            }
            Ok::<_, Failure>(found)
        };
        let found = ssm.store.run(describe).await?;
        let size = usize::try_from(max_results.unwrap_or(50)).unwrap_or_default();
        let (parameters, next_token) =
            page(found, size, next_token.as_deref()).map_err(|NotAToken| no_such_token())?;
        Ok(DescribeParametersResult { parameters: Some(parameters), next_token })
    }
}
