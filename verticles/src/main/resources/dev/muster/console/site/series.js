// What a picture needs of the seconds that pass, in bounded memory: of a long time neighbouring seconds are merged.

const MOST = 1200;
const MOST_MARKS = 200;
const GAP_SECONDS = 2.5;

// Two neighbours as one: n and m seconds that each stands for.
const latest = (a, b) => b ?? a;
const mean = (a, b, n, m) => a == null ? b : b == null ? a : (a * n + b * m) / (n + m);
const most = (a, b) => a == null ? b : b == null ? a : Math.max(a, b);
const MERGE = {total: latest, gauge: latest, processes: latest, rate: mean, p50: mean, p99: most};

const MILLIS = {ns: 1e-6, us: 1e-3, ms: 1, s: 1e3};

const percentile = (point, line) => {
  const samples = point.distributions[line.metric];
  if (!samples) return null;
  // Of a second with few samples the largest one stands for p99: it is never below it.
  const value = line.what === "p50" ? samples.p50 : samples.p99 ?? samples.max;
  return value == null ? null : value * (MILLIS[samples.unit] ?? 1);
};

const heard = (stats, role) => stats.instances
  .filter(each => !each.silent && each.roles.split(",").includes(role)).length;

export class Series {
  // recent: old seconds are dropped, and the rest stay as fine as they are
  constructor(panels, recent = false) {
    this.recent = recent;
    this.lines = panels.flatMap(panel => panel.lines);
    this.times = [];
    this.weights = [];
    this.values = this.lines.map(() => []);
    this.last = this.lines.map(() => null);
    this.marks = [];
    this.step = 1;
  }

  // Takes in what is new of an answer of the collector.
  take(stats) {
    const known = this.times.length ? this.times[this.times.length - 1] : -Infinity;
    const news = stats.timeline.filter(point => point.epochSecond > known);
    news.forEach((point, i) => {
      if (this.times.length && point.epochSecond - this.times[this.times.length - 1] > GAP_SECONDS * this.step) {
        this.push(this.times[this.times.length - 1] + this.step, () => null); // silence is a gap, and not zero
      }
      this.push(point.epochSecond, line => this.valueAt(line, point, stats, news, i));
      if (this.recent) this.markCounted(point);
    });
    this.lines.forEach((line, i) => {
      const now = this.now(line, stats, i);
      if (now !== undefined) this.last[i] = now;
    });
  }

  // Of a bus no more is known than how many faults there were; of a run its result says which.
  markCounted(point) {
    for (const phase of ["begun", "over", "failed"]) {
      if (point.counters["faults." + phase]) this.marks.push([point.epochSecond, "fault " + phase]);
    }
    if (this.marks.length > MOST_MARKS) this.marks.splice(0, this.marks.length - MOST_MARKS);
  }

  markFaults(faults) {
    this.marks = faults.filter(fault => fault.beganEpochMillis != null).slice(-MOST_MARKS)
      .map(fault => [fault.beganEpochMillis / 1000, `${fault.number} ${fault.fault}`]);
  }

  valueAt(line, point, stats, news, place) {
    switch (line.what) {
      case "total": {
        const total = stats.counters[line.metric];
        if (total == null) return null;
        const later = news.slice(place + 1).reduce((sum, next) => sum + (next.counters[line.metric] ?? 0), 0);
        return (total - later) * line.scale;
      }
      case "rate": return line.metric in stats.counters ? (point.counters[line.metric] ?? 0) * line.scale : null;
      case "gauge": return point.gauges[line.metric] == null ? null : point.gauges[line.metric] * line.scale;
      case "processes": return place === news.length - 1 ? heard(stats, line.metric) : null;
      default: return percentile(point, line);
    }
  }

  // The value to show in large: undefined keeps the one before.
  now(line, stats, i) {
    if (line.what === "total") return stats.counters[line.metric] == null ? null : stats.counters[line.metric] * line.scale;
    if (line.what === "processes") return heard(stats, line.metric);
    const values = this.values[i];
    return values.length ? values[values.length - 1] ?? undefined : undefined;
  }

  // A second of its own, or one more of the last place when that is of the same stretch of time.
  push(time, value) {
    const last = this.times.length - 1;
    const news = this.lines.map(value);
    if (last >= 0 && Math.floor(this.times[last] / this.step) === Math.floor(time / this.step)) {
      this.values.forEach((values, i) => {
        values[last] = MERGE[this.lines[i].what](values[last], news[i], this.weights[last], 1);
      });
      this.times[last] = time;
      this.weights[last]++;
      return;
    }
    this.times.push(time);
    this.weights.push(1);
    this.values.forEach((values, i) => values.push(news[i]));
    if (this.times.length > MOST) this.recent ? this.drop() : this.thin();
  }

  drop() {
    [this.times, this.weights, ...this.values].forEach(all => all.splice(0, MOST / 4));
  }

  thin() {
    this.step *= 2;
    const {times, weights, values} = this;
    this.times = [];
    this.weights = [];
    this.values = values.map(() => []);
    times.forEach((time, place) => {
      const last = this.times.length - 1;
      const joins = last >= 0 && Math.floor(this.times[last] / this.step) === Math.floor(time / this.step);
      values.forEach((all, i) => {
        if (joins) this.values[i][last] = MERGE[this.lines[i].what](this.values[i][last], all[place], this.weights[last], weights[place]);
        else this.values[i].push(all[place]);
      });
      if (joins) {
        this.times[last] = time;
        this.weights[last] += weights[place];
      } else {
        this.times.push(time);
        this.weights.push(weights[place]);
      }
    });
  }

  // Whether nobody has told of a line that only some runs have.
  lacks(line) {
    return Boolean(line.absent) && this.values[this.lines.indexOf(line)].every(value => value == null);
  }

  of(panel) {
    return panel.lines.map(line => this.values[this.lines.indexOf(line)]);
  }

  lastOf(line) {
    return this.last[this.lines.indexOf(line)];
  }
}
