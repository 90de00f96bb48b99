//! A year's funnel at the mix of domain 4.5, and its figures against totals counted by hand while it was loaded.

use redress_proto::{
    ice_liaison::v1::{DeclineGround, ExaminationMove, FigureFormat, Figures, Finding, Measure},
    options::v1::Role,
};
use redress_tests::{
    chain::{JETS, Member},
    examiner::Examiner,
};

use super::place::{Place, all_steps, finish};

/// A hundredth of 20,167 complaints, 3,926 referrals and 889 accepted, rounded; the clearances at 28.7, 12.3, 2.3 and 56.7 in a
/// hundred, and the investigations at 6, 15 and 79, each with at least one.
const COMPLAINTS: usize = 60;
const NOT_ACCEPTED: [(DeclineGround, usize); 2] =
    [(DeclineGround::Premature, 7), (DeclineGround::OutOfRemit, 4)];
const RESOLVED: usize = 5;
const SETTLED: usize = 2;
const WITHDRAWN: usize = 1;
const INVESTIGATED: [(Finding, usize); 3] =
    [(Finding::Upheld, 1), (Finding::PartiallyUpheld, 2), (Finding::NotUpheld, 7)];

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::too_many_lines, reason = "one year from its first contact to its figures")]
async fn the_figures_of_a_year_are_what_was_counted_by_hand() {
    let mut place = Place::here(JETS, 0xf0e).await;
    let on = place.today();
    let mut officer = place.officer(Member::Prime, Role::ComplaintsManager);
    let mut examiner = Examiner::new(&place.channel, &place.chain.people, place.seed.split());
    let accepted = RESOLVED + SETTLED + WITHDRAWN + INVESTIGATED.iter().map(|(_, many)| many).sum::<usize>();
    let mut complaints = Vec::new();
    for at in 0..COMPLAINTS {
        let complaint = place.complaint(on);
        let name = officer.register(complaint).await.unwrap().name;
        // Only what ICE will take needs its process finished; the others are premature or out of its remit.
        if at < accepted {
            all_steps(&mut officer, &name, on).await;
            finish(&mut officer, &name, on).await;
        }
        complaints.push(name);
    }
    let last = complaints.last().unwrap().clone();
    let mut looks = 0;
    while !examiner.knows(&last, on).await {
        looks += 1;
        assert!(looks < 20_000, "the feed does not arrive");
        tokio::task::yield_now().await;
    }
    let mut left = complaints.into_iter();
    for _ in 0..RESOLVED {
        let case = taken(&mut examiner, &left.next().unwrap(), on).await;
        examiner.advance(&case, ExaminationMove::BeginResolution, on).await.unwrap();
        examiner.agree(&case, on).await.unwrap();
    }
    let year = i32::from(if on.month() >= 4 { on.year() } else { on.year() - 1 });
    let early = examiner.year(year, 0, Role::Commissioner).await.unwrap();
    for _ in 0..SETTLED {
        let complaint = left.next().unwrap();
        let case = taken(&mut examiner, &complaint, on).await;
        examiner.advance(&case, ExaminationMove::BeginResolution, on).await.unwrap();
        examiner.advance(&case, ExaminationMove::RequestEvidence, on).await.unwrap();
        let papers = examiner.papers(&complaint).await.unwrap();
        examiner.send(&case, papers, on).await.unwrap();
        examiner.advance(&case, ExaminationMove::Allocate, on).await.unwrap();
        examiner.agree(&case, on).await.unwrap();
    }
    for _ in 0..WITHDRAWN {
        let case = taken(&mut examiner, &left.next().unwrap(), on).await;
        examiner.withdraw(&case, on).await.unwrap();
    }
    for (finding, many) in INVESTIGATED {
        for _ in 0..many {
            let complaint = left.next().unwrap();
            let case = taken(&mut examiner, &complaint, on).await;
            examiner.investigate(&case, &complaint, on).await.unwrap();
            examiner.report(&case, finding, 0, on).await.unwrap();
            if finding == Finding::Upheld {
                examiner.charge(&case, 500_000).await.unwrap();
            }
        }
    }
    let mut declined = 0;
    for (ground, many) in NOT_ACCEPTED {
        for _ in 0..many {
            let case = examiner.open(&left.next().unwrap(), on).await.unwrap().name;
            examiner.decline(&case, ground, on).await.unwrap();
            declined += 1;
        }
    }

    let expected = [
        (Measure::Complaints, COMPLAINTS),
        (Measure::Received, accepted + declined),
        (Measure::Accepted, accepted),
        (Measure::Premature, NOT_ACCEPTED[0].1),
        (Measure::UnableToAccept, NOT_ACCEPTED[1].1),
        (Measure::Resolved, RESOLVED),
        (Measure::Settled, SETTLED),
        (Measure::Withdrawn, WITHDRAWN),
        (Measure::Investigated, INVESTIGATED.iter().map(|(_, many)| many).sum()),
        (Measure::FullyUpheld, INVESTIGATED[0].1),
        (Measure::PartiallyUpheld, INVESTIGATED[1].1),
        (Measure::NotUpheld, INVESTIGATED[2].1),
        (Measure::Live, 0),
        (Measure::ChargesRaised, INVESTIGATED[0].1),
    ];
    let mut looks = 0;
    let figures = loop {
        let figures = examiner.year(year, 0, Role::Commissioner).await.unwrap();
        if expected.iter().all(|(measure, many)| count(&figures, *measure) == i64::try_from(*many).ok()) {
            break figures;
        }
        looks += 1;
        assert!(looks < 2_000, "{expected:?} are not {figures:?}");
        tokio::task::yield_now().await;
    };
    // As of the positions of before, the figures are what they were.
    let again = examiner.as_before(year, &early, Role::Commissioner).await.unwrap();
    assert_eq!(again, early);
    // One provider has it all, so that its row is the total.
    assert_eq!(figures.rows.len(), 1);
    assert_eq!(figures.rows[0].figures, figures.total.as_ref().unwrap().figures);
    for (format, start) in [
        (FigureFormat::Csv, "year,position,"),
        (FigureFormat::Json, "{"),
        (FigureFormat::Html, "<!doctype html>"),
        (FigureFormat::Pdf, "%PDF-1.7"),
    ] {
        let file = examiner.export(year, format, Role::Commissioner).await.unwrap();
        let again = examiner.export(year, format, Role::Commissioner).await.unwrap();
        assert!(file.content.starts_with(start.as_bytes()), "{format:?}");
        assert_eq!(file, again, "to the digit");
    }
    place.leave().await;
}

async fn taken(examiner: &mut Examiner, complaint: &str, on: jiff::civil::Date) -> String {
    let case = examiner.open(complaint, on).await.unwrap().name;
    examiner.accept(&case, on, "").await.unwrap();
    case
}

fn count(figures: &Figures, measure: Measure) -> Option<i64> {
    let total = figures.total.as_ref()?;
    total.figures.iter().find(|figure| figure.measure() == measure)?.count
}
