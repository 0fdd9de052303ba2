// What happens now: the run under way, or what the processes of this bus do.

import {Chart} from "./charts.js";
import {command, h, keyed, quoted, say, toggle} from "./dom.js";
import {Elsewhere} from "./elsewhere.js";
import {clock, seconds, withUnit} from "./format.js";
import {Faults, Numbers, Verdict, again} from "./result.js";
import {store} from "./store.js";
import {write} from "./token.js";

const MOST_ROWS = 40;
const MOST_CELLS = 400;
const MOST_TILES = 5;
const HEADS = ["Process", "Roles", "CPU", "State", "Restarts", "Missed"];
const STATES = {STARTING: "Starting and warming up", RUNNING: "Running", FINISHED: "Finished", FAILED: "Failed"};

class Tiles {
  constructor(panels) {
    this.tiles = panels.flatMap(panel => panel.lines.map(line => ({panel, line}))).map(tile => {
      const value = document.createTextNode("");
      const unit = h("small");
      return {...tile, value, unit, element: h("div", {}, h("dt", {}, tile.panel.title + ", " + tile.line.label), h("dd", {}, value, unit))};
    });
    this.element = h("dl", {class: "tiles"});
    this.element.hidden = !this.tiles.length;
  }

  show(series) {
    const shown = this.tiles.filter(tile => !series.lacks(tile.line)).slice(0, MOST_TILES);
    if (shown.length !== this.element.childElementCount || shown.some((tile, i) => this.element.children[i] !== tile.element)) {
      this.element.replaceChildren(...shown.map(tile => tile.element));
    }
    shown.forEach(tile => {
      const [text, unit] = withUnit(series.lastOf(tile.line), tile.panel.unit);
      if (tile.value.data !== text) tile.value.data = text;
      say(tile.unit, unit);
    });
  }
}

class Picture {
  constructor(experiment, since) {
    this.panels = experiment?.panels ?? [];
    this.tiles = new Tiles(this.panels);
    this.charts = this.panels.map(panel => new Chart(panel, since));
    this.element = h("div", {class: "charts"}, this.charts.map(chart => chart.element));
  }

  show(series) {
    this.tiles.show(series);
    this.charts.forEach(chart => chart.show(series));
    const shown = this.charts.filter(chart => !chart.element.hidden);
    this.charts.forEach(chart => toggle(chart.element, "wide", chart === shown[0] && shown.length !== 2));
  }

  end() {
    this.charts.forEach(chart => chart.end());
  }
}

const silence = each => each.silent ? `silent for ${seconds(each.silentMillis / 1000)}` : "heard";

// Every process as a cell or a row. One that is not heard of any more keeps its last numbers, and is marked.
class Processes {
  constructor() {
    this.count = h("p", {class: "soft small", role: "status"});
    this.engines = h("p", {class: "soft small"});
    this.grid = h("div", {class: "grid", role: "img"});
    this.rows = h("tbody");
    this.more = h("p", {class: "soft small"});
    this.element = h("section", {class: "panel", "aria-labelledby": "processes"},
      h("h2", {id: "processes"}, "Processes"), this.count, this.engines, this.grid,
      h("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "Processes"}, h("table", {class: "stacked"},
        h("thead", {}, h("tr", {}, HEADS.map((name, i) =>
          h("th", {scope: "col", class: i === 1 || i === 3 ? "left" : null}, name)))), this.rows)), this.more);
  }

  show(stats) {
    this.element.hidden = !stats?.instances.length;
    if (!stats) return;
    const all = stats.instances;
    const silent = all.filter(each => each.silent);
    say(this.count, `${all.length - silent.length} of ${all.length} heard` + (silent.length ? `, ${silent.length} silent` : ""));
    this.showGrid(stats, all);
    const shown = [...silent, ...all.filter(each => !each.silent)].slice(0, MOST_ROWS);
    keyed(this.rows, shown, each => each.name,
      each => h("tr", {}, h("th", {scope: "row"}, each.name), ["left text rest", null, "left", null, null].map((kind, i) =>
        h("td", {class: kind, "data-head": HEADS[i + 1]}))),
      (row, each) => {
        const share = each.gauges["process.cpu.share"];
        say(row.children[1], each.roles);
        say(row.children[2], share == null || each.silent ? "\u2013" : Math.round(share * 100) + " %");
        say(row.children[3], silence(each));
        toggle(row.children[3], "silent-word", each.silent);
        say(row.children[4], String(each.restarts));
        say(row.children[5], String(each.missed));
      });
    say(this.more, all.length > shown.length ? `and ${all.length - shown.length} more that are heard` : "");
    this.more.hidden = all.length <= shown.length;
  }

  showGrid(stats, all) {
    const engines = all.filter(each => each.roles.split(",").includes("engine"));
    const intended = stats.gauges["engine.intended"] ?? 0;
    const cells = all.length > 12 ? all.slice(0, MOST_CELLS).map(each => ({key: each.name, state: state(each), title: `${each.name}: ${silence(each)}`}))
      : engines.length && intended ? share(engines, intended, stats.gauges["engine.live"] ?? 0) : [];
    this.grid.hidden = this.engines.hidden = !cells.length;
    if (!cells.length) return;
    const ofEngines = all.length <= 12;
    const per = ofEngines ? Math.ceil(intended / MOST_CELLS) : 1;
    say(this.engines, !ofEngines ? "Each square is a process."
      : per === 1 ? "Each square is an engine." : `Each square stands for ${per} engines.`);
    this.grid.setAttribute("aria-label", ofEngines
      ? `${stats.gauges["engine.live"] ?? 0} of ${intended} engines are connected` : this.count.textContent);
    keyed(this.grid, cells, cell => cell.key, () => h("i"), (element, cell) => {
      if (element.className !== cell.state) element.className = cell.state;
      if (cell.title && element.title !== cell.title) element.title = cell.title;
    });
  }
}

const state = each => {
  if (each.silent) return "silent";
  const intended = each.gauges["engine.intended"];
  return intended > 0 && (each.gauges["engine.live"] ?? 0) < intended ? "part" : "";
};

const share = (engines, intended, live) => {
  const per = Math.ceil(intended / MOST_CELLS);
  const count = Math.ceil(intended / per);
  const silent = engines.some(each => each.silent);
  return Array.from({length: count}, (unused, i) => ({key: i,
    state: (i + 1) * per <= live ? silent ? "silent" : "" : i * per < live ? "part" : "none"}));
};

const stopping = run => "curl -X DELETE "
  + (/^(localhost|127\..*|\[::1\])$/.test(location.hostname) ? "" : "-H 'Authorization: Bearer TOKEN' ")
  + quoted(`${location.origin}/api/runs/${run}`);

// A run while it goes on, and after its end until the next one begins.
export class LiveRun {
  constructor() {
    this.run = store.run.news.run;
    this.experiment = store.experiment(store.run.news.experiment);
    this.eyebrow = h("p", {class: "eyebrow"});
    this.title = h("h1");
    this.stop = h("button", {type: "button", class: "danger", onclick: () => this.stopRun()}, "Stop run");
    this.links = h("div", {class: "actions"});
    this.share = h("i");
    this.bar = h("div", {class: "bar", role: "progressbar", "aria-label": "Progress", "aria-valuemin": "0", "aria-valuemax": "100"}, this.share);
    this.progress = h("p", {class: "progress"});
    this.notice = h("p", {class: "notice bad", role: "alert", hidden: true});
    this.doubt = h("p", {class: "notice doubt", role: "status", hidden: true});
    this.elsewhere = new Elsewhere();
    this.verdict = new Verdict();
    this.faults = new Faults();
    this.numbers = new Numbers(this.experiment);
    this.processes = new Processes();
    this.command = command("");
    this.stopping = command(stopping(this.run), "Stopping it from a shell");
    this.body = h("div", {class: "charts-and-tiles"});
    this.element = h("div", {class: "view"},
      h("div", {class: "head"}, h("div", {}, this.eyebrow, this.title, h("p", {class: "lead"}, this.experiment?.question ?? "")),
        h("div", {class: "actions"}, this.stop, this.links)),
      this.elsewhere.element, this.bar, this.progress, this.notice, this.doubt, this.verdict.element, this.body, this.faults.element, this.numbers.element, this.processes.element, this.command.element,
      this.stopping.element);
    this.show();
  }

  async stopRun() {
    this.stop.disabled = true;
    say(this.stop, "Stopping");
    try {
      await write("DELETE", "/api/runs/" + this.run);
    } catch (refused) {
      say(this.notice, refused.message);
      this.notice.hidden = false;
      this.stop.disabled = false;
      say(this.stop, "Stop run");
    }
  }

  show() {
    const {news, result, series, stats} = store.run;
    const running = store.isRunning;
    const since = series.times[0];
    if (!this.picture && since != null) {
      this.picture = new Picture(this.experiment, since - 1);
      this.body.replaceWith(this.picture.tiles.element);
      this.picture.tiles.element.after(this.picture.element);
    }
    const valid = result?.verdict.word === "VALID";
    say(this.title, `${news.experiment}: ` + (news.state === "FINISHED" && result
      ? (valid ? "valid" : "invalid") + (result.state === "interrupted" ? ", interrupted" : "") : STATES[news.state].toLowerCase()));
    say(this.eyebrow, `${news.run} \u00b7 begun ${clock(news.startMillis)}` + (news.by ? ` by ${news.by}` : ""));
    this.stop.hidden = this.stopping.element.hidden = !running;
    if (news.state === "FINISHED" && !this.links.childElementCount) {
      this.links.append(h("a", {class: "button primary", href: `/api/runs/${news.run}/report.html`, "data-plain": true}, "Open report"),
        h("a", {class: "button", href: "/runs/" + news.run}, "Result"),
        h("a", {class: "button", href: again(result)}, "Run again"));
    }
    this.showProgress(news, running);
    if (news.state === "FAILED") {
      say(this.notice, news.error || "It ended without a result.");
      this.notice.hidden = false;
    }
    const doubtful = Boolean(result) && !valid;
    toggle(this.element, "doubtful", doubtful);
    toggle(this.element, "stale", store.stale);
    const silent = stats?.instances.filter(each => each.silent) ?? [];
    const doubt = store.stale ? `No word from the server since ${clock(store.heardMillis)}: these are the last numbers, not the present ones.`
      : silent.length && running ? `${silent.length} of ${stats.instances.length} processes are silent: their last numbers stay in these.`
        : doubtful ? "Hatched numbers can\u2019t be believed: the verdict says why." : "";
    say(this.doubt, doubt);
    this.doubt.hidden = !doubt;
    this.verdict.show(result, running);
    this.picture?.show(series);
    this.faults.show(result);
    this.numbers.show(result);
    this.processes.show(stats);
    this.command.set(news.command);
  }

  showProgress(news, running) {
    const bar = /\[(#*)(-*)\]\s*/.exec(news.progress);
    const part = news.state === "FINISHED" ? 1 : bar ? bar[1].length / (bar[1].length + bar[2].length) : 0;
    this.share.style.width = 100 * part + "%";
    this.bar.setAttribute("aria-valuenow", Math.round(100 * part));
    this.bar.hidden = !running;
    this.progress.hidden = !running;
    say(this.progress, news.progress.replace(bar?.[0] ?? "", "").replace(/^\w+ /, "") || "Its processes start.");
  }

  end() {
    this.elsewhere.end();
    this.picture?.end();
  }
}

const cards = current => h("div", {class: "cards"}, store.experiments.map(each =>
  h("a", {class: "card", href: "/new/" + each.name, "aria-current": each.name === current ? "true" : null},
    h("strong", {}, each.name), h("span", {class: "soft small"}, each.question))));

export {cards};

// What the processes of this bus do when no run is under way.
export class Idle {
  constructor() {
    this.body = h("div", {class: "charts"});
    this.processes = new Processes();
    this.doubt = h("p", {class: "notice doubt", role: "status", hidden: true});
    this.cards = h("div");
    this.title = h("h1");
    this.elsewhere = new Elsewhere(() => this.show());
    this.pictures = [];
    this.element = h("div", {class: "view"},
      h("div", {class: "head"}, h("div", {}, this.title,
        h("p", {class: "lead"}, "Choose a question. The run watches itself and ends with a verdict on whether its numbers can be believed."))),
      this.elsewhere.element, this.cards, this.doubt, h("h2", {class: "soft"}, "On this bus"), this.body, this.processes.element);
    this.show();
  }

  show() {
    say(this.title, this.elsewhere.runs.length ? "A run is under way elsewhere" : "Nothing is being measured");
    if (!this.cards.childElementCount && store.experiments.length) this.cards.replaceChildren(cards());
    toggle(this.element, "stale", store.stale);
    say(this.doubt, !store.stale ? "" : store.heardMillis
      ? `No word since ${clock(store.heardMillis)}: these are the last numbers, not the present ones.` : "No collector is on this bus yet.");
    this.doubt.hidden = !store.stale;
    for (const experiment of store.experiments) {
      const series = store.series.get(experiment.name);
      for (const panel of experiment.panels) {
        const known = this.pictures.find(each => each.panel === panel);
        if (!known && active(series, panel)) {
          const chart = new Chart({...panel, title: `${experiment.name}: ${panel.title}`, lines: panel.lines});
          this.pictures.push({panel, series, chart});
          this.body.append(chart.element);
        }
      }
    }
    this.pictures.forEach(each => each.chart.show(each.series));
    this.processes.show(store.stats);
  }

  end() {
    this.elsewhere.end();
    this.pictures.forEach(each => each.chart.end());
  }
}

// A role that does nothing needs no chart.
const active = (series, panel) => panel.lines.some(line => line.what !== "processes"
  && series.values[series.lines.indexOf(line)].some(value => value > 0));
