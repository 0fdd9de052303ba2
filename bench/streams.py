"""Makes bench/streams.md and streams.json from what bench/streams measured."""
import datetime
import json
import os
import statistics
import sys

measured, out, store_target, client_target, agreement, rate, connections, muster, k6 = sys.argv[1:]
store_target, client_target, agreement = float(store_target), float(client_target), float(agreement)
figures = {}
for line in open(measured):
    what, *numbers = line.split()
    for place, number in enumerate(numbers):
        figures.setdefault(what, [[], []])[place].append(float(number))


def shown(what, place, digits=0):
    values = figures[what][place]
    return f"{statistics.median(values):,.{digits}f} ({min(values):,.{digits}f} to {max(values):,.{digits}f})"


def median(what, place):
    return statistics.median(figures[what][place])


def verdict(good):
    return "met" if good else "**not met**"


date = f"{datetime.datetime.now(datetime.timezone.utc):%Y-%m-%dT%H:%M:%SZ}"
result = {"build": muster, "date": date, "k6": k6, "measured": figures, "targets": []}


def target(what, unit, value, peer, target, met):
    result["targets"].append({"what": what, "unit": unit, "muster": value, "peer": peer, "target": target, "met": met})


rounds = len(next(iter(figures.values()))[0])
print(f"""# bench/streams

{date}, {", ".join(filter(None, (muster, k6)))}, {os.cpu_count()} cores that the store, MariaDB and
the clients share. Medians of {rounds} rounds, with the least and the most.""")

if "batch" in figures:
    result["store"] = median("batch", 0) / median("single", 0)
    target("appends of the store, in batches", "/s", median("batch", 0), {"name": "a commit for each", "value": median("single", 0)},
           f"at least {store_target:g} times", result["store"] >= store_target)
    print(f"""
| the store, {connections} connections of wrk | appends/s | p99, ms |
|---|---|---|
| batches | {shown("batch", 0)} | {shown("batch", 1, 1)} |
| one commit for each append | {shown("single", 0)} | {shown("single", 1, 1)} |
| the same with 32 connections to MariaDB, which then commits some together | {shown("grouped", 0)} | {shown("grouped", 1, 1)} |

{result["store"]:.1f} times as many with batches as with one commit for each, and {median("batch", 0) / median("grouped", 0):.1f} times
as many as where MariaDB groups them; to reach: {store_target:.0f}: {verdict(result["store"] >= store_target)}.""")

if "k6" in figures:
    result["client"] = median("muster", 0) / median("k6", 0)
    apart = [abs(median("muster-rate", place) / median("k6-rate", place) - 1) for place in (0, 1)]
    result["apart"] = apart
    target("requests of virtual users per CPU-second of the client", "/s", median("muster", 0), {"name": "k6", "value": median("k6", 0)},
           f"at least {client_target:g} times", result["client"] >= client_target)
    for place, percentile in enumerate(("p50", "p95")):
        target(f"{percentile} of http_req_duration at {rate} iterations/s", "ms", median("muster-rate", place),
               {"name": "k6", "value": median("k6-rate", place)}, f"within {agreement:.0%}", apart[place] <= agreement)
    print(f"""
| the client, 10 users at full speed | requests per second of its CPU time | requests/s |
|---|---|---|
| Muster | {shown("muster", 0)} | {shown("muster", 1)} |
| k6 | {shown("k6", 0)} | {shown("k6", 1)} |

{result["client"]:.1f} times as many as k6; to reach: {client_target:.0f}: {verdict(result["client"] >= client_target)}.

| {rate} iterations/s, http_req_duration | p50, ms | p95, ms |
|---|---|---|
| Muster | {shown("muster-rate", 0, 3)} | {shown("muster-rate", 1, 3)} |
| k6 | {shown("k6-rate", 0, 3)} | {shown("k6-rate", 1, 3)} |

They differ by {apart[0]:.1%} and {apart[1]:.1%}; to reach: {agreement:.0%}: {verdict(max(apart) <= agreement)}.""")
with open(os.path.join(out, "streams.json"), "w") as file:
    json.dump(result, file, indent=2)
    file.write("\n")
