#!/usr/bin/env bash
# Prints a token of the trial's issuer, good for a day: deploy/token.sh ORGANISATION SUBJECT ROLE...
#
#   export REDRESS_TOKEN=$(deploy/token.sh 01890a5d-ac96-774b-bcce-b302099a8057 officer-1 complaints_officer)
#
# PERSON=false makes it a service's, LIFETIME=seconds makes it good for longer.
set -euo pipefail
if [ $# -lt 3 ]; then
    echo "usage: $0 organisation subject role..." >&2
    exit 64
fi
cd "$(dirname "$0")"
organisation=$1 subject=$2
shift 2
roles=$(printf '"%s",' "$@")
now=$(date +%s)
encoded() { base64 | tr -d '=\n' | tr '+/' '-_'; }
head=$(printf '{"alg":"EdDSA","typ":"JWT","kid":"development"}' | encoded)
body=$(printf '{"iss":"%s","aud":"%s","sub":"%s","org":"%s","roles":[%s],"person":%s,"iat":%d,"nbf":%d,"exp":%d}' \
    "${REDRESS_ISSUER:-redress-development}" "${REDRESS_AUDIENCE:-redress}" "$subject" "$organisation" \
    "${roles%,}" "${PERSON:-true}" "$now" "$((now - 1))" "$((now + ${LIFETIME:-86400}))" | encoded)
text=$(mktemp)
trap 'rm -f "$text"' EXIT
printf '%s.%s' "$head" "$body" >"$text"
printf '%s.%s.%s\n' "$head" "$body" "$(openssl pkeyutl -sign -keyform DER -inkey secrets/trial/development-issuer.key -rawin -in "$text" | encoded)"
