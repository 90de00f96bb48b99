//! Complaints: from first contact to final response.
