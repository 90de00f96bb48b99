//! `RoutingService`.

mod change;
mod explain;
mod forward;
mod list;
mod read;
mod record;

use std::pin::Pin;

use redress_chassis::Call;
use redress_proto::routing::v1::{self as proto, routing_service_server::RoutingService};
use tokio_stream::Stream;
use tonic::{Request, Response, Status, Streaming};

use crate::app::App;

/// Answers `RoutingService`.
#[derive(Clone)]
pub(crate) struct Routing {
    pub(crate) app: App,
}

type Streamed<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

#[tonic::async_trait]
impl RoutingService for Routing {
    type ForwardContactsStream = Streamed<proto::ForwardContactsResponse>;

    async fn route_contact(
        &self,
        request: Request<proto::RouteContactRequest>,
    ) -> Result<Response<proto::Contact>, Status> {
        record::route(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn explain_route(
        &self,
        request: Request<proto::ExplainRouteRequest>,
    ) -> Result<Response<proto::ExplainRouteResponse>, Status> {
        explain::route(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn forward_contact(
        &self,
        request: Request<proto::ForwardContactRequest>,
    ) -> Result<Response<proto::ForwardContactResponse>, Status> {
        record::forward(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn forward_contacts(
        &self,
        request: Request<Streaming<proto::ForwardContactsRequest>>,
    ) -> Result<Response<Self::ForwardContactsStream>, Status> {
        forward::contacts(&self.app, request)
    }

    async fn accept_contact(
        &self,
        request: Request<proto::AcceptContactRequest>,
    ) -> Result<Response<proto::Contact>, Status> {
        change::carry_out(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn reject_contact(
        &self,
        request: Request<proto::RejectContactRequest>,
    ) -> Result<Response<proto::Contact>, Status> {
        change::carry_out(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn reroute_contact(
        &self,
        request: Request<proto::RerouteContactRequest>,
    ) -> Result<Response<proto::Contact>, Status> {
        change::carry_out(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn direct_person(
        &self,
        request: Request<proto::DirectPersonRequest>,
    ) -> Result<Response<proto::Contact>, Status> {
        change::carry_out(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn get_contact(
        &self,
        request: Request<proto::GetContactRequest>,
    ) -> Result<Response<proto::Contact>, Status> {
        read::contact(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn list_contacts(
        &self,
        request: Request<proto::ListContactsRequest>,
    ) -> Result<Response<proto::ListContactsResponse>, Status> {
        list::contacts(&self.app, &Call::of(&request)?, request.get_ref()).await
    }
}
