-- How far the reactor has come: by which calendars every open case was last counted.
CREATE TABLE marks (
    mark TEXT NOT NULL PRIMARY KEY,
    reached TEXT NOT NULL
);
