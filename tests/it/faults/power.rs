//! The power goes at any moment: what was acknowledged was on the disk, not merely in the kernel (fact 0.4, T2).

use std::{
    fs::{self, File},
    sync::Arc,
    time::Duration,
};

use redress_tests::{
    chain::{Chain, JETS},
    identity::Issuer,
    seed::Seed,
    server::Launch,
};

use super::{aftermath, disk::Disk, kill::now, load, log};

/// Cuts unless `REDRESS_POWER_CUTS` says otherwise.
const CUTS: u64 = 8;
/// The cut comes so long after the work began, at most.
const LATEST: u64 = 100;
/// Files of which one at least is lost that were not written through.
const TRIES: usize = 5;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_when_the_power_goes() {
    let Some(disk) = Disk::mount() else { return };
    let folder = tempfile::tempdir().unwrap();
    let issuer = Issuer::new().unwrap();
    let data = disk.path().join("data");
    let launch = Launch::sqlite(folder.path(), &issuer).unwrap().with("REDRESS_DATA_FOLDER", data.display());
    let mut seed = Seed::new(0x90e2);
    let server = launch.start().await.unwrap();
    let chain = Chain::set_up(&server.connect().await.unwrap(), &issuer, JETS, &mut seed).await.unwrap();
    let chain = Arc::new(chain);
    assert!(server.stop().await.unwrap().success());
    let mut known = load::Known::default();
    let mut witness = log::Witness::default();
    for cut in 0..cuts() {
        let victim = launch.start().await.unwrap();
        witness.look(&victim, &chain).await;
        load::settle(&victim, &chain, &mut known).await;
        let shift = load::Shift::begin(&victim, &chain, &mut seed).await;
        tokio::time::sleep_until(now() + Duration::from_micros(seed.below(LATEST * 1000))).await;
        // Nothing is answered any more that the disk could not know of.
        victim.freeze().await.unwrap_or_else(|error| panic!("cut {cut}: {error:#}"));
        let left = disk.power_goes();
        victim.kill().unwrap();
        shift.end(&mut known).await;
        disk.after(&left);
    }
    let url = format!("sqlite:{}", data.join("complaints.db").display());
    aftermath::look(&launch, &chain, known, witness, &url).await;
}

#[test]
fn what_is_not_written_through_is_lost_when_the_power_goes() {
    // Otherwise the test above would say nothing.
    let Some(disk) = Disk::mount() else { return };
    let kept = disk.path().join("kept");
    fs::write(&kept, "written through").unwrap();
    File::open(&kept).unwrap().sync_all().unwrap();
    File::open(disk.path()).unwrap().sync_all().unwrap();
    // The kernel may write a file by itself at any moment, though it seldom does so at once.
    let lost = (0..TRIES).any(|_| {
        let file = disk.path().join("not-kept");
        fs::write(&file, "not written through").unwrap();
        disk.after(&disk.power_goes());
        assert_eq!(fs::read_to_string(&kept).unwrap(), "written through");
        fs::read_to_string(&file).unwrap_or_default().is_empty()
    });
    assert!(lost, "{TRIES} files were written by the kernel before the power went");
}

#[expect(clippy::disallowed_methods, reason = "how long to test is no configuration of a server")]
fn cuts() -> u64 {
    std::env::var("REDRESS_POWER_CUTS").ok().and_then(|cuts| cuts.parse().ok()).unwrap_or(CUTS)
}
