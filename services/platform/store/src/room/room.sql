-- What is written here means nothing: it is written to find out whether there is room for it.
CREATE TABLE room (
    room_id BIGINT NOT NULL PRIMARY KEY CHECK (room_id = 1),
    filler BYTEA NOT NULL
);
