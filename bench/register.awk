# Makes bench/register's table, and its JSON in the file named by json, of lines
# "WHAT REQUESTS-PER-SECOND P99 MASTER-CPU DATABASE-CPU LOAD-CPU", CPU in microseconds per request.

{
  n[$1]++
  rate[$1, n[$1]] = $2
  p99[$1, n[$1]] = $3
  master_cpu[$1, n[$1]] = $4
  db_cpu[$1, n[$1]] = $5
  wrk_cpu[$1, n[$1]] = $6
}

# The values of one array for one key, sorted into sorted[1..count].
function sort_of(values, key, count,   i, j, v) {
  for (i = 1; i <= count; i++) {
    v = values[key, i]
    for (j = i - 1; j >= 1 && sorted[j] > v; j--) sorted[j + 1] = sorted[j]
    sorted[j + 1] = v
  }
}
function median(values, key, count) {
  sort_of(values, key, count)
  return count % 2 ? sorted[(count + 1) / 2] : (sorted[count / 2] + sorted[count / 2 + 1]) / 2
}
function thousands(v,   text) {
  text = sprintf("%.0f", v)
  while (text ~ /[0-9][0-9][0-9][0-9]/) text = gensub_once(text)
  return text
}
# "12345,678" becomes "12,345,678".
function gensub_once(text,   end) {
  match(text, /[0-9]+/)
  end = RSTART + RLENGTH - 4
  return substr(text, 1, end) "," substr(text, end + 1)
}
function row(what, key, ratio, target, met,   low, high, mid) {
  mid = median(rate, key, n[key]); low = sorted[1]; high = sorted[n[key]]
  printf "| %s | %s (%s - %s) | %.1f | %.0f + %.0f + %.0f | %s | %s | %s |\n", what, thousands(mid), thousands(low), \
    thousands(high), median(p99, key, n[key]), median(master_cpu, key, n[key]), median(db_cpu, key, n[key]), \
    median(wrk_cpu, key, n[key]), ratio, target, met
}
function figures(key,   low, high, mid, i, list) {
  mid = median(rate, key, n[key]); low = sorted[1]; high = sorted[n[key]]
  for (i = 1; i <= n[key]; i++) list = list (i > 1 ? ", " : "") rate[key, i]
  return sprintf("{\"requests_per_second\": {\"median\": %s, \"min\": %s, \"max\": %s, \"rounds\": [%s]}, \"p99_ms_median\": %s, \"cpu_us_per_request_median\": {\"master\": %s, \"mariadb\": %s, \"wrk\": %s}}", \
    mid, low, high, list, median(p99, key, n[key]), median(master_cpu, key, n[key]), median(db_cpu, key, n[key]), \
    median(wrk_cpu, key, n[key]))
}

# A target as bench/all reads it, of the rate of batches beside another one.
function target(what, name, value, least, met) {
  printf "  {\"what\": \"%s\", \"unit\": \"/s\", \"muster\": %s, \"peer\": {\"name\": \"%s\", \"value\": %s}, \"target\": \"at least %s times\", \"met\": %s}", \
    what, median(rate, "batch", n["batch"]), name, value, least, met ? "true" : "false" >json
}

END {
  for (i = 1; i <= rounds; i++) {
    ratio["single", i] = rate["batch", i] / rate["single", i]
    ratio["empty", i] = rate["batch", i] / rate["empty", i]
  }
  over_single = median(ratio, "single", rounds)
  of_empty = median(ratio, "empty", rounds)
  single_met = over_single >= batch_target
  empty_met = of_empty >= empty_target

  print "# Registrations"
  print ""
  printf "`bench/register`, %s: %s, %s cores of %s, %s, MariaDB %s with innodb_flush_log_at_trx_commit=1, wrk with %s connections, all on one machine. ", \
    date, muster, cores, cpu, jvm, server, connections
  printf "%s rounds of %s s, the three in turn. wrk is a closed loop: its latencies hide waiting.\n", rounds, seconds
  print ""
  print "| what | requests/s: median (min - max) | p99 ms | CPU us per request: master + MariaDB + wrk | ratio | target | |"
  print "|---|---|---|---|---|---|---|"
  row("empty endpoint of the same server", "empty", "", "", "")
  row("master, batches of up to 256", "batch", sprintf("%.0f %% of the empty endpoint", 100 * of_empty), \
    sprintf(">= %.0f %%", 100 * empty_target), empty_met ? "met" : "not met")
  row("master, one insert per request, " single_connections " connections", "single", \
    sprintf("batches are %.1f times as fast", over_single), sprintf(">= %.1f", batch_target), single_met ? "met" : "not met")
  print ""
  print "Ratios are medians of each round's. After each measurement every id stood in the table once, and no answered one was missing."
  print ""
  printf "%s virtual minions of one process, new master, new JVMs: all registered %s s after the minions' process was started, ", \
    thousands(minions), wall
  printf "%s s from the first registration to the last; peak resident memory %s MiB of the master, %s MiB of the minions.\n", \
    overall, master_peak, minion_peak

  printf "{\"version\": 1, \"date\": \"%s\", \"build\": \"%s\", \"environment\": {\"cores\": %s, \"cpu\": \"%s\", \"jvm\": \"%s\", \"mariadb\": \"%s\"},\n", \
    date, muster, cores, cpu, jvm, server >json
  printf " \"parameters\": {\"rounds\": %s, \"seconds\": %s, \"connections\": %s, \"single_connections\": %s},\n", \
    rounds, seconds, connections, single_connections >json
  printf " \"empty\": %s,\n \"batch\": %s,\n \"single\": %s,\n", figures("empty"), figures("batch"), figures("single") >json
  printf " \"batch_over_single\": {\"median\": %.3f, \"target\": %s, \"met\": %s},\n", over_single, batch_target, single_met ? "true" : "false" >json
  printf " \"batch_of_empty\": {\"median\": %.3f, \"target\": %s, \"met\": %s},\n", of_empty, empty_target, empty_met ? "true" : "false" >json
  printf " \"targets\": [\n" >json
  target("registrations, stored in batches", "one insert for each", median(rate, "single", n["single"]), batch_target, single_met) ; printf ",\n" >json
  target("registrations, stored in batches", "empty endpoint", median(rate, "empty", n["empty"]), empty_target, empty_met) ; printf "\n ],\n" >json
  printf " \"minions\": {\"count\": %s, \"seconds_from_start\": %s, \"seconds_first_to_last\": %s, \"master_peak_mib\": %s, \"minion_peak_mib\": %s}}\n", \
    minions, wall, overall, master_peak, minion_peak >json
}
