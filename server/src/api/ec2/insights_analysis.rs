//! Analyses of paths of Reachability Analyzer, as EC2 shows and changes them.

use engine::engine::Engine;
use engine::id::{InsightsAnalysisId, InsightsPathId};
use engine::network::insights_analysis::{self, Refusal};
use engine::record::insights_analysis::InsightsAnalysis;
use engine::record::insights_path::InsightsPath;
use engine::scope::Tags;
use serde_json::{Value, json};
use wire::ApiError;
use wire::ec2::input::{
    DeleteNetworkInsightsAnalysis, DescribeNetworkInsightsAnalyses, StartNetworkInsightsAnalysis,
};
use wire::ec2::output::DeleteNetworkInsightsAnalysisResult;

use crate::api::ec2::describe::{Attribute, Described, Wanted, describe};
use crate::api::ec2::input::{given, id, no_such};
use crate::api::ec2::insights_path::millis;
use crate::api::ec2::text::tags_for;
use crate::api::ec2::{Spell, ask, ask_once, insights, show};
use crate::api::operation::{Context, Operation};

impl Operation for StartNetworkInsightsAnalysis {
    type Output = Value;

    async fn run(self, cx: &Context<'_>) -> Result<Value, ApiError> {
        let StartNetworkInsightsAnalysis {
            network_insights_path_id,
            dry_run,
            tag_specifications,
            client_token: _,
        } = self;
        let path = id::<InsightsPathId>(&network_insights_path_id)?;
        let tags = tags_for("network-insights-analysis", &tag_specifications)?;
        let known = cx.driver.read(|engine| engine.find::<InsightsPath>(&cx.scope, path).cloned());
        let known = known.map_err(Spell::spell)?;
        let insights::Analysed { found, told } = insights::analyse(cx, &known).await;
        let question = insights_analysis::Start {
            scope: cx.scope.clone(),
            path,
            found,
            told: told.to_string(),
            tags,
        };
        let analysis = ask_once(cx, dry_run, question).await?;
        // Whoever asks for one is told of its result by a describe.
        Ok(json!({"NetworkInsightsAnalysis": head(&analysis, "running")}))
    }
}

impl Operation for DeleteNetworkInsightsAnalysis {
    type Output = DeleteNetworkInsightsAnalysisResult;

    async fn run(self, cx: &Context<'_>) -> Result<DeleteNetworkInsightsAnalysisResult, ApiError> {
        let DeleteNetworkInsightsAnalysis { dry_run, network_insights_analysis_id } = self;
        let analysis = id(&network_insights_analysis_id)?;
        ask(cx, dry_run, insights_analysis::Delete { scope: cx.scope.clone(), analysis }).await?;
        let network_insights_analysis_id = Some(network_insights_analysis_id);
        Ok(DeleteNetworkInsightsAnalysisResult { network_insights_analysis_id })
    }
}

impl Spell for Refusal {
    fn spell(self) -> ApiError {
        match self {
            Refusal::NoPath(id) => no_such(id),
            Refusal::NoAnalysis(id) => no_such(id),
        }
    }
}

impl Operation for DescribeNetworkInsightsAnalyses {
    type Output = Value;

    async fn run(self, cx: &Context<'_>) -> Result<Value, ApiError> {
        let DescribeNetworkInsightsAnalyses {
            network_insights_analysis_ids: ids,
            network_insights_path_id,
            analysis_start_time,
            analysis_end_time,
            filters,
            max_results,
            dry_run,
            next_token,
        } = self;
        let of = given(network_insights_path_id).map(|text| id::<InsightsPathId>(&text));
        let of = of.transpose()?;
        if let Some(path) = of {
            let known =
                cx.driver.read(|engine| engine.find::<InsightsPath>(&cx.scope, path).is_ok());
            if !known {
                return Err(no_such(path));
            }
        }
        let is_meant = |analysis: &&InsightsAnalysis| {
            let at = millis(analysis.started);
            of.is_none_or(|path| path == analysis.path)
                && analysis_start_time.is_none_or(|from| at >= from)
                && analysis_end_time.is_none_or(|to| at <= to)
        };
        let wanted = Wanted { ids, filters, max_results, next_token, dry_run };
        let all = |engine: &Engine| {
            engine.all::<InsightsAnalysis>(&cx.scope).filter(is_meant).cloned().collect()
        };
        let page = describe::<InsightsAnalysis>(wanted, cx.driver.read(all))?;
        Ok(json!({"NetworkInsightsAnalyses": page.items, "NextToken": page.next_token}))
    }
}

/// What is shown of an analysis beside its result.
fn head(analysis: &InsightsAnalysis, status: &str) -> Value {
    let arn = show::arn(&analysis.scope, "network-insights-analysis", analysis.id);
    json!({
        "NetworkInsightsAnalysisId": analysis.id.to_string(),
        "NetworkInsightsAnalysisArn": arn,
        "NetworkInsightsPathId": analysis.path.to_string(),
        "StartDate": millis(analysis.started),
        "Status": status,
        "Tags": show::tags(&analysis.tags),
    })
}

impl Described for InsightsAnalysis {
    type Id = InsightsAnalysisId;
    type View = Value;
    const LEAST: i32 = 1;
    const FILTERS: &'static [Attribute<InsightsAnalysis>] = &[
        ("path-found", |analysis| vec![analysis.found.to_string()]),
        ("status", |_| vec!["succeeded".to_owned()]),
    ];

    fn id(&self) -> InsightsAnalysisId {
        self.id
    }

    fn tags(&self) -> &Tags {
        &self.tags
    }

    fn view(self) -> Value {
        let mut shown = head(&self, "succeeded");
        shown["NetworkPathFound"] = self.found.into();
        let told = serde_json::from_str::<Value>(&self.told).unwrap_or_default();
        for (name, value) in told.as_object().into_iter().flatten() {
            shown[name] = value.clone();
        }
        shown
    }
}
