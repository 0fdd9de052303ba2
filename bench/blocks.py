"""blocks.py WORK OUT BUILD: the table and the figures of bench/blocks, from what its rounds measured."""

import datetime
import glob
import json
import os
import platform
import statistics
import sys

GIGABYTE = 1e9
work, out, build = sys.argv[1:4]
date = f"{datetime.datetime.now(datetime.timezone.utc):%Y-%m-%dT%H:%M:%SZ}"


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

def throughput(what, muster, peer, least):
    """A target of Muster's server, beside what a peer streams to the same client on the same path."""
    measured = rate("muster", "h2load", muster)
    name, value = peer
    return {
        "what": what,
        "unit": "GB/s",
        "muster": measured,
        "peer": {"name": name, "value": value},
        "target": "at least %g times" % least,
        "met": measured >= least * value,
    }


def best(path):
    return max((("best: " + server, rate(server, "h2load", path)) for server in ("go", "nginx")), key=lambda peer: peer[1])


targets = [
    throughput("blocks over TLS, default frames on both sides", "tls", ("Go", rate("go", "h2load", "tls")), 2.0),
    throughput("blocks over TLS, the same client", "tls", best("tls"), 0.85),
    throughput("blocks over h2c, the same client", "plain", best("plain"), 0.85),
    throughput("blocks over h2c", "plain", ("iperf3", rate("iperf3", "iperf3", "plain")), 0.6),
]
# A run that failed, or whose numbers can't be believed, has not reached its target.
believed = 10 in pacing and pacing[10]["verdict"] == "VALID" and pacing[10]["send"]["p99"] is not None
lateness = pacing[10]["send"]["p99"] * 1000 if believed else None
targets.append({
    "what": "p99 lateness of a paced block at the sender, 10 streams, 1 ms",
    "unit": "us",
    "muster": lateness,
    "target": "at most 200 us",
    "met": lateness is not None and lateness <= 200,
})


lines = [
    "# bench/blocks",
    "",
    "`bench/blocks`, %s: %s, one machine of %d cores, %s, %s." % (date, build, os.cpu_count(), platform.system(), platform.machine()),
    "One connection, one request at a time, blocks of 1 MiB, on the loopback.",
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
lines += ["", "| what | Muster | peer | ratio | target | |", "|---|---|---|---|---|---|"]
for one in targets:
    measured = "no valid run" if one["muster"] is None else "%.2f %s" % (one["muster"], one["unit"])
    peer = one.get("peer")
    lines.append("| %s | %s | %s | %s | %s | %s |" % (
        one["what"], measured, "%s %.2f %s" % (peer["name"], peer["value"], one["unit"]) if peer else "",
        "%.2f" % (one["muster"] / peer["value"]) if peer else "", one["target"], "met" if one["met"] else "not met"))
lines.append("")
table = "\n".join(lines)
print(table)
with open(os.path.join(out, "blocks.md"), "w") as file:
    file.write(table)
with open(os.path.join(out, "blocks.json"), "w") as file:
    json.dump(
        {
            "build": build,
            "date": date,
            "cores": os.cpu_count(),
            "rates": [
                {"server": key[0], "client": key[1], "path": key[2], "gigabytesPerSecond": row["rate"], "serverSecondsPerGigabyte": row["server"], "clientSecondsPerGigabyte": row["client"], "samples": samples[key]["rate"]}
                for key, row in figures.items()
            ],
            "pacing": {str(streams): one for streams, one in pacing.items()},
            "targets": targets,
        },
        file,
        indent=2,
    )
    file.write("\n")
