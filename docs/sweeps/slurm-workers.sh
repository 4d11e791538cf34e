#!/bin/bash
# Workers as Slurm jobs, with the server and the coordinator on the login node, reached through an ssh tunnel. On the login node:
#   redis-server --bind 127.0.0.1 --port 6379 …       with requirepass in its configuration file: others log in there too
#   PAL_LAB_QUEUE=redis://:password@localhost:6379 npx pal-lab sweep sweep.json --out sweep
# and, as often as there is work: sbatch docs/sweeps/slurm-workers.sh ~/queue-address login1
# where the file ~/queue-address (chmod 600) holds the line redis://:password@localhost:6379
#SBATCH --cpus-per-task=4
#SBATCH --time=00:30:00
#SBATCH --signal=B:TERM@60
set -euo pipefail
address=${1:?"a file with the address of the queue"}
login=${2:?"the node that the server runs on"}
PAL_LAB_QUEUE=$(cat "$address")
export PAL_LAB_QUEUE
port=${PAL_LAB_QUEUE##*:}
ssh -o ExitOnForwardFailure=yes -N -L "$port:localhost:$port" "$login" &
tunnel=$!
trap 'kill "$tunnel" 2>/dev/null || true' EXIT
until (exec 3<>"/dev/tcp/localhost/$port") 2>/dev/null; do sleep 0.2; done
# the signal that comes before the time is up is handed on: runs under way go back into the queue
npx pal-lab worker --jobs "${SLURM_CPUS_PER_TASK:-1}" --for "${FOR:-25m}" &
worker=$!
trap 'kill -TERM "$worker"' TERM
wait "$worker" || wait "$worker"
