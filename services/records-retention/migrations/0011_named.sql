-- People whom a contact named before anyone told of them: by which records, so that these are theirs once they are known.
ALTER TABLE persons ADD COLUMN known BOOLEAN NOT NULL DEFAULT TRUE;

ALTER TABLE persons ADD COLUMN named JSONB NOT NULL DEFAULT '[]';
