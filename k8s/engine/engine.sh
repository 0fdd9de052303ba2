#!/bin/sh
# shellcheck shell=dash disable=SC3028,SC3045 # busybox has RANDOM and read -t, and HOSTNAME is the container's
# The shell engine: holds a connection to a broker, on which it sends heartbeats and does as told, by protocol v2
# (docs/protocol.md).
#
# It is for pods of 16Mi and 5m of CPU, where each new process costs 100 ms or more of throttling: a connection is one
# process, nc, and work is another one; a heartbeat and its answer need none, they are the shell's builtins. It needs
# busybox: its `read -t`, RANDOM, nc and renice.
#
# Environment:
#   ENGINE_BROKER      where the broker listens, such as broker:1337
#   ENGINE_ID          the engine's id; without it POD_UID, from the downward API; without that the host name
#   ENGINE_HEARTBEAT   seconds between two heartbeats, 1 to 3600: 10
#   ENGINE_TIMEOUT     seconds until a connection must be made and registered, 1 to 600: 10
#   ENGINE_RETRY       how often in a row it tries again before it ends with 1: 4; or forever
#   ENGINE_RETRY_WAIT  seconds before the first retry, 1 to 3600; the next ones wait two, three and four times as long: 3
set -f

log() { echo "event=engine.$*" >&2; }

# Ends because of a wrong setting. Arguments: WHAT_AND_HOW_TO_MEND_IT.
wrong() {
  log "wrong reason=\"$1\""
  exit 2
}

# Sets $up: hundredths of a second since the machine started. (1 less 1, because 08 would be an octal number.)
uptime() {
  read -r up _ </proc/uptime
  up=$((${up%.*} * 100 + 1${up#*.} - 100))
}

# Whether this is a number as the protocol has it. Arithmetic with anything else ends the shell.
number() {
  case $1 in
  '' | *[!0-9]* | 0?* | ?????????????????*) return 1 ;;
  esac
}

# Whether this is a number in the range. Arguments: NUMBER LEAST MOST.
within() { number "$1" && [ "$1" -ge "$2" ] && [ "$1" -le "$3" ]; }

# Sets $seconds. Arguments: HUNDREDTHS.
to_seconds() {
  seconds=0$(($1 % 100))
  seconds=$(($1 / 100)).${seconds#"${seconds%??}"}
}

# Tells the broker a message. Fails when nc has ended.
say() { echo "$1" >&7; }

# Pipes are made without a process: an empty here-document is one. Its end for writing is opened by way of /proc.
# 3 is one that nothing ever comes through: reading from it for a time is how to wait. 4 is what the broker says, and 7
# what it is told. 8 is what work has come to.

connect() {
  exec 4<<EOF
EOF
  exec 5>/proc/self/fd/4
  exec 6<<EOF
EOF
  exec 7>/proc/self/fd/6
  # It must not hold the writing end of its own input, nor must anyone but it hold that of its output: an end is seen.
  nc "$host" "$port" <&6 >&5 2>&5 3<&- 4<&- 5>&- 6<&- 7>&- 8<&- &
  nc=$!
  exec 5>&- 6<&-
  phase=greeting
  connections=$((connections + 1))
  uptime
  due=$((up + timeout))
  say "MUSTER:2:NewEngine:$id:$last${token:+:$token}"
}

disconnect() {
  exec 4<&- 7>&-
  kill "$nc" 2>/dev/null
  wait "$nc" 2>/dev/null
  phase=waiting lost=$((lost + unacknowledged)) unacknowledged=0
}

# Says good-bye and ends all processes. The broker answers BYE or closes; it is not waited for longer than 2 s.
leave() {
  phase=leaving line=''
  say BYE
  exec 7>&-
  uptime
  due=$((up + 200))
  while [ "$line" != BYE ] && [ "$up" -lt "$due" ] && read -t 1 -r line <&4; do uptime; done
  kill "$nc" 2>/dev/null
}

# Ends. Arguments: CODE.
end() {
  [ -z "$worker" ] || kill "$worker" 2>/dev/null
  log "ended code=$1 last=$last acknowledged=$acknowledged lost=$((lost + unacknowledged)) connections=$connections"
  exit "$1"
}

stop() {
  case $phase in
  live) leave ;;
  greeting) kill "$nc" 2>/dev/null ;;
  esac
  end 0
}

# The broker has registered the engine. Arguments: WORD TOKEN LAST.
registered() {
  token=$2 phase=live failures=0
  [ "$3" -le "$last" ] || last=$3
  # A schedule is kept over reconnections. Its beginning is a random one: many engines started together must not beat together.
  if [ -z "$beat" ]; then
    beat=$((up + RANDOM * period / 32768))
  elif [ "$beat" -le "$up" ]; then
    beat=$((beat + ((up - beat) / period + 1) * period))
  fi
  due=$beat
  log "registered engine=$id how=$1 last=$last connection=$connections"
}

# Sends the heartbeat that is due. Its time is what the clock shows now, its lateness against the schedule: what is late
# does not make the next one late.
heartbeat() {
  last=$((last + 1))
  [ "$unacknowledged" != 0 ] || heard=$up
  unacknowledged=$((unacknowledged + 1))
  beat=$((due + period))
  if ! say "HeartBeat:$id:$last:${up}0000:$(((up - due) * 10000))"; then
    reason='the connection has ended'
    return 1
  fi
  due=$beat
}

# Does what $line says. Fails, with $reason, when the connection can't go on.
hear() {
  IFS=:
  # shellcheck disable=SC2086 # its fields
  set -- $line
  unset IFS # it is blanks then
  case $phase:$#:$line in
  live:3:ACK:*)
    if [ "$2" = $((last - unacknowledged + 1)) ] && [ "$unacknowledged" != 0 ] && number "$3"; then
      unacknowledged=$((unacknowledged - 1)) acknowledged=$((acknowledged + 1)) heard=$up
      return
    fi
    ;;
  live:3:DOWORK:*)
    if within "$2" 0 86400000 && number "$3"; then
      say "CONFIRM:$3"
      orders="$orders$2:$token:$3 "
      return
    fi
    ;;
  live:3:KILL:*)
    if within "$2" 0 255 && number "$3"; then
      say "CONFIRM:$3"
      leave
      end "$2"
    fi
    ;;
  greeting:4:SUCCESS:Registered:* | greeting:4:SUCCESS:Resumed:*)
    case $3 in
    *[!0-9a-f]*) ;;
    ????????????????) number "$4" && registered "$2" "$3" "$4" && return ;;
    esac
    ;;
  greeting:*:FAILLED:* | *:ERROR:*)
    reason="the broker says $line"
    return 1
    ;;
  *:nc:*)
    reason=$line
    return 1
    ;;
  esac
  reason="the broker sent what can't be understood here: $line"
  return 1
}

# Sets $cpu: hundredths of a second of CPU time that a process took: fields 14 and 15 of its stat, counted behind the
# name, which may hold blanks and parentheses. Sets $pid. Arguments: PID, or self.
taken() {
  local stat
  read -r stat <"/proc/$1/stat"
  pid=${stat%% *}
  # shellcheck disable=SC2086
  set -- ${stat##*) }
  cpu=$((${12} + ${13}))
}

# Takes so much CPU time, and prints how many milliseconds it really was. For a process of its own, which gives way to
# the heartbeats. Arguments: MILLISECONDS.
burn() {
  local pid cpu begin n
  taken self
  renice -n 19 -p "$pid" >/dev/null 2>&1
  begin=$cpu
  while [ $(((cpu - begin) * 10)) -lt "$1" ]; do
    n=0
    while [ "$n" -lt 500 ]; do n=$((n + 1)); done
    taken self
  done
  echo $(((cpu - begin) * 10))
}

# Begins the next work that was ordered, when there is none under way.
work() {
  while [ -z "$worker" ] && [ -n "$orders" ]; do
    order=${orders%% *}
    orders=${orders#* }
    exec 8<<EOF
EOF
    exec 5>/proc/self/fd/8
    burn "${order%%:*}" >&5 3<&- 4<&- 5>&- 7>&- 8<&- &
    worker=$!
    exec 5>&-
  done
}

# Tells of the work that has ended, if it has, and begins the next. The signal of its end interrupts every `read -t`.
worked() {
  local result=
  # Time 0: whether there is something to be read, or the end.
  [ -n "$worker" ] && read -t 0 -r _ <&8 || return 1
  read -r result <&8
  wait "$worker" 2>/dev/null
  worker=''
  order=${order#*:}
  if [ -z "$result" ]; then
    log "work_failed order=${order#*:} reason=\"its process was ended, perhaps for memory\""
  elif [ "$phase" = live ] && [ "${order%%:*}" = "$token" ]; then
    say "DONE:${order#*:}:$result"
    log "worked order=${order#*:} cpu_ms=$result"
  else
    # There is no connection, or a broker that gave another token and knows nothing of the order.
    log "worked order=${order#*:} cpu_ms=$result told=false"
  fi
  work
}

# Talks with the broker until the connection can't go on. Sets $reason.
converse() {
  local early='' rest=''
  while :; do
    while [ "$up" -ge "$due" ]; do
      if [ "$phase" = greeting ]; then
        reason="no answer to the registration in $ENGINE_TIMEOUT s"
        return
      fi
      heartbeat || return
    done
    to_seconds $((due - up))
    # One letter is waited for, and then its line: `read -t` throws away the part of a line that it has in its time.
    # An empty IFS leaves the blanks at the ends of what is read.
    if IFS='' read -t "$seconds" -n 1 -r line <&4; then
      if [ -n "$line" ] && ! IFS='' read -t "$ENGINE_TIMEOUT" -r rest <&4; then
        reason='the connection has ended within a message'
        return
      fi
      line=$line$rest early='' rest=''
      uptime
      hear || return
      work
      continue
    fi
    # It was time, or the end of work, or that of the connection: after that, reading fails again at once.
    uptime
    if worked || [ "$up" -ge "$due" ]; then
      early=
    elif [ -n "$early" ]; then
      reason='the connection has ended'
      return
    else
      early=1
    fi
    if [ "$unacknowledged" != 0 ] && [ $((up - heard)) -gt $((4 * period)) ]; then
      reason='no heartbeat was acknowledged for four periods'
      return
    fi
  done
}

# Waits before the next try, or gives up.
retry() {
  failures=$((failures + 1))
  if [ "$ENGINE_RETRY" != forever ] && [ "$failures" -gt "$ENGINE_RETRY" ]; then
    log "gave_up broker=$ENGINE_BROKER tries=$failures reason=\"$reason\"" \
      "fix=\"start the broker, mend ENGINE_BROKER, or set ENGINE_RETRY=forever\""
    end 1
  fi
  local times=$failures
  [ "$times" -le 4 ] || times=4
  # Spread over a third of the first wait: engines that lost the same broker must not come back together.
  uptime
  due=$((up + times * ENGINE_RETRY_WAIT * 100 + RANDOM * ENGINE_RETRY_WAIT * 100 / 3 / 32768))
  to_seconds $((due - up))
  log "retry try=$((failures + 1)) wait_s=$seconds reason=\"$reason\""
  while [ "$up" -lt "$due" ]; do
    to_seconds $((due - up))
    read -t "$seconds" -r _ <&3
    worked
    uptime
  done
}

: "${ENGINE_HEARTBEAT:=10}" "${ENGINE_TIMEOUT:=10}" "${ENGINE_RETRY:=4}" "${ENGINE_RETRY_WAIT:=3}"
host=${ENGINE_BROKER%:*} port=${ENGINE_BROKER##*:}
case $ENGINE_BROKER in
*[!A-Za-z0-9._:-]* | -* | :* | *:*:*) host= ;;
*:*) ;;
*) host= ;;
esac
if [ -z "$host" ] || ! within "$port" 1 65535; then
  wrong "ENGINE_BROKER is '$ENGINE_BROKER': give the broker's HOST:PORT, such as broker:1337"
fi
within "$ENGINE_HEARTBEAT" 1 3600 || wrong "ENGINE_HEARTBEAT is '$ENGINE_HEARTBEAT': give whole seconds, 1 to 3600"
within "$ENGINE_TIMEOUT" 1 600 || wrong "ENGINE_TIMEOUT is '$ENGINE_TIMEOUT': give whole seconds, 1 to 600"
within "$ENGINE_RETRY_WAIT" 1 3600 || wrong "ENGINE_RETRY_WAIT is '$ENGINE_RETRY_WAIT': give whole seconds, 1 to 3600"
[ "$ENGINE_RETRY" = forever ] || within "$ENGINE_RETRY" 0 1000000 ||
  wrong "ENGINE_RETRY is '$ENGINE_RETRY': give 0 to 1000000, or forever"
id=${ENGINE_ID:-${POD_UID:-$HOSTNAME}}
[ -n "$id" ] || read -r id </proc/sys/kernel/hostname
case $id in
*[!A-Za-z0-9._-]*) wrong "the engine's id is '$id': give an ENGINE_ID of A-Z a-z 0-9 . _ - alone" ;;
esac
[ ${#id} -le 128 ] || wrong "the engine's id has ${#id} characters: give an ENGINE_ID of at most 128"

period=$((ENGINE_HEARTBEAT * 100)) timeout=$((ENGINE_TIMEOUT * 100))
phase=waiting token='' last=0 beat='' heard=0 unacknowledged=0 acknowledged=0 lost=0 connections=0 failures=0
orders='' worker='' order='' nc=''
exec 3<<EOF
EOF
exec 3<>/proc/self/fd/3
trap stop TERM INT
trap : CHLD
trap '' PIPE

while :; do
  connect
  converse
  disconnect
  retry
done
