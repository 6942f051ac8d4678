//! Route tables, as EC2 shows and changes them.

use engine::cidr::Cidr;
use engine::cidr6::Cidr6;
use engine::engine::Engine;
use engine::id::{PrefixListId, RouteAssociationId, RouteTableId, VpcEndpointId};
use engine::network::route_table::{self, Refusal};
use engine::record::route_table::{RouteTable, Target, Target6};
use engine::record::vpc::Vpc;
use engine::record::vpc_endpoint::VpcEndpoint;
use engine::scope::Tags;
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{
    AssociateRouteTable, CreateRouteTable, DeleteRouteTable, DescribeRouteTables,
    DisassociateRouteTable, ReplaceRouteTableAssociation,
};
use wire::ec2::output::{
    self, AssociateRouteTableResult, CreateRouteTableResult, DescribeRouteTablesResult,
    ReplaceRouteTableAssociationResult, Route, RouteTableAssociation, RouteTableAssociationState,
};

use crate::api::ec2::describe::{Attribute, Described, Wanted, describe};
use crate::api::ec2::input::{Id, id, missing, no_such};
use crate::api::ec2::text::tags_for;
use crate::api::ec2::{Spell, ask, ask_once, show};
use crate::api::operation::{Context, Operation};

impl Id for RouteAssociationId {
    const NOT_FOUND: &'static str = "InvalidAssociationID.NotFound";
    const MALFORMED: &'static str = "InvalidAssociationID.Malformed";
    const NOUN: &'static str = "association ID";
    const PREFIX: &'static str = RouteAssociationId::PREFIX;
}

impl Operation for CreateRouteTable {
    type Output = CreateRouteTableResult;

    async fn run(self, cx: &Context<'_>) -> Result<CreateRouteTableResult, ApiError> {
        let CreateRouteTable { tag_specifications, client_token, dry_run, vpc_id } = self;
        let question = route_table::Create {
            scope: cx.scope.clone(),
            vpc: id(&vpc_id)?,
            tags: tags_for("route-table", &tag_specifications)?,
        };
        let table = ask_once(cx, dry_run, question).await?;
        let shown = cx.driver.read(|engine| {
            let vpc = engine.vpc(&cx.scope, table.vpc).map_err(Spell::spell)?;
            Ok::<_, ApiError>(Shown::of(engine, &table, vpc))
        })?;
        Ok(CreateRouteTableResult { route_table: Some(shown.view()), client_token })
    }
}

impl Operation for DeleteRouteTable {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DeleteRouteTable { dry_run, route_table_id } = self;
        let table = id(&route_table_id)?;
        ask(cx, dry_run, route_table::Delete { scope: cx.scope.clone(), table }).await
    }
}

impl Operation for AssociateRouteTable {
    type Output = AssociateRouteTableResult;

    async fn run(self, cx: &Context<'_>) -> Result<AssociateRouteTableResult, ApiError> {
        let AssociateRouteTable { dry_run, subnet_id, route_table_id } = self;
        let subnet_id = subnet_id.ok_or_else(|| missing("SubnetId"))?;
        let question = route_table::Associate {
            scope: cx.scope.clone(),
            table: id(&route_table_id)?,
            subnet: id(&subnet_id)?,
        };
        let association = ask(cx, dry_run, question).await?;
        Ok(AssociateRouteTableResult {
            association_id: Some(association.to_string()),
            association_state: Some(associated()),
        })
    }
}

impl Operation for DisassociateRouteTable {
    type Output = ();

    async fn run(self, cx: &Context<'_>) -> Result<(), ApiError> {
        let DisassociateRouteTable { dry_run, association_id } = self;
        let association = id(&association_id)?;
        ask(cx, dry_run, route_table::Disassociate { scope: cx.scope.clone(), association }).await
    }
}

impl Operation for ReplaceRouteTableAssociation {
    type Output = ReplaceRouteTableAssociationResult;

    async fn run(self, cx: &Context<'_>) -> Result<ReplaceRouteTableAssociationResult, ApiError> {
        let ReplaceRouteTableAssociation { dry_run, association_id, route_table_id } = self;
        let question = route_table::Replace {
            scope: cx.scope.clone(),
            association: id(&association_id)?,
            table: id(&route_table_id)?,
        };
        let association = ask(cx, dry_run, question).await?;
        Ok(ReplaceRouteTableAssociationResult {
            new_association_id: Some(association.to_string()),
            association_state: Some(associated()),
        })
    }
}

impl Spell for Refusal {
    fn spell(self) -> ApiError {
        let elsewhere = |table, other: &dyn std::fmt::Display| {
            let message = format!("route table {table} and {other} belong to different networks");
            error("InvalidParameterValue", message)
        };
        match self {
            Refusal::NoVpc(id) => no_such(id),
            Refusal::NoSubnet(id) => no_such(id),
            Refusal::NoTable(id) => no_such(id),
            Refusal::NoAssociation(id) => no_such(id),
            Refusal::TooMany => {
                error("RouteTableLimitExceeded", "The maximum number has been reached.")
            }
            Refusal::InUse(id) => {
                let message =
                    format!("The routeTable '{id}' has dependencies and cannot be deleted.");
                error("DependencyViolation", message)
            }
            Refusal::SubnetElsewhere(table, subnet) => {
                elsewhere(table, &format_args!("subnet {subnet}"))
            }
            Refusal::AssociationElsewhere(table, association) => {
                elsewhere(table, &format_args!("association {association}"))
            }
            Refusal::AlreadyAssociated(table) => {
                let message = format!(
                    "the specified association for route table {table} conflicts with an existing \
                     association"
                );
                error("Resource.AlreadyAssociated", message)
            }
            Refusal::Main(association) => {
                let message =
                    format!("cannot disassociate the main route table association {association}");
                error("InvalidParameterValue", message)
            }
        }
    }
}

impl Operation for DescribeRouteTables {
    type Output = DescribeRouteTablesResult;

    async fn run(self, cx: &Context<'_>) -> Result<DescribeRouteTablesResult, ApiError> {
        let DescribeRouteTables { next_token, max_results, dry_run, route_table_ids: ids, filters } =
            self;
        let wanted = Wanted { ids, filters, max_results, next_token, dry_run };
        let tables = cx.driver.read(|engine| {
            let tables = engine.all::<RouteTable>(&cx.scope);
            let shown = tables.filter_map(|table| {
                let vpc = engine.vpc(&cx.scope, table.vpc).ok()?;
                Some(Shown::of(engine, table, vpc))
            });
            shown.collect()
        });
        let page = describe::<Shown>(wanted, tables)?;
        Ok(DescribeRouteTablesResult {
            route_tables: Some(page.items),
            next_token: page.next_token,
        })
    }
}

/// Where a route comes from that a table began with.
const MADE_WITH_TABLE: &str = "CreateRouteTable";

/// A table with what its VPC says of it.
struct Shown {
    table: RouteTable,
    /// The VPC's blocks, which its local routes lead to.
    blocks: Vec<Cidr>,
    /// Its IPv6 blocks, likewise.
    blocks6: Vec<Cidr6>,
    /// The VPC's association with it, if it is the main one.
    main: Option<RouteAssociationId>,
    /// Of each route beside the local one whether its target is there, and of each to a list.
    active: Vec<bool>,
    listed: Vec<bool>,
    /// The lists of services to which gateway endpoints lead, and those.
    services: Vec<(PrefixListId, VpcEndpointId)>,
    /// The same of its routes for IPv6.
    active6: Vec<bool>,
}

impl Shown {
    fn of(engine: &Engine, table: &RouteTable, vpc: &Vpc) -> Shown {
        let is_main = vpc.main_route_table == table.id;
        let active = table.routes.iter().map(|route| engine.is_active(table, route.target));
        let lists = engine.lists_of_aws(&table.scope.region);
        let endpoints = engine.all::<VpcEndpoint>(&table.scope);
        let leading = endpoints.filter(|it| it.tables().any(|led| led == table.id));
        let services = leading.filter_map(|it| {
            let list = lists.iter().find(|list| list.name == it.service)?;
            Some((list.id, it.id))
        });
        let targets = table.lists.values();
        let active6 = table.routes6.iter().map(|route| engine.is_active6(table, route.target));
        Shown {
            listed: targets.map(|target| engine.is_active(table, *target)).collect(),
            services: services.collect(),
            table: table.clone(),
            blocks: engine.blocks_of(vpc).map(|(_, block)| block).collect(),
            blocks6: vpc.blocks6.iter().map(|block| block.cidr).collect(),
            main: is_main.then_some(vpc.main_association),
            active: active.collect(),
            active6: active6.collect(),
        }
    }

    /// The local routes, and the others in the order of their destinations.
    fn routes(&self) -> Vec<Route> {
        let local = || Route {
            gateway_id: Some("local".into()),
            origin: Some(MADE_WITH_TABLE.into()),
            state: Some("active".into()),
            ..Route::default()
        };
        // A local route may have got another target.
        let of_ipv4 = self.blocks.iter().filter(|block| !self.table.has(**block)).map(|block| {
            let block = Some(block.to_string());
            Route { destination_cidr_block: block, ..local() }
        });
        let of_ipv6 = self.blocks6.iter().map(|block| {
            let block = Some(block.to_string());
            Route { destination_ipv6_cidr_block: block, ..local() }
        });
        let others = self.table.routes.iter().zip(&self.active).map(|(route, is_active)| {
            let state = if *is_active { "active" } else { "blackhole" };
            let shown = Route {
                destination_cidr_block: Some(route.destination.to_string()),
                origin: Some(
                    match self.blocks.contains(&route.destination) {
                        true => MADE_WITH_TABLE,
                        false => "CreateRoute",
                    }
                    .into(),
                ),
                state: Some(state.into()),
                ..Route::default()
            };
            led(shown, route.target)
        });
        let listed = self.table.lists.iter().zip(&self.listed);
        let listed = listed.map(|((list, target), is_active)| {
            led(to_list(*list, if *is_active { "active" } else { "blackhole" }), *target)
        });
        let services = self.services.iter().map(|(list, endpoint)| Route {
            gateway_id: Some(endpoint.to_string()),
            ..to_list(*list, "active")
        });
        let made6 = self.table.routes6.iter().zip(&self.active6).map(|(route, is_active)| {
            let state = if *is_active { "active" } else { "blackhole" };
            let shown = Route {
                destination_ipv6_cidr_block: Some(route.destination.to_string()),
                origin: Some("CreateRoute".into()),
                state: Some(state.into()),
                ..Route::default()
            };
            match route.target {
                Target6::InternetGateway(id) => Route { gateway_id: Some(id.to_string()), ..shown },
                Target6::EgressOnly(id) => {
                    let id = Some(id.to_string());
                    Route { egress_only_internet_gateway_id: id, ..shown }
                }
            }
        });
        let local = of_ipv4.chain(of_ipv6);
        local.chain(others).chain(made6).chain(listed).chain(services).collect()
    }

    fn of_routes(&self, value: fn(Route) -> Option<String>) -> Vec<String> {
        self.routes().into_iter().filter_map(value).collect()
    }

    fn associations(&self) -> Vec<RouteTableAssociation> {
        let association = |id: RouteAssociationId, subnet: Option<String>| RouteTableAssociation {
            main: Some(subnet.is_none()),
            route_table_association_id: Some(id.to_string()),
            route_table_id: Some(self.table.id.to_string()),
            subnet_id: subnet,
            association_state: Some(associated()),
            ..RouteTableAssociation::default()
        };
        let main = self.main.map(|id| association(id, None));
        let explicit = self.table.associations.iter();
        let explicit = explicit.map(|(id, subnet)| association(*id, Some(subnet.to_string())));
        main.into_iter().chain(explicit).collect()
    }

    fn of_associations(
        &self,
        value: impl Fn(RouteTableAssociation) -> Option<String>,
    ) -> Vec<String> {
        self.associations().into_iter().filter_map(value).collect()
    }
}

/// A route to all of a list.
fn to_list(list: PrefixListId, state: &str) -> Route {
    Route {
        destination_prefix_list_id: Some(list.to_string()),
        origin: Some("CreateRoute".into()),
        state: Some(state.into()),
        ..Route::default()
    }
}

/// A route with where it leads.
fn led(shown: Route, target: Target) -> Route {
    match target {
        Target::InternetGateway(id) => Route { gateway_id: Some(id.to_string()), ..shown },
        Target::NatGateway(id) => Route { nat_gateway_id: Some(id.to_string()), ..shown },
        Target::NetworkInterface(id) => {
            Route { network_interface_id: Some(id.to_string()), ..shown }
        }
        Target::Peering(id) => Route { vpc_peering_connection_id: Some(id.to_string()), ..shown },
    }
}

fn associated() -> RouteTableAssociationState {
    RouteTableAssociationState { state: Some("associated".into()), status_message: None }
}

impl Described for Shown {
    type Id = RouteTableId;
    type View = output::RouteTable;
    const FILTERS: &'static [Attribute<Shown>] = &[
        ("association.gateway-id", |_| vec![]),
        ("association.main", |each| each.of_associations(|one| one.main.map(|is| is.to_string()))),
        ("association.route-table-association-id", |each| {
            each.of_associations(|one| one.route_table_association_id)
        }),
        ("association.route-table-id", |each| each.of_associations(|one| one.route_table_id)),
        ("association.subnet-id", |each| each.of_associations(|one| one.subnet_id)),
        ("owner-id", |each| vec![show::owner(&each.table.scope)]),
        ("route-table-id", |each| vec![each.table.id.to_string()]),
        ("route.destination-cidr-block", |each| each.of_routes(|one| one.destination_cidr_block)),
        ("route.destination-ipv6-cidr-block", |each| {
            each.of_routes(|one| one.destination_ipv6_cidr_block)
        }),
        ("route.destination-prefix-list-id", |each| {
            each.of_routes(|one| one.destination_prefix_list_id)
        }),
        ("route.egress-only-internet-gateway-id", |each| {
            each.of_routes(|one| one.egress_only_internet_gateway_id)
        }),
        ("route.gateway-id", |each| each.of_routes(|one| one.gateway_id)),
        ("route.instance-id", |_| vec![]),
        ("route.nat-gateway-id", |each| each.of_routes(|one| one.nat_gateway_id)),
        ("route.origin", |each| each.of_routes(|one| one.origin)),
        ("route.state", |each| each.of_routes(|one| one.state)),
        ("route.transit-gateway-id", |_| vec![]),
        ("route.vpc-peering-connection-id", |each| {
            each.of_routes(|one| one.vpc_peering_connection_id)
        }),
        ("vpc-id", |each| vec![each.table.vpc.to_string()]),
    ];

    fn id(&self) -> RouteTableId {
        self.table.id
    }

    fn tags(&self) -> &Tags {
        &self.table.tags
    }

    fn view(self) -> output::RouteTable {
        output::RouteTable {
            associations: Some(self.associations()),
            propagating_vgws: Some(Vec::new()),
            route_table_id: Some(self.table.id.to_string()),
            routes: Some(self.routes()),
            tags: Some(show::tags(&self.table.tags)),
            vpc_id: Some(self.table.vpc.to_string()),
            owner_id: Some(show::owner(&self.table.scope)),
        }
    }
}
