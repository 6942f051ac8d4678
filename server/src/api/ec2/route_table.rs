//! Route tables, as EC2 shows them: each VPC's main one, with its local route.

use engine::id::RouteTableId;
use engine::record::vpc::Vpc;
use engine::scope::Tags;
use wire::ApiError;
use wire::ec2::input::DescribeRouteTables;
use wire::ec2::output::{
    DescribeRouteTablesResult, Route, RouteTable, RouteTableAssociation, RouteTableAssociationState,
};

use crate::api::ec2::describe::{Attribute, Described, Wanted, describe};
use crate::api::ec2::show;
use crate::api::{Context, Operation};

impl Operation for DescribeRouteTables {
    type Output = DescribeRouteTablesResult;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeRouteTablesResult, ApiError> {
        let DescribeRouteTables { next_token, max_results, dry_run, route_table_ids: ids, filters } =
            self;
        let wanted = Wanted { ids, filters, max_results, next_token, dry_run };
        let tables = cx.driver.read(|engine| {
            let vpcs = engine.vpcs(&cx.scope).cloned();
            vpcs.map(|vpc| MainTable { vpc, tags: Tags::new() }).collect()
        });
        let page = describe::<MainTable>(wanted, tables)?;
        Ok(DescribeRouteTablesResult {
            route_tables: Some(page.items),
            next_token: page.next_token,
        })
    }
}

/// The main table of a VPC, which carries no tags.
struct MainTable {
    vpc: Vpc,
    tags: Tags,
}

impl Described for MainTable {
    type Id = RouteTableId;
    type View = RouteTable;
    const FILTERS: &'static [Attribute<MainTable>] = &[
        ("association.main", |_| vec!["true".into()]),
        ("association.route-table-association-id", |each| {
            vec![each.vpc.main_association.to_string()]
        }),
        ("association.route-table-id", |each| vec![each.vpc.main_route_table.to_string()]),
        // The main table serves subnets without an association of their own.
        ("association.subnet-id", |_| vec![]),
        ("owner-id", |each| vec![show::owner(&each.vpc.scope)]),
        ("route-table-id", |each| vec![each.vpc.main_route_table.to_string()]),
        ("route.destination-cidr-block", |each| vec![each.vpc.cidr.to_string()]),
        ("route.gateway-id", |_| vec!["local".into()]),
        ("route.origin", |_| vec!["CreateRouteTable".into()]),
        ("route.state", |_| vec!["active".into()]),
        ("vpc-id", |each| vec![each.vpc.id.to_string()]),
    ];

    fn id(&self) -> RouteTableId {
        self.vpc.main_route_table
    }

    fn tags(&self) -> &Tags {
        &self.tags
    }

    fn view(self) -> RouteTable {
        let vpc = self.vpc;
        let id = vpc.main_route_table.to_string();
        RouteTable {
            associations: Some(vec![RouteTableAssociation {
                main: Some(true),
                route_table_association_id: Some(vpc.main_association.to_string()),
                route_table_id: Some(id.clone()),
                association_state: Some(RouteTableAssociationState {
                    state: Some("associated".into()),
                    status_message: None,
                }),
                ..RouteTableAssociation::default()
            }]),
            propagating_vgws: Some(Vec::new()),
            route_table_id: Some(id),
            routes: Some(vec![Route {
                destination_cidr_block: Some(vpc.cidr.to_string()),
                gateway_id: Some("local".into()),
                origin: Some("CreateRouteTable".into()),
                state: Some("active".into()),
                ..Route::default()
            }]),
            tags: Some(Vec::new()),
            vpc_id: Some(vpc.id.to_string()),
            owner_id: Some(show::owner(&vpc.scope)),
        }
    }
}
