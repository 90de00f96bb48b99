//! Letters of elected members and peers: R32.

use redress_proto::routing::v1::{
    AssignMemberLetterRequest, Matter, Member as Writing, ReplyToMemberRequest, Writer,
};
use redress_tests::{chain::civil, clerk::reference, day::today};
use tonic::Code;

use super::Counter;

impl Counter {
    /// RTE-13, RTE-14, CMP-27 (R32).
    pub(super) async fn member_letters(&mut self) {
        let mut sent = self.contact(&[Matter::Provider]);
        let asked = sent.input.as_mut().unwrap();
        (asked.writer, asked.title) = (Writer::Peer.into(), "Lord".to_owned());
        sent.persons_complained_about = vec!["adviser-7".to_owned()];
        sent.member = Some(Writing {
            full_name: "Alun Rees".to_owned(),
            office: "House of Lords".to_owned(),
            reference: "HL/9".to_owned(),
            ..Writing::default()
        });
        let peer = self.holder.route(sent.clone()).await.unwrap().member_letter;
        let assign = AssignMemberLetterRequest {
            request_id: self.holder.id(),
            name: peer.clone(),
            handler: "adviser-7".to_owned(),
            etag: String::new(),
        };
        let answer = self.holder.assign_member_letter(assign).await;
        self.verdicts.expect("R32 for themselves", answer, Code::FailedPrecondition, "HANDLER_CONFLICT");
        let reply = |name: &str, request_id: String| ReplyToMemberRequest {
            request_id,
            name: name.to_owned(),
            replied_on: Some(civil(today())),
            text: "We have looked into it.".to_owned(),
            etag: String::new(),
        };
        let id = self.holder.id();
        let answer = self.holder.reply_to_member(reply(&peer, id)).await;
        self.verdicts.expect("RTE-14 no authority", answer, Code::FailedPrecondition, "AUTHORITY_MISSING");
        let asked = sent.input.as_mut().unwrap();
        (asked.writer, asked.title) = (Writer::ElectedMember.into(), "MP".to_owned());
        sent.reference = reference(&mut self.stand.seed);
        let member = self.holder.route(sent).await.unwrap().member_letter;
        let id = self.holder.id();
        let answer = self.holder.reply_to_member(reply(&member, id)).await;
        self.verdicts.expect("RTE-13 unquoted", answer, Code::FailedPrecondition, "REFERENCE_NOT_QUOTED");
    }
}
