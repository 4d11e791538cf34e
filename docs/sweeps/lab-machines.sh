#!/bin/bash
# Machines of a lab and a queue: this one holds the server and keeps the results, the others, reached by ssh, compute. Its name is as they know it.
# docs/sweeps/lab-machines.sh sweep.json out/sweep head machine2 machine3 …
set -euo pipefail
config=${1:?"the sweep's configuration, a JSON file"}
folder=${2:?"the folder of the sweep"}
head=${3:?"the name of this machine, as the others know it"}
shift 3
port=${PORT:-6379}
password=$(head -c 32 /dev/urandom | sha256sum | cut -c1-32)

# the password goes through pipes and the environment: whoever looks at the processes (ps) does not see it
printf 'port %s\nrequirepass %s\nsave ""\nmaxmemory-policy noeviction\n' "$port" "$password" | redis-server - >/dev/null &
server=$!
workers=()
trap 'kill "${workers[@]}" "$server" 2>/dev/null || true' EXIT
until (exec 3<>"/dev/tcp/localhost/$port") 2>/dev/null; do sleep 0.2; done

for machine in "$@"; do
  ssh "$machine" 'read -r PAL_LAB_QUEUE; export PAL_LAB_QUEUE; exec npx pal-lab worker --jobs '"${JOBS:-4}" \
    <<<"redis://:$password@$head:$port" &
  workers+=($!)
done
PAL_LAB_QUEUE="redis://:$password@localhost:$port" npx pal-lab sweep "$config" --out "$folder"
