#!/usr/bin/env bash
# Makes the databases and roles of the services it is given, on the server of the data and on that of the keys.
#
# A service has two roles on each: `{service}-owner` owns the tables and is used by migrations alone; `{service}` reads and
# writes rows and can do nothing to the tables. Neither sees another service's database. Runs as often as one likes.
set -euo pipefail

secret() { cat "${SECRETS:-/run/secrets}/$1"; }

as_superuser() { # server, database, then psql's own arguments; statements on standard input
    local server=$1 database=$2
    shift 2
    PGPASSWORD=$(secret "$server/superuser") psql --host="$server" --username=postgres --dbname="$database" \
        --no-psqlrc --quiet --set=ON_ERROR_STOP=1 "$@"
}

prepare() { # server, kind of password, service
    local server=$1 kind=$2 service=$3
    as_superuser "$server" postgres --set=service="$service" --set=owner="$service-owner" \
        --set=password="$(secret "$service/runtime/$kind")" --set=owner_password="$(secret "$service/owner/$kind")" <<'SQL'
-- The passwords must not appear in the server's log.
SET log_statement = 'none';
SET log_min_error_statement = 'panic';
SELECT format('CREATE ROLE %I', name) FROM unnest(ARRAY[:'service', :'owner']) AS name
    WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
ALTER ROLE :"service" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'password';
ALTER ROLE :"owner" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD :'owner_password';
SELECT format('CREATE DATABASE %I OWNER %I', :'service', :'owner')
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'service') \gexec
REVOKE ALL ON DATABASE :"service" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"service" TO :"service";
SQL
    as_superuser "$server" "$service" --set=service="$service" --set=owner="$service-owner" <<'SQL'
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO :"owner";
GRANT USAGE ON SCHEMA public TO :"service";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO :"service";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"service";
SQL
}

for service in "$@"; do
    prepare postgres database "$service"
    prepare keyring keyring "$service"
    echo "databases and roles of $service are there"
done
