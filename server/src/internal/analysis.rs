//! What is closed on a path that Reachability Analyzer found no way for, in the words of AWS's guide.

use engine::record::insights_analysis::InsightsAnalysis;
use engine::tell::explain::Explanation;
use serde_json::Value;

/// The members of an explanation that name a component each.
const COMPONENTS: [&str; 10] = [
    "Component",
    "NetworkInterface",
    "SecurityGroups",
    "RouteTable",
    "Acl",
    "NatGateway",
    "InternetGateway",
    "Subnet",
    "Vpc",
    "SourceVpc",
];

/// Each explanation of an analysis: its code, what that means, and the components that it is of.
pub(super) fn causes(analysis: &InsightsAnalysis) -> Vec<Explanation> {
    let told: Value = serde_json::from_str(&analysis.told).unwrap_or_default();
    told["Explanations"].as_array().into_iter().flatten().map(cause).collect()
}

fn cause(explanation: &Value) -> Explanation {
    let code = explanation["ExplanationCode"].as_str().unwrap_or_default();
    let text = match meaning(code) {
        Some(meaning) => format!("{code}: {meaning}"),
        None => code.to_owned(),
    };
    let direction = explanation["Direction"].as_str();
    let named = COMPONENTS.iter().flat_map(|member| {
        let value = &explanation[*member];
        let all = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        all.iter().filter_map(|each| each["Id"].as_str())
    });
    let mut lines: Vec<String> = Vec::new();
    let named: Vec<&str> = named.collect();
    if !named.is_empty() {
        lines.push(format!("at {}", named.join(", ")));
    }
    lines.extend(direction.map(|direction| format!("on {direction}")));
    lines.extend(explanation["Address"].as_str().map(|address| format!("of {address}")));
    Explanation::with(text, lines.into_iter().map(|it| Explanation::with(it, Vec::new())).collect())
}

/// What a code means that analyses of Warren have.
fn meaning(code: &str) -> Option<&'static str> {
    Some(match code {
        "BAD_STATE_ROUTE" => "the target of the route is gone",
        "DISCONNECTED_VPCS" => "nothing joins the VPCs of both ends",
        "ENI_SG_RULES_MISMATCH" => "no rule of the security groups lets it pass",
        "GATEWAY_REJECTS_SPOOFED_TRAFFIC" => "the source is not the sender's address",
        "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS" => {
            "an internet gateway leads to no private address"
        }
        "IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS" => {
            "an internet gateway leads to no shared address"
        }
        "IGW_NAT_REFLECTION" => "each way by the internet gateway is a path by itself",
        "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS" => {
            "the interface has no public address, or the VPC no gateway for it"
        }
        "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS" => {
            "an internet gateway lets out public addresses alone"
        }
        "IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS" => {
            "nothing comes from a private address by an internet gateway"
        }
        "NO_PATH" => "the ports or the ends of the path leave no way over",
        "NO_POSSIBLE_DESTINATION" => "nobody takes what is sent there",
        "NO_ROUTE_TO_DESTINATION" => "no route of the route table leads there",
        "NO_SOURCE_OR_DESTINATION" => "an end of the path is gone",
        "PROTOCOL_RESTRICTION" => "the component does not take the protocol",
        "SG_HAS_NO_RULES" => "the security groups have no rule of that direction",
        "SUBNET_ACL_RESTRICTION" => "the network ACL of the subnet denies it",
        "UNASSOCIATED_COMPONENT" => "the component is attached to no VPC",
        code if code.starts_with("FILTER_AT_") => "a filter of the path asks for another address",
        _ => return None,
    })
}
