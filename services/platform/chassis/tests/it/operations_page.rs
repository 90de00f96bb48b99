//! The operations page: the same figures as a scrape, nothing from anywhere else, and readable by everyone.

use redress_chassis::telemetry::CATALOGUE;
use redress_testkit::Suite;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};
use tonic::Code;

use crate::{
    hardening::get,
    operators::ask,
    puppet::{self, ECHO, GET, manager},
    wire::Wire,
};

/// The head of an answer, in lower case.
async fn head(suite: &Suite, path: &str) -> String {
    let mut stream = TcpStream::connect(suite.running().admin_address()).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: operators\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer.split_once("\r\n\r\n").unwrap().0.to_lowercase()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_shows_every_figure_of_a_scrape() {
    let suite = puppet::suite().await;
    let mut wire = Wire::of(&suite, &manager()).await;
    for _ in 0..3 {
        assert_eq!(wire.call(GET, &get()).await.code(), Code::Ok);
    }
    assert_eq!(wire.call(ECHO, &[]).await.code(), Code::InvalidArgument);
    let (status, page) = ask(&suite, "/").await;
    assert_eq!(status, 200);
    // Where a name may break is nothing that it says.
    let page = page.replace("<wbr>", "");
    let scraped = ask(&suite, "/metrics").await.1;
    for measure in CATALOGUE.iter().filter(|measure| measure.scraped != "rpc_server_call_duration_seconds") {
        let in_scrape = scraped.lines().filter(|line| {
            line.strip_prefix(measure.scraped).is_some_and(|rest| rest.starts_with(['{', ' ']))
        });
        let in_page = page.matches(&format!("<th scope=\"row\">{}</th>", measure.scraped)).count();
        assert_eq!(in_scrape.count(), in_page, "{}", measure.name);
    }
    let row = |rpc: &str, figures: &str| format!("<th scope=\"row\">{}</th>{figures}", &rpc[1..]);
    assert!(page.contains(&row(GET, "<td>3</td><td>0</td><td>0</td>")), "{page}");
    assert!(page.contains(&row(ECHO, "<td>1</td><td>1</td><td>0</td>")), "{page}");
    assert!(page.contains("<title>Ready: puppet – Redress operations</title>"));
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn it_takes_nothing_from_elsewhere_and_goes_into_no_frame() {
    let suite = puppet::suite().await;
    let (_, page) = ask(&suite, "/").await;
    for from_elsewhere in ["http://", "https://", "//", "<script", "style=\"", "javascript:"] {
        assert!(!page.contains(from_elsewhere), "{from_elsewhere}");
    }
    let (status, style) = ask(&suite, "/style.css").await;
    assert_eq!(status, 200);
    assert!(style.contains("prefers-color-scheme: dark") && !style.contains("url("));
    for path in ["/", "/style.css", "/metrics"] {
        let head = head(&suite, path).await;
        for line in [
            "content-security-policy: default-src 'none'; style-src 'self';",
            "x-content-type-options: nosniff",
            "cache-control: no-store",
        ] {
            assert!(head.contains(line), "{path}: {head}");
        }
    }
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn it_comes_again_by_itself_until_somebody_holds_it_still() {
    let suite = puppet::suite().await;
    let live = ask(&suite, "/").await.1;
    let still = ask(&suite, "/?live=off").await.1;
    assert!(live.contains("http-equiv=\"refresh\" content=\"10\"") && live.contains("href=\"/?live=off\""));
    assert!(!still.contains("http-equiv=\"refresh\"") && still.contains("href=\"/\""));
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn people_find_their_way_without_seeing_it() {
    let suite = puppet::suite().await;
    let page = ask(&suite, "/").await.1;
    for landmark in
        ["<html lang=\"en-GB\">", "<header>", "<nav aria-label=", "<main id=\"main\">", "<footer>"]
    {
        assert_eq!(page.matches(landmark).count(), 1, "{landmark}");
    }
    assert_eq!(page.matches("<h1>").count(), 1);
    for (index, _) in page.match_indices("href=\"#") {
        let id = page[index + 7..].split('"').next().unwrap();
        assert!(page.contains(&format!(" id=\"{id}\"")), "#{id} leads nowhere");
    }
    let pictures = page.matches("<svg ").count();
    assert!(pictures >= 6, "{pictures} plots");
    assert_eq!(page.matches("role=\"img\" aria-label=\"").count(), pictures, "a plot says nothing");
    assert_eq!(page.matches("<table>").count(), page.matches("<caption>").count());
    suite.stop().await.unwrap();
}
