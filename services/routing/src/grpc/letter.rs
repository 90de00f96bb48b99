//! `MemberLetterService`.

mod change;
mod read;

use redress_chassis::Call;
use redress_proto::routing::v1::{self as proto, member_letter_service_server::MemberLetterService};
use tonic::{Request, Response, Status};

use self::change::Change;
use crate::app::App;

/// Answers `MemberLetterService`.
#[derive(Clone)]
pub(crate) struct MemberLetters {
    pub(crate) app: App,
}

impl MemberLetters {
    async fn change<R: Change>(&self, request: Request<R>) -> Result<Response<proto::MemberLetter>, Status> {
        let call = Call::of(&request)?;
        change::carry_out(&self.app, &call, request.get_ref()).await
    }
}

#[tonic::async_trait]
impl MemberLetterService for MemberLetters {
    async fn transfer_member_letter(
        &self,
        request: Request<proto::TransferMemberLetterRequest>,
    ) -> Result<Response<proto::MemberLetter>, Status> {
        self.change(request).await
    }

    async fn assign_member_letter(
        &self,
        request: Request<proto::AssignMemberLetterRequest>,
    ) -> Result<Response<proto::MemberLetter>, Status> {
        self.change(request).await
    }

    async fn record_authority(
        &self,
        request: Request<proto::RecordAuthorityRequest>,
    ) -> Result<Response<proto::MemberLetter>, Status> {
        self.change(request).await
    }

    async fn send_holding_reply(
        &self,
        request: Request<proto::SendHoldingReplyRequest>,
    ) -> Result<Response<proto::MemberLetter>, Status> {
        self.change(request).await
    }

    async fn reply_to_member(
        &self,
        request: Request<proto::ReplyToMemberRequest>,
    ) -> Result<Response<proto::MemberLetter>, Status> {
        self.change(request).await
    }

    async fn close_member_letter(
        &self,
        request: Request<proto::CloseMemberLetterRequest>,
    ) -> Result<Response<proto::MemberLetter>, Status> {
        self.change(request).await
    }

    async fn get_member_letter(
        &self,
        request: Request<proto::GetMemberLetterRequest>,
    ) -> Result<Response<proto::MemberLetter>, Status> {
        read::one(&self.app, &Call::of(&request)?, request.get_ref()).await
    }

    async fn list_member_letters(
        &self,
        request: Request<proto::ListMemberLettersRequest>,
    ) -> Result<Response<proto::ListMemberLettersResponse>, Status> {
        read::list(&self.app, &Call::of(&request)?, request.get_ref()).await
    }
}
