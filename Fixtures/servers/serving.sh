# shellcheck shell=bash
# Read by the servers beside it: starts processes, and ends exactly those.

# One for each process that was started: the id of its process group.
started=()

# start LOG COMMAND...: in the background, in a process group of its own.
start() {
  local log=$1
  shift
  set -m
  "$@" > "$log" 2>&1 < /dev/null &
  set +m
  started+=("$!")
}

# Asks every process group to end, the last one first, and insists after ten seconds.
end_all() {
  trap - EXIT INT TERM HUP
  local index group attempt
  for ((index = ${#started[@]} - 1; index >= 0; index--)); do
    group=${started[index]}
    kill -TERM -- "-$group" 2> /dev/null || continue
    for ((attempt = 0; attempt < 100; attempt++)); do
      kill -0 -- "-$group" 2> /dev/null || break
      sleep 0.1
    done
    kill -KILL -- "-$group" 2> /dev/null || true
  done
}

# end_with_caller: whatever way this script ends, what it started ends too.
end_with_caller() {
  trap end_all EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  trap 'exit 129' HUP
}

# answers URL LOG: waits until something answers there, at most two minutes, or says why nothing will.
answers() {
  local url=$1 log=$2 end=$((SECONDS + 120)) status
  while ((SECONDS < end)); do
    status=$(curl --silent --noproxy '*' --output /dev/null --max-time 5 --write-out '%{http_code}' "$url" || true)
    if [[ $status != 000 && $status -lt 500 ]]; then return; fi
    if ! kill -0 -- "-${started[-1]}" 2> /dev/null; then break; fi
    sleep 0.25
  done
  echo "nothing answers at $url; the end of $log:" >&2
  tail -20 "$log" >&2
  return 1
}

# free_ports COUNT: as many loopback ports that nothing listens on now.
free_ports() {
  python3 - "$1" << 'PYTHON'
import socket, sys
sockets = [socket.socket() for _ in range(int(sys.argv[1]))]
for one in sockets:
    one.bind(("127.0.0.1", 0))
print(*(one.getsockname()[1] for one in sockets))
PYTHON
}

# until_input_ends: returns when standard input does, or when the server that was started last has died.
until_input_ends() {
  local status
  while true; do
    status=0
    read -r -t 1 _ || status=$?
    if ((status > 0 && status <= 128)); then return 0; fi
    if ! kill -0 -- "-${started[-1]}" 2> /dev/null; then
      echo "the server ended by itself" >&2
      return 1
    fi
  done
}
