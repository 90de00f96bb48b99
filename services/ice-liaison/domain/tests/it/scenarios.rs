//! Each sentence of the guidance, as something that happens at a desk.

mod admissibility;
mod gateway;
mod letters;
mod report;
mod stages;
mod told;
