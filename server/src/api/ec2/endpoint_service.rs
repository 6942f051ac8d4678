//! The services that VPC endpoints lead to, as EC2 shows them.

use std::collections::BTreeSet;

use engine::network::service::{SERVICES, Served, Service};
use engine::network::vpc_endpoint::Refusal;
use engine::scope::{Scope, Tags};
use wire::ApiError;
use wire::ec2::input::DescribeVpcEndpointServices;
use wire::ec2::output::{
    DescribeVpcEndpointServicesResult, PrivateDnsDetails, ServiceDetail, ServiceTypeDetail,
};

use crate::api::ec2::describe::{Attribute, page, passes, read_filters, size};
use crate::api::ec2::operations::vpc_endpoint::PAGE;
use crate::api::ec2::{Spell, dry_run};
use crate::api::operation::{Context, Operation};
use crate::zone::zones;

/// A service of which endpoints can be made, one for each of their kinds.
struct Offered {
    name: String,
    kind: &'static str,
    served: (&'static Service, String),
}

/// The services of which a scope can have endpoints.
fn offered(scope: &Scope) -> Vec<Offered> {
    let kinds = |service: &'static Service| {
        let gateway = service.has_gateway().then_some("Gateway");
        let interface = service.has_interface().then_some("Interface");
        gateway.into_iter().chain(interface)
    };
    let all =
        SERVICES.iter().filter_map(|service| Some((service, service.name_in(&scope.region)?)));
    let all = all.flat_map(|(service, name)| {
        let region = scope.region.clone();
        let offered = move |kind| {
            let served = (service, region.clone());
            Offered { name: name.clone(), kind, served }
        };
        kinds(service).map(offered)
    });
    all.collect()
}

const OFFERED: &[Attribute<Offered>] = &[
    ("owner", |_| vec!["amazon".into()]),
    ("service-name", |each| vec![each.name.clone()]),
    ("service-region", |each| vec![each.served.1.clone()]),
    ("service-type", |each| vec![each.kind.into()]),
    ("supported-ip-address-types", |_| vec!["ipv4".into()]),
];

impl Offered {
    /// What endpoints of a kind are made of has an id of its own.
    fn id(&self) -> String {
        let number = match self.kind {
            "Interface" => id_of(&self.name),
            kind => id_of(&format!("{} {kind}", self.name)),
        };
        format!("vpce-svc-0{number:016x}")
    }

    fn view(self) -> ServiceDetail {
        let service_id = self.id();
        let (service, region) = self.served;
        let served = Served { service, region: &region };
        let is_interface = self.kind == "Interface";
        let base = if is_interface { served.endpoint_base() } else { served.host() };
        // Where there are gateway endpoints too, none is told (AWS: of S3, though its names can be private).
        let is_told = is_interface && service.has_private_names() && !service.has_gateway();
        let names = zones(&region).into_iter();
        let (zones, zone_ids): (Vec<_>, Vec<_>) = names.unzip();
        let private = is_told.then(|| served.host());
        let details = |name: &String| PrivateDnsDetails { private_dns_name: Some(name.clone()) };
        ServiceDetail {
            service_id: Some(service_id),
            service_name: Some(self.name),
            service_type: Some(vec![ServiceTypeDetail { service_type: Some(self.kind.into()) }]),
            service_region: Some(region.clone()),
            availability_zone_ids: Some(zone_ids),
            availability_zones: Some(zones),
            owner: Some("amazon".into()),
            base_endpoint_dns_names: Some(vec![base]),
            private_dns_names: Some(private.iter().map(details).collect()),
            private_dns_name_verification_state: private.as_ref().map(|_| "verified".into()),
            private_dns_name: private,
            vpc_endpoint_policy_supported: Some(true),
            acceptance_required: Some(false),
            manages_vpc_endpoints: Some(false),
            tags: Some(Vec::new()),
            supported_ip_address_types: Some(vec!["ipv4".into()]),
            ..ServiceDetail::default()
        }
    }
}

/// A number for a name, always the same (Fowler, Noll, Vo: FNV-1a).
fn id_of(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

impl Operation for DescribeVpcEndpointServices {
    type Output = DescribeVpcEndpointServicesResult;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeVpcEndpointServicesResult, ApiError> {
        let DescribeVpcEndpointServices {
            dry_run: is_dry,
            service_names,
            filters,
            max_results,
            next_token,
        } = self;
        let filters = read_filters(&filters, OFFERED)?;
        let size = size(max_results.map(|most| most.min(PAGE)))?;
        let all = offered(&cx.scope);
        if let Some(unknown) =
            service_names.iter().find(|name| all.iter().all(|it| it.name != **name))
        {
            return Err(Refusal::NoService(unknown.clone()).spell());
        }
        dry_run(is_dry)?;
        let is_chosen =
            |each: &Offered| service_names.is_empty() || service_names.contains(&each.name);
        let none = Tags::new();
        let passing =
            all.into_iter().filter(|each| is_chosen(each) && passes(each, &none, &filters));
        let keyed = passing.map(|each| (format!("{} {}", each.name, each.kind), each)).collect();
        let page = page(keyed, size, next_token.as_deref())?;
        let names: BTreeSet<String> = page.items.iter().map(|each| each.name.clone()).collect();
        Ok(DescribeVpcEndpointServicesResult {
            service_names: Some(names.into_iter().collect()),
            service_details: Some(page.items.into_iter().map(Offered::view).collect()),
            next_token: page.next_token,
        })
    }
}
