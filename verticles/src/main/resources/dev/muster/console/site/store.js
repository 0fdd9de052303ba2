// All that is known, and who wants to hear of changes. One place, fed by the stream of events.

import {quoted} from "./dom.js";
import {Series} from "./series.js";

class Store {
  constructor() {
    this.listeners = new Set();
    this.experiments = [];
    this.results = "results";
    this.connected = false;
    this.collector = true;
    this.heardMillis = 0;
    this.stats = null; // of this server's own bus
    this.series = new Map();
    this.run = null; // the latest run: news, result, series
  }

  know({experiments, results}) {
    this.experiments = experiments;
    this.results = results;
    this.series = new Map(experiments.map(each => [each.name, new Series(each.panels, true)]));
    if (this.stats) this.series.forEach(series => series.take(this.stats));
    this.changed();
  }

  // Where a run's result is, as a word of a command line.
  folder(run) {
    return quoted(`${this.results}/${run}`);
  }

  experiment(name) {
    return this.experiments.find(each => each.name === name);
  }

  // The processes of this bus.
  hear(stats) {
    this.collector = true;
    this.heardMillis = Date.now();
    this.series.forEach(series => series.take(stats));
    this.stats = {...stats, timeline: this.experiments.length ? [] : stats.timeline};
    this.changed();
  }

  hearRun(news) {
    this.heardMillis = Date.now();
    if (!this.run || this.run.news.run !== news.run) {
      this.run = {series: new Series(this.experiment(news.experiment)?.panels ?? []), result: null, stats: null};
    }
    const run = this.run;
    if (news.stats) {
      run.series.take(news.stats);
      run.stats = {...news.stats, timeline: []};
    }
    if (news.result) {
      run.result = JSON.parse(news.result);
      run.series.markFaults(run.result.repetitions.flatMap(each => each.faults));
    }
    run.news = {...news, stats: null, result: ""};
    this.changed();
  }

  silent() {
    this.collector = false;
    this.changed();
  }

  link(connected) {
    if (this.connected !== connected) {
      this.connected = connected;
      this.changed();
    }
  }

  // Whether what is shown may be old.
  get stale() {
    return !this.connected || (!this.collector && !this.isRunning);
  }

  get isRunning() {
    const state = this.run?.news.state;
    return state === "STARTING" || state === "RUNNING";
  }

  listen(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  changed() {
    this.listeners.forEach(listener => listener());
  }
}

export const store = new Store();
