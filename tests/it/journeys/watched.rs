//! What those who watch are told of routing's clocks: what is owed, by whom, and what will be late before the next working day is
//! over (RTE-04, RTE-12, CMP-22).

use redress_proto::{
    options::v1::Role,
    routing::v1::{Matter, Member as Writing, RequestContributionRequest, SendContributionRequest, Writer},
};
use redress_testkit::{backends, wait};
use redress_tests::{
    chain::{JETS, Member, civil},
    clerk::{contact, input, reference},
};

use super::place::{Place, date};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_owed_is_told_before_it_is_late_and_counted_when_it_is() {
    for backend in backends() {
        let mut place = Place::on(backend, JETS, 0xc31).await;
        let mut jobcentre = place.clerk(Member::JobcentrePlus, Role::JobcentrePlus).await;
        let mut provider = place.clerk(Member::Prime, Role::ComplaintsManager).await;
        let on = place.days_ago(3);
        let about = [Matter::Provider, Matter::JobcentrePlus];
        let asked = input(&place.chain.contract, Writer::JobcentrePlus, &about, on);
        let sent = contact(asked, &reference(&mut place.seed));
        let routed = jobcentre.forward(sent).await.unwrap().contact.unwrap();
        let mut asked = input(&place.chain.contract, Writer::ElectedMember, &[Matter::Provider], on);
        "MSP".clone_into(&mut asked.title);
        let mut sent = contact(asked, &reference(&mut place.seed));
        sent.member = Some(Writing {
            full_name: "Ailsa Grant".to_owned(),
            office: "Ayr".to_owned(),
            ..Writing::default()
        });
        provider.route(sent).await.unwrap();
        told(&place, "DEPARTMENT_REPLY", "department", "later").await;
        told(&place, "ELECTED_MEMBER_REPLY", "provider", "later").await;

        let mixed = routed.mixed_complaint;
        let ask = RequestContributionRequest {
            request_id: jobcentre.id(),
            name: mixed.clone(),
            requested_on: Some(civil(place.today())),
            due_on: None,
            etag: String::new(),
        };
        let due_on = date(jobcentre.request_contribution(ask).await.unwrap().contributions[0].due_on);
        told(&place, "JCP_CONTRIBUTION", "provider", "week").await;
        place.wait_until(due_on.yesterday().unwrap());
        told(&place, "JCP_CONTRIBUTION", "provider", "next_working_day").await;
        place.wait_until(due_on.tomorrow().unwrap());
        told(&place, "JCP_CONTRIBUTION", "provider", "overdue").await;
        // The department's own day is later still: the one does not hide the other.
        told(&place, "DEPARTMENT_REPLY", "department", "later").await;
        until(&place, &["redress_deadlines_overdue", "kind=\"JCP_CONTRIBUTION\"", "tier=\"0\""]).await;
        until(&place, &["redress_deadlines_breached_total", "kind=\"JCP_CONTRIBUTION\"", "tier=\"0\""]).await;
        until(&place, &["redress_cases_open", "stage=\"CONTRIBUTION_REQUESTED\""]).await;
        until(&place, &["redress_cases_open", "stage=\"CLASSIFIED\""]).await;

        // R20: late counts, and is said to be late.
        let mut provider = place.clerk(Member::Prime, Role::ComplaintsManager).await;
        let send = SendContributionRequest {
            request_id: provider.id(),
            name: mixed,
            sent_on: Some(civil(place.today())),
            text: "We are late, and sorry.".to_owned(),
            papers: Vec::new(),
            etag: String::new(),
        };
        assert!(provider.send_contribution(send).await.unwrap().contributions[0].late);
        wait::until("nobody to be told of it any more", || {
            let scrape = place.scrape();
            let mut overdue = scrape.lines().filter(|line| line.starts_with("redress_deadlines_overdue"));
            !overdue.any(|line| line.contains("JCP_CONTRIBUTION"))
        })
        .await;
        place.leave().await;
    }
}

/// Waits until one is told of a kind, by whose it is and how long is left.
async fn told(place: &Place, kind: &str, whose: &str, due: &str) {
    let labels =
        [("kind", kind), ("whose", whose), ("due", due)].map(|(label, value)| format!("{label}=\"{value}\""));
    let [kind, whose, due] = &labels;
    until(place, &["redress_deadlines_open", kind, whose, due]).await;
}

/// Waits until the scrape has a line of routing's with all of these that counts one.
async fn until(place: &Place, parts: &[&str]) {
    let what = format!("{parts:?}");
    wait::until(&what, || {
        place.scrape().lines().any(|line| {
            let (series, value) = line.rsplit_once(' ').unwrap_or_default();
            series.contains("service=\"routing\"")
                && parts.iter().all(|part| series.contains(part))
                && value == "1"
        })
    })
    .await;
}
