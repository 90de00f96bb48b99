//! The case itself: I1, I2, I4, I7, I8, I10, I22, I23.

use redress_proto::{
    ice_liaison::v1::{
        AcceptExaminationRequest, AdvanceExaminationRequest, AgreeExaminationRequest, AnswerIceLetterRequest,
        CloseExaminationRequest, ExaminationMove, GetExaminationRequest, IceLetter, IceLetterKind,
        RecordIceLetterRequest,
    },
    options::v1::Role,
};
use redress_tests::chain::{Member, civil};
use tonic::Code;

use super::{Office, said};

impl Office {
    /// Who has a right to come, and when it counts.
    pub(super) async fn ways_in(&mut self) {
        let on = self.desk.today;
        let complaint = self.desk.registered(10).await;
        self.known(&complaint, 0).await;
        let answer = self.examiner.open(&complaint, self.desk.tomorrow()).await;
        self.desk.expect_field("referred tomorrow", answer, "referred_on", "DATE_IN_FUTURE");
        let answer = self.examiner.open(&complaint, self.desk.days_ago(11)).await;
        self.desk.expect_field("referred before it was received", answer, "referred_on", "BEFORE_RECEIPT");
        // Contact is never refused for want of a right: what is refused is to take it without one (ICE-20).
        let case = self.examiner.open(&complaint, on).await.unwrap().name;
        let answer = self.examiner.accept(&case, on, "").await;
        self.desk.expect("I2 before eight weeks", answer, Code::FailedPrecondition, "BYPASS_NOT_OPEN");
        let answer = self.examiner.open(&complaint, on).await;
        self.desk.expect("opened twice", answer, Code::AlreadyExists, "ALREADY_THERE");
        let answer = self.examiner.accept(&case, self.desk.days_ago(5), "").await;
        self.desk.expect_field("accepted before it was referred", answer, "accepted_on", "TOO_EARLY");

        let complaint = self.desk.finished(230).await;
        self.known(&complaint, 2).await;
        let late = self.examiner.open(&complaint, on).await.unwrap().name;
        let answer = self.examiner.accept(&late, on, "").await;
        self.desk.expect("I4 after six months", answer, Code::FailedPrecondition, "ICE_WINDOW_CLOSED");

        let nowhere = "examinations/0190c2f6-7d5e-7000-8000-000000000001".to_owned();
        let request = self.liaison(GetExaminationRequest { name: nowhere });
        let answer = said(self.cases.get_examination(request).await);
        self.desk.expect("a case there is not", answer, Code::NotFound, "NOT_FOUND");
    }

    /// A0 has no eight-week right (I1).
    pub(super) async fn without_early_access(&mut self) {
        let complaint = self.desk.registered(100).await;
        self.known(&complaint, 0).await;
        let case = self.examiner.open(&complaint, self.desk.today).await.unwrap().name;
        let answer = self.examiner.accept(&case, self.desk.today, "").await;
        self.desk.expect("I1 no final response", answer, Code::FailedPrecondition, "STEPS_NOT_EXHAUSTED");
    }

    /// The order of things, and who may say so.
    pub(super) async fn stages(&mut self) {
        let on = self.desk.today;
        let (_, opened) = self.opened(3).await;
        let case = opened.name;
        let answer = self.examiner.revisit(&case, (1, "dance"), on).await;
        self.desk.expect("a step there is not", answer, Code::InvalidArgument, "UNKNOWN_STEP");
        let close = CloseExaminationRequest {
            request_id: self.id(),
            name: case.clone(),
            closed_on: Some(civil(on)),
            etag: String::new(),
        };
        let request = self.liaison(close);
        let answer = said(self.cases.close_examination(request).await);
        self.desk.expect("closed before anything", answer, Code::FailedPrecondition, "STAGE_REFUSES");
        self.examiner.letter(&case, IceLetterKind::ProcessCheck, on).await.unwrap();
        let stale = AcceptExaminationRequest {
            request_id: self.id(),
            name: case.clone(),
            accepted_on: Some(civil(on)),
            discretion: false,
            reason: String::new(),
            etag: opened.etag,
        };
        let request = self.liaison(stale);
        let answer = said(self.cases.accept_examination(request).await);
        self.desk.expect("an earlier version", answer, Code::Aborted, "VERSION_MISMATCH");
        self.examiner.accept(&case, on, "").await.unwrap();

        let skip = AdvanceExaminationRequest {
            request_id: self.id(),
            name: case.clone(),
            r#move: ExaminationMove::BeginInvestigation.into(),
            on: Some(civil(on)),
            reason: String::new(),
            etag: String::new(),
        };
        let request = self.by(Member::Prime, Role::ComplaintsManager, skip.clone());
        let answer = said(self.cases.advance_examination(request).await);
        self.desk.expect(
            "I7 the provider says what ICE does",
            answer,
            Code::PermissionDenied,
            "ROLE_MISSING",
        );
        let skip = AdvanceExaminationRequest { request_id: self.id(), ..skip };
        let request = self.liaison(skip);
        let answer = said(self.cases.advance_examination(request).await);
        self.desk.expect("I8 without a settlement", answer, Code::FailedPrecondition, "STAGE_OUT_OF_ORDER");
        self.examiner.advance(&case, ExaminationMove::BeginResolution, on).await.unwrap();
        let alone = AgreeExaminationRequest {
            request_id: self.id(),
            name: case.clone(),
            person_agreed_on: Some(civil(on)),
            provider_agreed_on: None,
            etag: String::new(),
        };
        let request = self.liaison(alone);
        let answer = said(self.cases.agree_examination(request).await);
        self.desk.expect("I23 by one side", answer, Code::FailedPrecondition, "BOTH_PARTIES_REQUIRED");
    }

    /// Letters, each on its clock.
    pub(super) async fn correspondence(&mut self) {
        let on = self.desk.today;
        let (_, case) = self.accepted(3).await;
        let letter =
            |request_id: String, kind: IceLetterKind, wants_answer: bool, stated_on| RecordIceLetterRequest {
                request_id,
                examination: case.clone(),
                letter: Some(IceLetter {
                    kind: kind.into(),
                    received_on: Some(civil(on)),
                    stated_on: Some(civil(stated_on)),
                    wants_answer,
                    body: "Please send everything.".to_owned(),
                    ..IceLetter::default()
                }),
                etag: String::new(),
            };
        let in_a_month = on.checked_add(jiff::ToSpan::days(30)).unwrap();
        for (name, kind, wants_answer, stated_on, reason) in [
            (
                "I11 papers in a month",
                IceLetterKind::EvidenceRequest,
                true,
                in_a_month,
                "LATER_THAN_GUIDANCE",
            ),
            (
                "I11 papers yesterday",
                IceLetterKind::EvidenceRequest,
                true,
                self.desk.days_ago(1),
                "TOO_EARLY",
            ),
            ("a day without an answer", IceLetterKind::Other, false, on, "NOT_ALLOWED"),
        ] {
            let sent = letter(self.id(), kind, wants_answer, stated_on);
            let request = self.liaison(sent);
            let answer = said(self.letters.record_ice_letter(request).await);
            self.desk.expect_field(name, answer, "letter.stated_on", reason);
        }
        // I10: papers called for while brokering are no breach of the provider's.
        self.examiner.advance(&case, ExaminationMove::BeginResolution, on).await.unwrap();
        let early = self.examiner.letter(&case, IceLetterKind::EvidenceRequest, on).await.unwrap();
        self.desk.verdicts.also("I10 not needed yet", early.not_needed_yet, None);

        self.examiner.withdraw(&case, on).await.unwrap();
        let answer = AnswerIceLetterRequest {
            request_id: self.id(),
            name: early.name,
            answered_on: Some(civil(on)),
            after_noon: false,
            etag: String::new(),
        };
        let request = self.by(Member::Prime, Role::ComplaintsManager, answer);
        let answer = said(self.letters.answer_ice_letter(request).await);
        self.desk.expect("I22 an answer to a closed case", answer, Code::FailedPrecondition, "CASE_CLOSED");
    }
}
