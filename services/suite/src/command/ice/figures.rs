//! Management information, saved as a file.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use redress_proto::ice_liaison::v1::{
    Breakdown, DownloadFiguresRequest, FigureFormat,
    management_information_service_client::ManagementInformationServiceClient,
};

use crate::{
    client::Failure,
    command::{Session, session::say},
};

/// Save the figures of an ICE year.
#[derive(Args, Debug)]
pub struct Save {
    /// Calendar year in which the ICE year begins, on 1 April
    #[arg(value_name = "YEAR")]
    pub year: i32,
    /// Form of the file
    #[arg(long, default_value = "csv", value_name = "FORM")]
    pub form: Form,
    /// By what to break them down
    #[arg(long, default_value = "provider", value_name = "BY")]
    pub by: By,
    /// Position of the journal up to which entries count [default: all]
    #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "POSITION")]
    pub position: i64,
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
    /// A page to print
    Html,
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

impl Save {
    /// Saves them.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let format = match self.form {
            Form::Csv => FigureFormat::Csv,
            Form::Json => FigureFormat::Json,
            Form::Html => FigureFormat::Html,
        };
        let breakdown = match self.by {
            By::Provider => Breakdown::Provider,
            By::Tier => Breakdown::Tier,
            By::Contract => Breakdown::Contract,
            By::Programme => Breakdown::Programme,
        };
        let question = DownloadFiguresRequest {
            year: self.year,
            breakdown: breakdown.into(),
            position: self.position,
            complaints_position: 0,
            as_of: None,
            format: format.into(),
        };
        let file = session
            .link
            .ask(question, async |stub, request| {
                ManagementInformationServiceClient::new(stub).download_figures(request).await
            })
            .await?;
        if self.to.as_os_str() == "-" {
            return say(String::from_utf8_lossy(&file.content).trim_end());
        }
        std::fs::write(&self.to, &file.content).map_err(Failure::file("write", &self.to))?;
        session.aside(&format!("saved {}", self.to.display()));
        Ok(())
    }
}
