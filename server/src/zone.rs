//! Regions and their availability zones.

/// The regions that every account has, as DescribeRegions lists them without more.
pub const REGIONS: [&str; 17] = [
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

/// The regions that an account has only once it asks for them.
pub const OPT_IN_REGIONS: [&str; 17] = [
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-south-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-west-1",
    "eu-central-2",
    "eu-south-1",
    "eu-south-2",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
];

/// The zones of a region, by name and zone id: six in us-east-1 as on AWS, three elsewhere.
pub fn zones(region: &str) -> Vec<(String, String)> {
    let letters = if region == "us-east-1" { "abcdef" } else { "abc" };
    let short = short(region);
    letters
        .chars()
        .enumerate()
        .map(|(at, letter)| (format!("{region}{letter}"), format!("{short}-az{}", at + 1)))
        .collect()
}

/// `use1` for `us-east-1`, as zone ids begin.
fn short(region: &str) -> String {
    let direction = |part: &str| match part {
        "northeast" => "ne".to_owned(),
        "northwest" => "nw".to_owned(),
        "southeast" => "se".to_owned(),
        "southwest" => "sw".to_owned(),
        other => other.chars().take(1).collect(),
    };
    let parts: Vec<&str> = region.split('-').collect();
    match parts.as_slice() {
        [area, way, number] => format!("{area}{}{number}", direction(way)),
        _ => region.replace('-', ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zone_ids_are_short_and_numbered() {
        let first = |region| zones(region).remove(0);
        assert_eq!(first("us-east-1"), ("us-east-1a".into(), "use1-az1".into()));
        assert_eq!(first("ap-northeast-1"), ("ap-northeast-1a".into(), "apne1-az1".into()));
        assert_eq!(zones("eu-west-3").len(), 3);
    }
}
