//! Printable documents: letters and reports as text and PDF.
