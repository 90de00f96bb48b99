//! The provider's account, and its papers on their way to ICE.

use aws_lc_rs::digest::{SHA256, digest};
use ice_liaison_domain::{
    PaperRef,
    examination::Command,
    paper::{Included, Withheld},
};
use redress_chassis::{Call, Parse, parse::reference};
use redress_kernel::{Digest, hexadecimal, text};
use redress_proto::ice_liaison::v1 as proto;
use tonic::{Response, Status};

use super::{act, asked};
use crate::{
    app::{App, DOMAIN},
    convert,
    grpc::sealing,
    part::Part,
};

type Answer = Result<Response<proto::Examination>, Status>;

pub(super) async fn send(app: &App, call: &Call, request: &proto::SendEvidenceRequest) -> Answer {
    let read = |parse: &mut Parse| {
        let sent_on = parse.date("sent_on", request.sent_on.as_ref());
        let included = (0..).zip(&request.included).map(|(at, item)| included(parse, at, item));
        let included: Vec<Option<Included>> = included.collect();
        let withheld = (0..).zip(&request.withheld).map(|(at, item)| withheld(parse, at, item));
        let withheld: Vec<Option<Withheld>> = withheld.collect();
        let both =
            (included.into_iter().collect::<Option<_>>()?, withheld.into_iter().collect::<Option<_>>()?);
        Some((sent_on?, both))
    };
    let mut asked = asked(&request.name, &request.etag, read)?;
    let (sent_on, (included, withheld)) = (asked.rest.0, std::mem::take(&mut asked.rest.1));
    let command = Command::SendEvidence { sent_on, after_noon: request.after_noon, included, withheld };
    act(app, call, &asked, command, None).await
}

pub(super) async fn account(app: &App, call: &Call, request: &proto::SubmitAccountRequest) -> Answer {
    let read = |parse: &mut Parse| {
        let given_on = parse.date("given_on", request.given_on.as_ref());
        Some((given_on?, papers(parse, &request.evidence)?))
    };
    let asked = asked(&request.name, &request.etag, read)?;
    let (given_on, evidence) = asked.rest.clone();
    let statement = text::normalise(&request.statement);
    let id = asked.id;
    let sealed = sealing::of_case(app, call, id, (Part::Statement, id.uuid()), &statement).await?;
    let hash = hexadecimal(digest(&SHA256, statement.as_bytes()).as_ref());
    let digest = Digest::parse(&hash).map_err(|fault| DOMAIN.internal(&fault))?;
    let note = sealed.map(|sealed| (Part::Statement, sealed));
    act(app, call, &asked, Command::SubmitAccount { given_on, evidence, digest }, note).await
}

/// Papers by their names.
pub(crate) fn papers(parse: &mut Parse, names: &[String]) -> Option<Vec<PaperRef>> {
    let read: Vec<Option<PaperRef>> =
        (0..).zip(names).map(|(at, name)| paper(parse, &format!("evidence[{at}]"), name)).collect();
    read.into_iter().collect()
}

fn paper(parse: &mut Parse, field: &str, name: &str) -> Option<PaperRef> {
    let read = PaperRef::parse(name);
    if read.is_none() {
        parse.fault(field, "INVALID_NAME", "must be of the form documents/{uuid} or letters/{uuid}");
    }
    read
}

fn included(parse: &mut Parse, at: usize, item: &proto::EvidenceItem) -> Option<Included> {
    let paper = paper(parse, &format!("included[{at}].paper"), &item.paper);
    let digest = if item.sha256.is_empty() { Ok(None) } else { Digest::parse(&item.sha256).map(Some) };
    if let Err(invalid) = &digest {
        parse.fault(&format!("included[{at}].sha256"), "NOT_ALLOWED", &invalid.to_string());
    }
    Some(Included { paper: paper?, digest: digest.ok()? })
}

fn withheld(parse: &mut Parse, at: usize, item: &proto::WithheldItem) -> Option<Withheld> {
    let paper = paper(parse, &format!("withheld[{at}].paper"), &item.paper);
    let ground = convert::read_withholding(item.ground);
    let ground = parse.chosen(&format!("withheld[{at}].ground"), ground);
    let authority = reference(&item.authority);
    let authority = parse.chosen(&format!("withheld[{at}].authority"), authority);
    Some(Withheld { paper: paper?, ground: ground?, authority: authority? })
}
