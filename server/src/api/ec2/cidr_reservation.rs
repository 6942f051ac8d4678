//! Reserved blocks of subnets, as EC2 shows and changes them.

use engine::cidr6::Cidr6;
use engine::id::{ReservationId, SubnetId};
use engine::network::cidr_reservation::{self, Refusal};
use engine::record::cidr_reservation::{CidrReservation, ReservationType};
use engine::scope::Tags;
use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{
    CreateSubnetCidrReservation, DeleteSubnetCidrReservation, GetSubnetCidrReservations,
};
use wire::ec2::output::{
    CreateSubnetCidrReservationResult, DeleteSubnetCidrReservationResult,
    GetSubnetCidrReservationsResult, SubnetCidrReservation,
};

use crate::api::ec2::describe::{Attribute, Described, Wanted, describe};
use crate::api::ec2::input::{block, given, id, no_such};
use crate::api::ec2::text::tags_for;
use crate::api::ec2::{Spell, ask, show, text};
use crate::api::operation::{Context, Operation};

impl Operation for CreateSubnetCidrReservation {
    type Output = CreateSubnetCidrReservationResult;

    async fn run(self, cx: &Context<'_>) -> Result<CreateSubnetCidrReservationResult, ApiError> {
        let CreateSubnetCidrReservation {
            subnet_id,
            cidr,
            reservation_type,
            description,
            dry_run,
            tag_specifications,
        } = self;
        if cidr.parse::<Cidr6>().is_ok() {
            let message = "Warren does not support the parameter Cidr of CreateSubnetCidrReservation, \
                           except as an IPv4 block.";
            return Err(error("UnsupportedOperation", message));
        }
        let description = given(description);
        description.as_deref().map_or(Ok(()), text::reservation_description)?;
        let question = cidr_reservation::Create {
            scope: cx.scope.clone(),
            subnet: id(&subnet_id)?,
            cidr: block(&cidr, "cidr")?,
            kind: kind(&reservation_type)?,
            description,
            tags: tags_for("subnet-cidr-reservation", &tag_specifications)?,
        };
        let made = ask(cx, dry_run, question).await?;
        Ok(CreateSubnetCidrReservationResult { subnet_cidr_reservation: Some(made.view()) })
    }
}

fn kind(name: &str) -> Result<ReservationType, ApiError> {
    match name {
        "prefix" => Ok(ReservationType::Prefix),
        "explicit" => Ok(ReservationType::Explicit),
        other => {
            let message = format!(
                "Value ({other}) for parameter reservationType is invalid. It must be one of prefix, \
                 explicit."
            );
            Err(error("InvalidParameterValue", message))
        }
    }
}

fn spelled(kind: ReservationType) -> String {
    match kind {
        ReservationType::Prefix => "prefix".into(),
        ReservationType::Explicit => "explicit".into(),
    }
}

impl Operation for DeleteSubnetCidrReservation {
    type Output = DeleteSubnetCidrReservationResult;

    async fn run(self, cx: &Context<'_>) -> Result<DeleteSubnetCidrReservationResult, ApiError> {
        let DeleteSubnetCidrReservation { subnet_cidr_reservation_id, dry_run } = self;
        let reservation = id(&subnet_cidr_reservation_id)?;
        let question = cidr_reservation::Delete { scope: cx.scope.clone(), reservation };
        let gone = ask(cx, dry_run, question).await?;
        Ok(DeleteSubnetCidrReservationResult { deleted_subnet_cidr_reservation: Some(gone.view()) })
    }
}

impl Operation for GetSubnetCidrReservations {
    type Output = GetSubnetCidrReservationsResult;

    async fn run(self, cx: &Context<'_>) -> Result<GetSubnetCidrReservationsResult, ApiError> {
        let GetSubnetCidrReservations { filters, subnet_id, dry_run, next_token, max_results } =
            self;
        let subnet: SubnetId = id(&subnet_id)?;
        let wanted = Wanted { ids: Vec::new(), filters, max_results, next_token, dry_run };
        let found = cx.driver.read(|engine| {
            let mut subnets = engine.subnets(&cx.scope);
            subnets.find(|each| each.id == subnet)?;
            let all = engine.all::<CidrReservation>(&cx.scope);
            Some(all.filter(|each| each.subnet == subnet).cloned().collect())
        });
        let page = describe::<CidrReservation>(wanted, found.ok_or_else(|| no_such(subnet))?)?;
        Ok(GetSubnetCidrReservationsResult {
            subnet_ipv4_cidr_reservations: Some(page.items),
            subnet_ipv6_cidr_reservations: Some(Vec::new()),
            next_token: page.next_token,
        })
    }
}

impl Spell for Refusal {
    fn spell(self) -> ApiError {
        let (code, message) = match self {
            Refusal::NoSubnet(id) => return no_such(id),
            Refusal::NoReservation(id) => return no_such(id),
            Refusal::Outside(cidr, subnet) => (
                "InvalidParameterValue",
                format!("Reservation CIDR {cidr} is not within the CIDR block of subnet {subnet}"),
            ),
            Refusal::Overlaps(cidr) => (
                "InvalidParameterValue",
                format!("Reservation CIDR {cidr} has overlap with existing reserved CIDR block"),
            ),
            Refusal::TooMany(subnet) => (
                "ResourceLimitExceeded",
                format!(
                    "The maximum number of CIDR reservations of subnet {subnet} has been reached."
                ),
            ),
        };
        error(code, message)
    }
}

impl Described for CidrReservation {
    type Id = ReservationId;
    type View = SubnetCidrReservation;
    const FILTERS: &'static [Attribute<CidrReservation>] = &[
        ("reservationType", |each| vec![spelled(each.kind)]),
        ("subnet-id", |each| vec![each.subnet.to_string()]),
    ];

    fn id(&self) -> ReservationId {
        self.id
    }

    fn tags(&self) -> &Tags {
        &self.tags
    }

    fn view(self) -> SubnetCidrReservation {
        SubnetCidrReservation {
            subnet_cidr_reservation_id: Some(self.id.to_string()),
            subnet_id: Some(self.subnet.to_string()),
            cidr: Some(self.cidr.to_string()),
            reservation_type: Some(spelled(self.kind)),
            owner_id: Some(show::owner(&self.scope)),
            description: self.description,
            tags: Some(show::tags(&self.tags)),
        }
    }
}
