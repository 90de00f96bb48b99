//! Policy packs, calendars and dates, for everyone who wants to check them. Pure reads.

mod parse;
mod render;

use std::sync::Arc;

use jiff::civil::Date;
use redress_kernel::{Clock, Refusal as _};
use redress_policy::{Basis, Calendars, Division, Library, Pack, Refusal, deadline, overlay};
use redress_proto::{
    policy::v1::{
        self as proto, ChoosePackRequest, ChoosePackResponse, ExplainDeadlineRequest,
        ExplainDeadlineResponse, GetCalendarRequest, GetCalendarResponse, GetPackRequest, GetPackResponse,
        ListCalendarsRequest, ListCalendarsResponse, ListPacksRequest, ListPacksResponse,
        ValidateOverlayRequest, ValidateOverlayResponse,
        policy_service_server::{PolicyService, PolicyServiceServer},
    },
    r#type::v1::CivilDate,
};
use tonic::{Request, Response, Status};

use crate::{service::App, status::Domain, wire};

const DOMAIN: Domain = Domain::new("policy.redress");

/// Answers for the policy of a listener.
pub(crate) fn answer(
    app: App,
    library: Arc<Library>,
    calendars: Arc<Calendars>,
    clock: Arc<dyn Clock>,
) -> App {
    app.answer(PolicyServiceServer::new(Policy { library, calendars, clock }))
}

struct Policy {
    library: Arc<Library>,
    calendars: Arc<Calendars>,
    clock: Arc<dyn Clock>,
}

#[tonic::async_trait]
impl PolicyService for Policy {
    async fn list_packs(
        &self,
        request: Request<ListPacksRequest>,
    ) -> Result<Response<ListPacksResponse>, Status> {
        let programme = request.into_inner().programme;
        let wanted = |pack: &&Pack| programme.is_empty() || pack.programme == programme;
        let packs: Vec<proto::Pack> =
            self.library.packs().iter().filter(wanted).map(render::summary).collect();
        if packs.is_empty() && !programme.is_empty() {
            return Err(refused(&Refusal::UnknownProgramme));
        }
        Ok(Response::new(ListPacksResponse { packs }))
    }

    async fn get_pack(&self, request: Request<GetPackRequest>) -> Result<Response<GetPackResponse>, Status> {
        let pack = self.pack(request.into_inner().pack)?;
        Ok(Response::new(GetPackResponse { pack: Some(render::pack(pack, self.library.documents())) }))
    }

    async fn choose_pack(
        &self,
        request: Request<ChoosePackRequest>,
    ) -> Result<Response<ChoosePackResponse>, Status> {
        let request = request.into_inner();
        let effective = required(request.contract_effective_on.as_ref(), "contract_effective_on")?;
        let received = required(request.received_on.as_ref(), "received_on")?;
        let choice = self
            .library
            .choose(&request.programme, effective, received)
            .map_err(|refusal| refused(&refusal))?;
        Ok(Response::new(ChoosePackResponse {
            pack: Some(render::reference(&choice.pack.reference)),
            withdrawn_on: choice.withdrawn_on.map(wire::date),
            citation: Some(wire::citation(&choice.because)),
        }))
    }

    async fn list_calendars(
        &self,
        request: Request<ListCalendarsRequest>,
    ) -> Result<Response<ListCalendarsResponse>, Status> {
        let known_on = self.known_on(request.into_inner().known_on.as_ref());
        let calendars = Division::ALL
            .into_iter()
            .map(|division| proto::Calendar {
                holidays: Vec::new(),
                ..render::calendar(self.calendars.get(division), known_on)
            })
            .collect();
        Ok(Response::new(ListCalendarsResponse { calendars }))
    }

    async fn get_calendar(
        &self,
        request: Request<GetCalendarRequest>,
    ) -> Result<Response<GetCalendarResponse>, Status> {
        let request = request.into_inner();
        let division = wire::read_division(request.division).ok_or_else(|| missing("division"))?;
        let known_on = self.known_on(request.known_on.as_ref());
        let calendar = render::calendar(self.calendars.get(division), known_on);
        Ok(Response::new(GetCalendarResponse { calendar: Some(calendar) }))
    }

    async fn explain_deadline(
        &self,
        request: Request<ExplainDeadlineRequest>,
    ) -> Result<Response<ExplainDeadlineResponse>, Status> {
        let request = request.into_inner();
        let kind = parse::clock(request.clock()).ok_or_else(|| missing("clock"))?;
        let start_on = required(request.start_on.as_ref(), "start_on")?;
        let stated_on = request.stated_on.as_ref().and_then(wire::read_date);
        let known_on = self.known_on(request.known_on.as_ref());
        let pack = self.pack(request.pack.clone())?;
        let basis = match (wire::read_division(request.division), request.any_part_of_uk) {
            (Some(_), true) => {
                let advice = "must not be set beside division";
                return Err(DOMAIN.invalid_field("any_part_of_uk", "CONFLICTS", advice));
            }
            (Some(division), false) => Basis::Division(division),
            (None, true) => Basis::AnyPartOfUk,
            (None, false) => pack.basis(),
        };
        let own_term =
            request.own_term.map(|term| parse::term(term).ok_or_else(|| missing("own_term"))).transpose()?;
        let clock = match (parse::is_providers_own(kind), own_term) {
            (true, Some(term)) => pack.own_clock(kind, term),
            (false, Some(_)) => {
                let advice = "must only be set for a limit that the provider's own procedure sets";
                return Err(DOMAIN.invalid_field("own_term", "NOT_TAKEN", advice));
            }
            (_, None) => pack.clock(kind).map_err(|refusal| refused(&refusal))?,
        };
        let view = self.calendars.view(basis, known_on);
        let computed =
            deadline::compute(&clock, start_on, stated_on, &view).map_err(|refusal| refused(&refusal))?;
        let opens_on = computed.opens_on().map_err(|refusal| refused(&refusal))?;
        Ok(Response::new(ExplainDeadlineResponse {
            ends_on: Some(wire::date(computed.ends_on)),
            opens_on: Some(wire::date(opens_on)),
            deadline: Some(wire::deadline(&computed, wire::Telling::Derivation)),
        }))
    }

    async fn validate_overlay(
        &self,
        request: Request<ValidateOverlayRequest>,
    ) -> Result<Response<ValidateOverlayResponse>, Status> {
        let request = request.into_inner();
        let pack = self.pack(request.pack)?;
        let own = parse::overlay(request.overlay.ok_or_else(|| missing("overlay"))?)
            .ok_or_else(|| missing("overlay"))?;
        let result = match request
            .above
            .map(|above| parse::overlay(above).ok_or_else(|| missing("above")))
            .transpose()?
        {
            None => overlay::validate_overlay(pack, &own),
            Some(above) => overlay::validate_under(pack, &above, &own),
        };
        let breaches = result.err().unwrap_or_default().iter().map(render::breach).collect();
        Ok(Response::new(ValidateOverlayResponse { breaches }))
    }
}

impl Policy {
    fn pack(&self, reference: Option<proto::PackReference>) -> Result<&Pack, Status> {
        let reference = parse::reference(reference.ok_or_else(|| missing("pack"))?);
        self.library.get(&reference).map_err(|refusal| refused(&refusal))
    }

    fn known_on(&self, day: Option<&CivilDate>) -> Date {
        day.and_then(wire::read_date).unwrap_or_else(|| self.clock.today())
    }
}

fn required(day: Option<&CivilDate>, field: &str) -> Result<Date, Status> {
    day.and_then(wire::read_date).ok_or_else(|| missing(field))
}

fn missing(field: &str) -> Status {
    DOMAIN.invalid_field(field, "REQUIRED", "must be set")
}

fn refused(refusal: &Refusal) -> Status {
    DOMAIN.explain(&refusal.explain())
}
