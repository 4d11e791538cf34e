#!/bin/bash
# A Slurm job array: each task computes one part of the sweep, many runs. sbatch docs/sweeps/slurm-array.sh sweep.json /scratch/me/sweep
#SBATCH --array=1-50%20
#SBATCH --cpus-per-task=4
#SBATCH --time=00:30:00
#SBATCH --signal=B:TERM@60
#SBATCH --requeue
set -euo pipefail
config=${1:?"the sweep's configuration, a JSON file"}
folder=${2:?"a folder that all nodes share"}
# exec: the signal that comes before the time is up reaches pal-lab, which keeps what is finished
exec npx pal-lab sweep "$config" --out "$folder" --shard slurm --jobs "${SLURM_CPUS_PER_TASK:-1}"
