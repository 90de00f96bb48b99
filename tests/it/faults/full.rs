//! A full disk takes nothing and loses nothing, says so to those who send calls, and takes calls again once there is room (T10).

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::Command,
};

use redress_proto::{
    complaints::v1::{RegisterComplaintRequest, complaint_service_client::ComplaintServiceClient},
    options::v1::Role,
};
use redress_testkit::wait;
use redress_tests::{
    chain::{Chain, JETS, Member, bearing},
    day::today,
    identity::Issuer,
    refused::Refused,
    seed::Seed,
    server::{Launch, Server},
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};
use tonic::{Code, transport::Channel};
use tonic_health::pb::{
    HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient,
};

use super::{aftermath, journal};

/// Room for a suite and some hundred complaints.
const SIZE: &str = "size=24m";
/// A commit that still finds room in what the database has already is followed by one that does not, before so many.
const MOST: usize = 4_000;

/// A file system of its own, in memory.
struct Disk(TempDir);

impl Disk {
    /// `None`, and a line that says so, where none may be mounted.
    fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", SIZE, "tmpfs"]).arg(folder.path()).output();
        if mounted.is_ok_and(|output| output.status.success()) {
            return Some(Self(folder));
        }
        eprintln!("SKIPPED: no file system may be mounted here, so no disk can be filled");
        None
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn filler(&self) -> PathBuf {
        self.path().join("filler")
    }

    /// Fills it to the last byte.
    fn fill(&self) {
        let mut file = File::create(self.filler()).unwrap();
        for size in [1 << 16, 1 << 12, 1] {
            let piece = vec![0xA5; size];
            loop {
                match file.write_all(&piece) {
                    Ok(()) => {}
                    Err(error) if error.kind() == io::ErrorKind::StorageFull => break,
                    Err(error) => panic!("{error}"),
                }
            }
        }
    }

    fn clear(&self) {
        fs::remove_file(self.filler()).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg("--lazy").arg(self.path()).status();
        eprintln!("the disk is put away: {unmounted:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_and_passes() {
    let Some(disk) = Disk::mount() else { return };
    let folder = tempfile::tempdir().unwrap();
    let issuer = Issuer::new().unwrap();
    let launch =
        Launch::sqlite(folder.path(), &issuer).unwrap().with("REDRESS_DATA_FOLDER", disk.path().display());
    let server = launch.start().await.unwrap();
    let channel = server.connect().await.unwrap();
    let mut seed = Seed::new(0xf011);
    let chain = Chain::set_up(&channel, &issuer, JETS, &mut seed).await.unwrap();
    let mut acknowledged = BTreeSet::from([chain.register(&channel, today(), &mut seed).await.unwrap()]);
    assert_eq!(told(&server, &channel).await, (200, ServingStatus::Serving));

    disk.fill();
    let without_room = fill_up(&channel, &chain, &mut seed, &mut acknowledged).await;
    let away = || async { told(&server, &channel).await == (503, ServingStatus::NotServing) };
    wait::until_async("calls to be sent elsewhere", away).await;
    // What needs no room is still answered, and what was acknowledged is there.
    assert_eq!(aftermath::listed(&server, &chain).await, acknowledged);

    disk.clear();
    let back = || async { told(&server, &channel).await == (200, ServingStatus::Serving) };
    wait::until_async("calls to be taken again", back).await;
    let token = chain.people.token(Member::Prime, Role::ComplaintsOfficer).unwrap();
    let again = ComplaintServiceClient::new(channel.clone())
        .register_complaint(bearing(&token, without_room).unwrap())
        .await
        .unwrap();
    acknowledged.insert(again.into_inner().name);
    assert_eq!(aftermath::listed(&server, &chain).await, acknowledged);
    let status = server.stop().await.unwrap();
    assert!(status.success(), "{status}");
    journal::check(&format!("sqlite:{}", disk.path().join("complaints.db").display()), &acknowledged).await;
}

/// Registers complaints until one is refused, and returns what was asked then.
async fn fill_up(
    channel: &Channel,
    chain: &Chain,
    seed: &mut Seed,
    acknowledged: &mut BTreeSet<String>,
) -> RegisterComplaintRequest {
    let token = chain.people.token(Member::Prime, Role::ComplaintsOfficer).unwrap();
    let mut client = ComplaintServiceClient::new(channel.clone());
    for _ in 0..MOST {
        let request = chain.registration(today(), seed);
        match client.register_complaint(bearing(&token, request.clone()).unwrap()).await {
            Ok(answer) => assert!(acknowledged.insert(answer.into_inner().name)),
            Err(status) => {
                let refused = Refused::from(&status);
                assert_eq!(
                    (refused.code, refused.reason.as_str()),
                    (Code::ResourceExhausted, "STORAGE_FULL")
                );
                assert!(refused.retry, "{refused:?}");
                return request;
            }
        }
    }
    panic!("{MOST} registrations found room on a full disk")
}

/// What the process says of itself, to operators and to balancers.
async fn told(server: &Server, channel: &Channel) -> (u16, ServingStatus) {
    let address = server.admin.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /readyz HTTP/1.1\r\nhost: operators\r\nconnection: close\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let code = answer.split(' ').nth(1).unwrap().parse().unwrap();
    let health = HealthClient::new(channel.clone()).check(HealthCheckRequest::default()).await.unwrap();
    (code, health.into_inner().status())
}
