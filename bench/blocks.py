"""blocks.py WORK OUT: the table and the figures of bench/blocks, from what its rounds measured."""

import glob
import json
import os
import platform
import statistics
import sys

GIGABYTE = 1e9
work, out = sys.argv[1:3]


def spread(values):
    return {"median": statistics.median(values), "min": min(values), "max": max(values)}


def text(figures, digits=2):
    if figures is None:
        return "-"
    return "%.*f (%.*f to %.*f)" % (digits, figures["median"], digits, figures["min"], digits, figures["max"])


samples = {}
for line in open(os.path.join(work, "measured.kept")):
    server, client, path, size, seconds, server_cpu, client_cpu = line.split()
    row = samples.setdefault((server, client, path), {"rate": [], "server": [], "client": []})
    row["rate"].append(float(size) / float(seconds) / GIGABYTE)
    for who, used in (("server", server_cpu), ("client", client_cpu)):
        if used != "nan":
            row[who].append(float(used) / (float(size) / GIGABYTE))
figures = {
    key: {what: spread(values) if values else None for what, values in row.items()} for key, row in samples.items()
}


def rate(*key):
    return figures[key]["rate"]["median"]


pacing = {}
for streams in (10, 100):
    found = glob.glob(os.path.join(work, "pacing-%d" % streams, "*", "summary.json"))
    if found:
        result = json.load(open(found[0]))
        pacing[streams] = {
            "verdict": result["verdict"]["word"],
            "send": result["metrics"]["blocks.paced.send.lateness"],
            "arrival": result["metrics"]["blocks.paced.arrival.lateness"],
        }

best = max(rate(server, "h2load", "tls") for server in ("muster", "go", "nginx"))
best_plain = max(rate(server, "h2load", "plain") for server in ("muster", "go", "nginx"))
targets = [
    ("Muster's server over Go's, TLS, default frames on both sides", rate("muster", "h2load", "tls") / rate("go", "h2load", "tls"), 2.0, False),
    ("Muster's server over the best server, TLS, the same client", rate("muster", "h2load", "tls") / best, 0.85, False),
    ("Muster's server over the best server, h2c, the same client", rate("muster", "h2load", "plain") / best_plain, 0.85, False),
    ("Muster's h2c over iperf3", rate("muster", "h2load", "plain") / rate("iperf3", "iperf3", "plain"), 0.6, False),
]
# A run that failed, or whose numbers can't be believed, has not reached its target.
believed = 10 in pacing and pacing[10]["verdict"] == "VALID" and pacing[10]["send"]["p99"] is not None
targets.append((
    "p99 lateness of a paced block at the sender, 10 streams, 1 ms, in us",
    pacing[10]["send"]["p99"] * 1000 if believed else None,
    200,
    True,
))


def met(value, wanted, below):
    return value is not None and (value <= wanted if below else value >= wanted)


lines = [
    "# bench/blocks",
    "",
    "One connection, one request at a time, blocks of 1 MiB, on the loopback of one machine: %d cores, %s, %s."
    % (os.cpu_count(), platform.system(), platform.machine()),
    "Medians of interleaved rounds, with the least and the most. GB are 1e9 bytes. CPU is processor time per GB.",
    "",
    "| path | server | client | GB/s | server s/GB | client s/GB |",
    "|---|---|---|---|---|---|",
]
for (server, client, path), row in sorted(figures.items(), key=lambda each: (each[0][2], -each[1]["rate"]["median"])):
    lines.append(
        "| %s | %s | %s | %s | %s | %s |"
        % ("TLS 1.3, h2" if path == "tls" else ("TCP" if server == "iperf3" else "h2c"), server, client,
           text(row["rate"]), text(row["server"]), text(row["client"]))
    )
lines += [
    "",
    "`muster` as a client takes frames of 1 MiB and has windows of 16 MiB, `muster-16k` has the default frames. Its rate",
    "is that of the second half of 8 s, of a JVM that was started for the measurement.",
    "",
    "| pacing at 1 ms, blocks of 500 bytes | samples | p50 | p99 | p99.9 | max | run |",
    "|---|---|---|---|---|---|---|",
]
for streams, one in pacing.items():
    for what, who in (("send", "sender"), ("arrival", "receiver")):
        row = one[what]
        lines.append(
            "| %d streams, lateness at the %s, us | %d | %s | %s | %s | %s | %s |"
            % ((streams, who, row["count"]) + tuple("-" if row[p] is None else "%.0f" % (row[p] * 1000) for p in ("p50", "p99", "p999", "max")) + (one["verdict"],))
        )
lines += ["", "| target | measured | wanted | |", "|---|---|---|---|"]
for what, value, wanted, below in targets:
    measured = "no valid run" if value is None else "%.2f" % value
    word = "met" if met(value, wanted, below) else "not met"
    lines.append("| %s | %s | %s %.2f | %s |" % (what, measured, "at most" if below else "at least", wanted, word))
lines.append("")
table = "\n".join(lines)
print(table)
with open(os.path.join(out, "blocks.md"), "w") as file:
    file.write(table)
with open(os.path.join(out, "blocks.json"), "w") as file:
    json.dump(
        {
            "cores": os.cpu_count(),
            "rates": [
                {"server": key[0], "client": key[1], "path": key[2], "gigabytesPerSecond": row["rate"], "serverSecondsPerGigabyte": row["server"], "clientSecondsPerGigabyte": row["client"], "samples": samples[key]["rate"]}
                for key, row in figures.items()
            ],
            "pacing": {str(streams): one for streams, one in pacing.items()},
            "targets": [{"target": what, "measured": value, "wanted": wanted, "met": met(value, wanted, below)} for what, value, wanted, below in targets],
        },
        file,
        indent=2,
    )
    file.write("\n")
