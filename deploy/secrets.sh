#!/usr/bin/env bash
# Makes the secrets that are missing: deploy/secrets.sh [service...]
#
# What is there is left alone. Each service's container sees its own folder and no other. For production, put your identity
# provider's key set in place of issuer.jwks, and keep the folder where you keep such things. For a trial, the issuer made
# here is the development issuer: its key in trial/ signs for `deploy/token.sh`, and for `redress token` and `redress demo`
# with `--data deploy/secrets/trial`.
set -euo pipefail
cd "$(dirname "$0")"
umask 077
mkdir -p secrets
# The folder itself is its owner's alone. What is in it must be readable by the containers' users, who get there by mount.
chmod 700 secrets

write() { # file, command that prints the secret
    local file=secrets/$1
    shift
    [ -s "$file" ] && return
    mkdir -p "$(dirname "$file")"
    "$@" >"$file"
}
password() { openssl rand -hex 24; }
key() { openssl rand -base64 32; }
encoded() { base64 | tr -d '=\n' | tr '+/' '-_'; }
# The public half of an Ed25519 key is the last 32 bytes of its DER form.
key_set() {
    local x
    x=$(openssl pkey -inform DER -in "secrets/$issuer" -pubout -outform DER | tail -c 32 | encoded)
    printf '{"keys":[{"kty":"OKP","crv":"Ed25519","use":"sig","alg":"EdDSA","kid":"development","x":"%s"}]}\n' "$x"
}

# Who a service is to the others: a service of the suite, party to nothing. Good for a year; delete the file to have another.
token() { PERSON=false LIFETIME=31536000 ./token.sh 00000000-0000-7000-8000-726564726573 "redress-$1" service; }

issuer=trial/development-issuer.key
if [ ! -s secrets/issuer.jwks ]; then
    write "$issuer" openssl genpkey -algorithm ed25519 -outform DER
    write issuer.jwks key_set
fi
write postgres/superuser password
write keyring/superuser password
write grafana/admin password
for service in "$@"; do
    for role in owner runtime; do
        write "$service/$role/database" password
        write "$service/$role/keyring" password
    done
    # The same for both roles: a migration opens what the service opens.
    write "$service/runtime/master-key" key
    write "$service/runtime/signing-key" key
    write "$service/owner/master-key" cat "secrets/$service/runtime/master-key"
    write "$service/owner/signing-key" cat "secrets/$service/runtime/signing-key"
    # With an identity provider of your own, its tokens for the services are put here.
    if [ -s "secrets/$issuer" ]; then
        write "$service/runtime/token" token "$service"
        write "$service/owner/token" cat "secrets/$service/runtime/token"
    fi
done
find secrets -mindepth 1 -type d -exec chmod 755 {} +
find secrets -mindepth 1 -type f ! -path "secrets/$issuer" -exec chmod 644 {} +
