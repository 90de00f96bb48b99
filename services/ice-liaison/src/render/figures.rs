//! Figures, as callers see them.

use ice_liaison_domain::figures::Figure;
use redress_proto::ice_liaison::v1 as proto;

use crate::convert;

/// A row of figures.
pub(crate) fn row(key: &str, figures: &[Figure]) -> proto::FigureRow {
    let figure = |figure: &Figure| proto::Figure {
        measure: convert::measure(figure.measure).into(),
        count: figure.count,
        average_hundredths: figure.average_hundredths,
        in_standard: figure.in_standard,
        pence: figure.pence,
    };
    proto::FigureRow { key: key.to_owned(), figures: figures.iter().map(figure).collect() }
}
