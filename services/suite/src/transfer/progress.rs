//! A bar for transfers that take a while; on a terminal only, and never in the way of the answer.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar over rows.
pub fn rows(verb: &'static str, rows: usize) -> ProgressBar {
    let target = ProgressDrawTarget::stderr();
    let bar = ProgressBar::with_draw_target(u64::try_from(rows).ok(), target).with_message(verb);
    match ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {per_sec} {eta}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// A bar over `bytes`, with `verb` in front of it.
pub(super) fn bar(verb: &'static str, bytes: i64) -> ProgressBar {
    let target = ProgressDrawTarget::stderr();
    let bar = ProgressBar::with_draw_target(u64::try_from(bytes).ok(), target).with_message(verb);
    let template = "{msg} {wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta}";
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
