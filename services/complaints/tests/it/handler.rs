//! Who may handle a complaint (CMP-27).

use redress_proto::complaints::v1 as proto;

use crate::cast::{Cast, PRIME, refused, request_id};

#[tokio::test]
async fn nobody_handles_a_complaint_about_themselves_however_the_name_is_written() {
    // CMP-27, C13: one id in the two forms that Unicode has for it.
    let cast = Cast::usual().await;
    let complaint = proto::Complaint {
        persons_complained_about: vec!["jos\u{e9}".to_owned()],
        ..cast.complaint("2026-11-12")
    };
    let mut officer = cast.officer(PRIME).await;
    let request = proto::RegisterComplaintRequest { request_id: request_id(), complaint: Some(complaint) };
    let name = officer.register_complaint(request).await.unwrap().into_inner().name;
    for handler in ["jos\u{e9}", "jose\u{301}"] {
        let request = proto::AssignHandlerRequest {
            request_id: request_id(),
            name: name.clone(),
            handler: handler.to_owned(),
            etag: String::new(),
        };
        assert_eq!(refused(officer.assign_handler(request).await).reason, "HANDLER_CONFLICT");
    }
}
