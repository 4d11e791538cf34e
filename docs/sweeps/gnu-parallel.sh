#!/bin/bash
# GNU parallel on machines that share a folder: hosts.txt has a line for each (4/node1 takes four at once), or ":" for this one.
# docs/sweeps/gnu-parallel.sh sweep.json /shared/sweep hosts.txt [parts]
set -euo pipefail
config=${1:?"the sweep's configuration, a JSON file"}
folder=${2:?"a folder that all machines share"}
hosts=${3:?"a file with the names of the machines"}
parts=${4:-50}
seq "$parts" | parallel --sshloginfile "$hosts" --workdir . --retries 3 \
  npx pal-lab sweep "$config" --out "$folder" --shard "{}/$parts" --jobs 1
