//! Regions, availability zones, and what an account may have.

use engine::scope::Tags;
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{DescribeAccountAttributes, DescribeAvailabilityZones, DescribeRegions};
use wire::ec2::output::{
    AccountAttribute, AccountAttributeValue, AvailabilityZone, DescribeAccountAttributesResult,
    DescribeAvailabilityZonesResult, DescribeRegionsResult, Region,
};

use crate::api::ec2::describe::{Attribute, passes, read_filters};
use crate::api::ec2::dry_run;
use crate::api::operation::{Context, Operation};
use crate::zone::{OPT_IN_REGIONS, REGIONS, zones};

const OPTED_IN: &str = "opt-in-not-required";

/// A zone's name and id.
struct Zone {
    region: String,
    name: String,
    id: String,
}

impl Zone {
    fn group(&self) -> String {
        format!("{}-zg-1", self.region)
    }

    fn view(self) -> AvailabilityZone {
        AvailabilityZone {
            opt_in_status: Some(OPTED_IN.into()),
            messages: Some(Vec::new()),
            group_name: Some(self.group()),
            network_border_group: Some(self.region.clone()),
            region_name: Some(self.region),
            zone_name: Some(self.name),
            zone_id: Some(self.id),
            zone_type: Some("availability-zone".into()),
            state: Some("available".into()),
            ..AvailabilityZone::default()
        }
    }
}

const ZONE_FILTERS: &[Attribute<Zone>] = &[
    ("group-long-name", |_| vec![]),
    ("group-name", |zone| vec![zone.group()]),
    ("message", |_| vec![]),
    ("opt-in-status", |_| vec![OPTED_IN.into()]),
    ("parent-zone-id", |_| vec![]),
    ("parent-zone-name", |_| vec![]),
    ("region-name", |zone| vec![zone.region.clone()]),
    ("state", |_| vec!["available".into()]),
    ("zone-id", |zone| vec![zone.id.clone()]),
    ("zone-name", |zone| vec![zone.name.clone()]),
    ("zone-type", |_| vec!["availability-zone".into()]),
];

impl Operation for DescribeAvailabilityZones {
    type Output = DescribeAvailabilityZonesResult;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeAvailabilityZonesResult, ApiError> {
        let DescribeAvailabilityZones { zone_names, zone_ids, dry_run: is_dry, filters } = self;
        let filters = read_filters(&filters, ZONE_FILTERS)?;
        let region = &cx.scope.region;
        let zones = zones(region).into_iter();
        let all: Vec<Zone> =
            zones.map(|(name, id)| Zone { region: region.clone(), name, id }).collect();
        known(&zone_names, "availability zone", |name| all.iter().any(|zone| zone.name == name))?;
        known(&zone_ids, "availability zone-id", |id| all.iter().any(|zone| zone.id == id))?;
        dry_run(is_dry)?;
        let wanted = all.into_iter().filter(|zone| {
            (zone_names.is_empty() || zone_names.contains(&zone.name))
                && (zone_ids.is_empty() || zone_ids.contains(&zone.id))
                && passes(zone, &Tags::new(), &filters)
        });
        let zones = wanted.map(Zone::view).collect();
        Ok(DescribeAvailabilityZonesResult { availability_zones: Some(zones) })
    }
}

/// Checks that all names are known.
fn known(names: &[String], what: &str, is_known: impl Fn(&str) -> bool) -> Result<(), ApiError> {
    match names.iter().find(|name| !is_known(name)) {
        Some(name) => Err(error("InvalidParameterValue", format!("Invalid {what}: [{name}]"))),
        None => Ok(()),
    }
}

fn endpoint(region: &str) -> String {
    format!("ec2.{region}.amazonaws.com")
}

/// A region, and whether every account has it.
struct Listed {
    name: &'static str,
    opt_in: &'static str,
}

const REGION_FILTERS: &[Attribute<Listed>] = &[
    ("endpoint", |region| vec![endpoint(region.name)]),
    ("opt-in-status", |region| vec![region.opt_in.into()]),
    ("region-name", |region| vec![region.name.into()]),
];

impl Operation for DescribeRegions {
    type Output = DescribeRegionsResult;

    async fn run(self, _: &Context<'_>) -> Result<DescribeRegionsResult, ApiError> {
        let DescribeRegions { region_names, dry_run: is_dry, filters, all_regions } = self;
        let filters = read_filters(&filters, REGION_FILTERS)?;
        let listed = |opt_in| move |name| Listed { name, opt_in };
        let mut all: Vec<Listed> = REGIONS.into_iter().map(listed(OPTED_IN)).collect();
        // A region that is named is shown whether the account has it or not.
        if all_regions == Some(true) || !region_names.is_empty() {
            all.extend(OPT_IN_REGIONS.into_iter().map(listed("not-opted-in")));
            all.sort_by_key(|region| region.name);
        }
        let is_known = |name: &&String| all.iter().any(|region| region.name == **name);
        if let Some(name) = region_names.iter().find(|name| !is_known(name)) {
            let message = format!("Invalid values for the parameter RegionName: [{name}]");
            return Err(error("InvalidParameterValue", message));
        }
        dry_run(is_dry)?;
        let wanted = all.into_iter().filter(|region| {
            (region_names.is_empty() || region_names.iter().any(|name| name == region.name))
                && passes(region, &Tags::new(), &filters)
        });
        let regions = wanted.map(|region| Region {
            opt_in_status: Some(region.opt_in.into()),
            region_name: Some(region.name.into()),
            endpoint: Some(endpoint(region.name)),
            ..Region::default()
        });
        Ok(DescribeRegionsResult { regions: Some(regions.collect()) })
    }
}

impl Operation for DescribeAccountAttributes {
    type Output = DescribeAccountAttributesResult;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeAccountAttributesResult, ApiError> {
        let DescribeAccountAttributes { dry_run: is_dry, attribute_names } = self;
        dry_run(is_dry)?;
        let default = cx.driver.read(|engine| {
            let vpc = engine.vpcs(&cx.scope).find(|vpc| vpc.is_default);
            vpc.map_or("none".to_owned(), |vpc| vpc.id.to_string())
        });
        let all = [
            ("vpc-max-security-groups-per-interface", "5"),
            ("max-instances", "20"),
            ("supported-platforms", "VPC"),
            ("default-vpc", default.as_str()),
            ("max-elastic-ips", "5"),
            ("vpc-max-elastic-ips", "5"),
        ];
        let wanted = all.into_iter().filter(|(name, _)| {
            attribute_names.is_empty() || attribute_names.iter().any(|wanted| wanted == name)
        });
        let attributes = wanted.map(|(name, value)| AccountAttribute {
            attribute_name: Some(name.into()),
            attribute_values: Some(vec![AccountAttributeValue {
                attribute_value: Some(value.into()),
            }]),
        });
        Ok(DescribeAccountAttributesResult { account_attributes: Some(attributes.collect()) })
    }
}
