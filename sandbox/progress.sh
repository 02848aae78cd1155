# Sourced. Shows long steps: their name, that they go on, how long they took, and why they failed.

sandbox_state=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/.sandbox

# Waits for its turn: two scripts that make the same things at once would break each other's.
one_at_a_time() {
  mkdir -p "$sandbox_state"
  exec {turn}> "$sandbox_state/turn"
  flock --nonblock "$turn" || { echo "  waiting for another script of this checkout …" >&2; flock "$turn"; }
}

# step NAME COMMAND…: runs the command with its output in a log file. Says nothing about what takes under two seconds.
step() {
  local name=$1 started=$SECONDS log beat status
  shift
  mkdir -p "$sandbox_state/logs"
  log=$sandbox_state/logs/${name//[^a-zA-Z0-9.]/-}.log
  heartbeat "$name" &
  beat=$!
  set +e
  (set -e; "$@") > "$log" 2>&1
  status=$?
  set -e
  kill "$beat" 2> /dev/null
  wait "$beat" 2> /dev/null || true
  report "$name" "$status" $((SECONDS - started)) "$log"
  return "$status"
}

# In the background Ctrl-C is ignored, so this ends by itself when the script that started it is gone. It waits with
# a read that never gets anything: a sleep would outlive it, and keep a pipe that somebody reads from open.
heartbeat() {
  local started=$SECONDS never
  exec {never}<> <(:)
  read -rt 2 -u "$never" || true
  while kill -0 $$ 2> /dev/null; do
    printf '  %s: %s s …\n' "$1" $((SECONDS - started)) >&2
    read -rt 10 -u "$never" || true
  done
}

report() {  # report NAME STATUS SECONDS LOG
  if [ "$2" != 0 ]; then
    printf '  %s failed after %s s. The end of %s:\n' "$1" "$3" "$4" >&2
    tail -n 20 "$4" >&2
  elif [ "$3" -ge 2 ]; then
    printf '  %s: done in %s s\n' "$1" "$3" >&2
  fi
}
