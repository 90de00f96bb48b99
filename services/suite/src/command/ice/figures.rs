//! Management information, shown or saved as a file.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use redress_proto::ice_liaison::v1::{
    Breakdown, DownloadFiguresRequest, FigureFormat, GetFiguresRequest,
    management_information_service_client::ManagementInformationServiceClient,
};

use crate::{
    client::Failure,
    command::{Session, session::say},
    present::figures,
};

/// Show or save the figures of an ICE year.
#[derive(Args, Debug)]
pub struct Figures {
    /// Calendar year in which the ICE year begins, on 1 April
    #[arg(value_name = "YEAR")]
    pub year: i32,
    /// Form of the file [default: csv]; with neither form nor file they are shown
    #[arg(long, value_name = "FORM")]
    pub form: Option<Form>,
    /// By what to break them down
    #[arg(long, default_value = "provider", value_name = "BY")]
    pub by: By,
    /// Position of the journal up to which entries count [default: all]
    #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "POSITION")]
    pub position: i64,
    /// Position of the complaints journal up to which entries count [default: all]
    #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "POSITION")]
    pub complaints_position: i64,
    /// File to write; - prints it
    #[arg(long, default_value = "-", value_name = "FILE")]
    pub to: PathBuf,
}

/// Form of a file of figures.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Form {
    /// Comma-separated values
    Csv,
    /// JSON
    Json,
    /// A page to print, for a browser
    Html,
    /// The same as a PDF
    Pdf,
}

/// By what figures are broken down.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum By {
    /// Provider
    Provider,
    /// Tier in the supply chain
    Tier,
    /// Contract
    Contract,
    /// Programme
    Programme,
}

impl Figures {
    /// Shows or saves them.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let breakdown = match self.by {
            By::Provider => Breakdown::Provider,
            By::Tier => Breakdown::Tier,
            By::Contract => Breakdown::Contract,
            By::Programme => Breakdown::Programme,
        };
        let to_file = self.to.as_os_str() != "-";
        match self.form.or(to_file.then_some(Form::Csv)) {
            Some(form) => self.save(session, form, breakdown).await,
            None => self.show(session, breakdown).await,
        }
    }

    async fn show(self, session: &Session, breakdown: Breakdown) -> Result<(), Failure> {
        let question = GetFiguresRequest {
            year: self.year,
            breakdown: breakdown.into(),
            position: self.position,
            complaints_position: self.complaints_position,
            as_of: None,
        };
        let found = session
            .link
            .ask(question, async |stub, request| {
                ManagementInformationServiceClient::new(stub).get_figures(request).await
            })
            .await?;
        session.answer(&found, |screen, found| figures::show(screen, found.figures.as_ref()))
    }

    async fn save(self, session: &Session, form: Form, breakdown: Breakdown) -> Result<(), Failure> {
        let printed = self.to.as_os_str() == "-";
        let format = match form {
            Form::Csv => FigureFormat::Csv,
            Form::Json => FigureFormat::Json,
            Form::Html => FigureFormat::Html,
            Form::Pdf if printed => {
                let words = "a PDF is not to be read on a screen: say where with --to".to_owned();
                return Err(Failure::Usage(words));
            }
            Form::Pdf => FigureFormat::Pdf,
        };
        let question = DownloadFiguresRequest {
            year: self.year,
            breakdown: breakdown.into(),
            position: self.position,
            complaints_position: self.complaints_position,
            as_of: None,
            format: format.into(),
        };
        let file = session
            .link
            .ask(question, async |stub, request| {
                ManagementInformationServiceClient::new(stub).download_figures(request).await
            })
            .await?;
        if printed {
            return say(String::from_utf8_lossy(&file.content).trim_end());
        }
        std::fs::write(&self.to, &file.content).map_err(Failure::file("write", &self.to))?;
        session.aside(&format!("saved {}", self.to.display()));
        Ok(())
    }
}
