#!/bin/sh
# shellcheck shell=dash disable=SC3028,SC3045 # busybox has RANDOM and read -t, and HOSTNAME is the container's
# The shell minion: tells the master that its container runs, then does the tasks that it is given (docs/protocol.md).
#
# It is for pods of 16Mi and 5m of CPU, where each new process costs 100 ms or more of throttling: only requests and
# tasks are processes, all else is done by the shell's builtins. It needs busybox: its `read -t`, RANDOM, wget, nc and
# nslookup.
#
# Environment:
#   MASTER_URL             such as http://master:8888
#   POD_UID                the minion's id, from the downward API; without it the host name
#   POD_NAME NODE_NAME POD_NAMESPACE RUN   sent when they are there
#   MINION_KEY=VALUE       sent as the label KEY; any number of them
#   POLL_SECONDS           how often it asks for tasks: 10; 0 is never
#   REQUEST_SECONDS        how long it waits for an answer: 20
#   RETRY_MAX_SECONDS      the longest back-off: 30
set -f

log() { echo "event=minion.$*" >&2; }

# Sets $up: hundredths of a second since the machine started. (1 less 1, because 08 would be an octal number.)
uptime() {
  read -r up _ </proc/uptime
  up=$((${up%.*} * 100 + 1${up#*.} - 100))
}

# Whether this is a whole number. Arithmetic with anything else ends the shell.
whole() {
  case $1 in
  '' | *[!0-9]* | 0?*) return 1 ;;
  esac
}

# Sets $cpu: hundredths of a second of CPU time that this process took, and $began: when it was started, on the clock of
# $up. They are fields 14, 15 and 22 of stat, counted behind the process name, which may hold blanks and parentheses.
own() {
  local stat
  read -r stat <"/proc/$$/stat"
  # shellcheck disable=SC2086
  set -- ${stat##*) }
  cpu=$((${12} + ${13})) began=${20}
}

uptime
own
# Where containers are shown an uptime of their own (lxcfs), the two clocks differ: take the script's first line instead.
[ "$began" -le "$up" ] || began=$up

# Makes a pipe without a process: an empty here-document is one. Its end for writing is opened by way of /proc.
# Nothing ever comes through number 3: reading from it for a time is how to wait, and TERM interrupts that at once.
exec 3<<EOF
EOF
exec 3<>/proc/self/fd/3
child=
trap 'log stopped; [ -z "$child" ] || kill "$child" 2>/dev/null; exit 0' TERM INT

# Waits. Arguments: SECONDS, with decimals or not.
pause() { read -t "$1" -r _ <&3; }

# Sets $seconds. Arguments: MILLISECONDS.
to_seconds() {
  seconds=00$(($1 % 1000))
  seconds=$(($1 / 1000)).${seconds#"${seconds%???}"}
}

# Runs a command for at most so long and answers with its status. Sets $line and $last: of the lines that it printed.
# Arguments: SECONDS COMMAND...
limited() {
  local seconds=$1 next=
  shift
  line='' last=''
  exec 4<<EOF
EOF
  exec 5>/proc/self/fd/4
  "$@" >&5 2>&1 &
  child=$!
  exec 5>&-
  # Until the command ends and the pipe with it, or until nothing came for too long: then the kill finds it alive.
  while read -t "$seconds" -r next <&4; do line=${line:-$next} last=${next:-$last}; done
  line=${line:-$next} last=${next:-$last}
  kill "$child" 2>/dev/null
  wait "$child"
  set -- $?
  child=
  return "$1"
}

# Asks the master. Arguments: PATH_AND_QUERY. Sets $line: the answer, or what went wrong.
get() { limited "$REQUEST_SECONDS" wget -q -O - "$MASTER_URL$1"; }

# Waits a random while of up to 0.2 s, doubled with every try: full jitter. Arguments: TRIES.
back_off() {
  local most=200 n=1
  while [ "$n" -lt "$1" ] && [ "$most" -lt $((RETRY_MAX_SECONDS * 1000)) ]; do
    most=$((most * 2)) n=$((n + 1))
  done
  [ "$most" -le $((RETRY_MAX_SECONDS * 1000)) ] || most=$((RETRY_MAX_SECONDS * 1000))
  to_seconds $((RANDOM * most / 32768))
  log "retry try=$1 wait_s=$seconds reason=\"${line:-no answer}\""
  pause "$seconds"
}

# Adds to $who what the master is told about this minion. Nothing is encoded: a value that would need it is left out.
# Arguments: NAME VALUE.
tell() {
  case $2 in
  '') ;;
  *[!A-Za-z0-9._:/@-]*) log "left_out parameter=$1 reason=\"only A-Z a-z 0-9 . _ : / @ - are sent\"" ;;
  *) who="$who&$1=$2" ;;
  esac
}

# Every environment variable MINION_KEY is the label KEY.
tell_labels() {
  local IFS='
' line key
  for line in $(export -p); do
    key=${line#export MINION_}
    [ "$key" != "$line" ] || continue
    key=${key%%=*}
    case $key in
    '' | *[!A-Za-z0-9_]*) ;;
    *) eval "tell label.$key \"\$MINION_$key\"" ;;
    esac
  done
}

# Tells the master until it says that it has stored it. Sets $error: milliseconds by which the age may be wrong.
register() {
  local try=1
  while uptime && ! get "/register?$who&try=$try&age_ms=$(((up - began) * 10))"; do
    refused && log "rejected reason=\"$line\"" && return 1
    back_off "$try"
    try=$((try + 1))
  done
  error=$up
  uptime
  error=$(((up - error) * 10 + 20))
  log "registered minion=$id try=$try error_ms=$error"
}

# Whether the master will never take the request that it just failed.
refused() {
  case $line in
  *' 400 '*) true ;;
  *) false ;;
  esac
}

# Takes so much CPU time, unless it takes too long. Arguments: MILLISECONDS TIMEOUT_MS.
burn() {
  local enough deadline n
  own
  enough=$((cpu + $1 / 10)) deadline=$((up + $2 / 10))
  while [ "$cpu" -lt "$enough" ]; do
    n=0
    while [ "$n" -lt 500 ]; do n=$((n + 1)); done
    own
    uptime
    [ "$up" -lt "$deadline" ] || return 1
  done
}

# Sleeps for so long, unless that is too long. Arguments: MILLISECONDS TIMEOUT_MS.
doze() {
  [ "$1" -gt "$2" ] || to_seconds "$1" # otherwise $seconds is the time-out's
  pause "$seconds"
  [ "$1" -le "$2" ]
}

# Does one task. Sets $done, $duration in milliseconds, and $last: what went wrong. Arguments: KIND TIMEOUT_MS SPEC.
perform() {
  local begin
  to_seconds "$2"
  last=''
  uptime
  begin=$up
  case $1:$3 in
  http:http://*) limited "$seconds" wget -q -O /dev/null "$3" ;;
  tcp:[!-]*:?*) limited "$seconds" nc -w $((($2 + 999) / 1000)) "${3%:*}" "${3##*:}" -e true ;;
  dns:[!-]*) limited "$seconds" nslookup "$3" ;;
  cpu:*) whole "$3" && burn "$3" "$2" ;;
  sleep:*) whole "$3" && doze "$3" "$2" ;;
  *) last='this minion can not do that' && false ;;
  esac && done=true || done=false
  uptime
  duration=$(((up - begin) * 10))
}

# Does the task and reports it, until the master has taken the report. Fails when there is no task that has a number.
# Arguments: TASK KIND TIMEOUT_MS SPEC.
work() {
  local task=$1 done=false duration=0 detail='' word try=1
  whole "$task" || return 1
  if [ $# = 4 ] && whole "$3"; then
    perform "$2" "$3" "$4"
  else
    last='a task is NUMBER KIND TIMEOUT_MS SPEC'
  fi
  # Of what went wrong, the words of harmless characters, with + for the blanks between them.
  if [ "$done" = false ]; then
    for word in ${last:-failed or timed out}; do
      case $word in
      *[!A-Za-z0-9.:/_-]*) ;;
      *) detail=$detail${detail:++}$word ;;
      esac
    done
  fi
  while ! get "/task/report?minion_id=$id$in_run&task=$task&done=$done&duration_ms=$duration&detail=$detail"; do
    refused && log "report_rejected task=$task reason=\"$line\"" && return
    back_off "$try"
    try=$((try + 1))
  done
}

# Asks for tasks for ever, each time at once after one was done.
poll() {
  local first="&error_ms=$error"
  to_seconds $((RANDOM % 1000 * POLL_SECONDS))
  pause "$seconds"
  while :; do
    if get "/task?minion_id=$id$in_run$first"; then
      first=
      if [ -n "$line" ]; then
        # shellcheck disable=SC2086
        work $line && continue
        log "task_malformed line=\"$line\""
      fi
    else
      log "poll_failed reason=\"${line:-no answer}\""
    fi
    pause "$POLL_SECONDS"
  done
}

: "${MASTER_URL:?give the address of the master, such as http://master:8888}"
: "${POLL_SECONDS:=10}" "${REQUEST_SECONDS:=20}" "${RETRY_MAX_SECONDS:=30}"
for number in "$POLL_SECONDS" "$REQUEST_SECONDS" "$RETRY_MAX_SECONDS"; do
  whole "$number" || { log "wrong reason=\"POLL_SECONDS, REQUEST_SECONDS and RETRY_MAX_SECONDS are whole numbers\""; exit 2; }
done
id=${POD_UID:-$HOSTNAME}
[ -n "$id" ] || read -r id </proc/sys/kernel/hostname
in_run=${RUN:+&run=$RUN}
who="minion_id=$id$in_run"
tell pod "$POD_NAME"
tell pod_uid "$POD_UID"
tell node "$NODE_NAME"
tell namespace "$POD_NAMESPACE"
tell_labels

register && [ "$POLL_SECONDS" != 0 ] && poll
while :; do pause 3600; done
