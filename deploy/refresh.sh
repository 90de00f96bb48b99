#!/bin/sh
# Makes the folder TO what FROM is, and touches nothing that is the same: refresh.sh FROM TO
#
# Cargo judges what changed by the times of files, and the time of a file that was checked out elsewhere says nothing: one that
# differs and is older than the last build would be taken for built. What differs is copied here, and so is new.
set -eu
from=$1 to=$2
(cd "$from" && find . -type f) | while IFS= read -r file; do
    cmp --silent "$from/$file" "$to/$file" && continue
    mkdir -p "$(dirname "$to/$file")"
    cp "$from/$file" "$to/$file"
done
(cd "$to" && find . -type f) | while IFS= read -r file; do
    [ -e "$from/$file" ] || rm "$to/$file"
done
