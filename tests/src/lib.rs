//! Journeys, contracts, architecture, simulation and load.
