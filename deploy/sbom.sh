#!/bin/sh
# Writes what the `redress` binary is made of to standard output, as a CycloneDX list: every crate that is linked into it,
# with its version, its licence and where it comes from. Build-time crates are left out; the system's packages are listed
# by the runtime image itself.
set -eu
cd "$(dirname "$0")/.."

version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
cat <<HEAD
{
  "bomFormat": "CycloneDX",
  "specVersion": "1.5",
  "version": 1,
  "metadata": { "component": { "type": "application", "name": "redress", "version": "$version", "bom-ref": "redress" } },
  "components": [
HEAD
# {p} is "name v1.2.3", with the folder behind it for our own.
cargo tree --locked --package redress --edges normal --prefix none --format '{p}|{l}' |
    sed 's/ (\*)//; s/ (proc-macro)//' | sort -u | awk -F '|' '
    {
        split($1, part, " ")
        name = part[1]; version = substr(part[2], 2); ours = index($1, "(") > 0
        licence = $2; gsub(/ *\/ */, " OR ", licence); gsub(/"/, "", licence)
        source = ours ? "" : sprintf(", \"purl\": \"pkg:cargo/%s@%s\"", name, version)
        terms = licence == "" ? "" : sprintf(", \"licenses\": [{ \"expression\": \"%s\" }]", licence)
        printf "%s    { \"type\": \"library\", \"name\": \"%s\", \"version\": \"%s\", \"bom-ref\": \"%s@%s\"%s%s }", (NR > 1 ? ",\n" : ""), name, version, name, version, source, terms
    }
    END { print "" }'
printf '  ]\n}\n'
