//! `ManagementInformationService`.

mod gather;

use redress_chassis::{Call, Roles};
use redress_proto::{
    ice_liaison::v1::{self as proto, management_information_service_server::ManagementInformationService},
    options::v1::Role,
};
use tonic::{Request, Response, Status};

use self::gather::{Question, gather};
use crate::{
    app::{App, DOMAIN},
    convert, print,
};

/// Answers `ManagementInformationService`.
#[derive(Clone)]
pub(crate) struct Figures {
    pub(crate) app: App,
}

/// Those who may see single cases, or keep their ledger; all others are told no figure of so few that somebody might be
/// known by it.
const ENTITLED: [Role; 6] = [
    Role::Commissioner,
    Role::PerformanceManager,
    Role::RecoveryOfficer,
    Role::IceLiaison,
    Role::ComplaintsManager,
    Role::Auditor,
];

fn entitled(call: &Call) -> bool {
    call.caller.roles.overlaps(ENTITLED.into_iter().collect::<Roles>())
}

#[tonic::async_trait]
impl ManagementInformationService for Figures {
    async fn get_figures(
        &self,
        request: Request<proto::GetFiguresRequest>,
    ) -> Result<Response<proto::GetFiguresResponse>, Status> {
        let call = Call::of(&request)?;
        let asked = request.get_ref();
        let question = Question {
            year: asked.year,
            breakdown: asked.breakdown,
            position: asked.position,
            complaints_position: asked.complaints_position,
            as_of: asked.as_of.as_ref(),
        };
        let figures = gather(&self.app, &call, &question, entitled(&call)).await?;
        Ok(Response::new(proto::GetFiguresResponse { figures: Some(figures) }))
    }

    async fn download_figures(
        &self,
        request: Request<proto::DownloadFiguresRequest>,
    ) -> Result<Response<proto::DownloadFiguresResponse>, Status> {
        let call = Call::of(&request)?;
        let asked = request.get_ref();
        let question = Question {
            year: asked.year,
            breakdown: asked.breakdown,
            position: asked.position,
            complaints_position: asked.complaints_position,
            as_of: asked.as_of.as_ref(),
        };
        let figures = gather(&self.app, &call, &question, entitled(&call)).await?;
        // The inspector lets no other value through.
        let format = convert::read_format(asked.format).unwrap_or(proto::FigureFormat::Csv);
        let printed =
            self.app.desk.parts.tasks.tracker().spawn_blocking(move || print::file(&figures, format));
        let printed = printed.await.map_err(|fault| DOMAIN.internal(&fault))?;
        Ok(Response::new(printed.map_err(|fault| DOMAIN.internal(&fault))?))
    }
}
