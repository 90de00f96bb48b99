//! Process life, configuration, listeners, layers, status mapping, telemetry.
