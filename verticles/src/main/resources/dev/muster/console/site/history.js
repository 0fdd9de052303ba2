// The runs that were: one is opened, two are compared.

import {command, h, say} from "./dom.js";
import {asked, seconds, when} from "./format.js";
import {Faults, Numbers, Verdict, again} from "./result.js";
import {LiveRun} from "./now.js";
import {store} from "./store.js";
import {read} from "./token.js";

const AGAIN_MILLIS = 3000;

const failed = (element, refused) => element.replaceChildren(h("h1", {}, "That can\u2019t be shown"),
  h("p", {class: "notice bad", role: "alert"}, refused.message), h("p", {}, h("a", {href: "/runs"}, "All runs")));

export class Runs {
  constructor() {
    this.chosen = [];
    this.compare = h("button", {type: "button", disabled: true, onclick: () => {
      const [other, baseline] = this.order();
      this.open(`/compare/${baseline}/${other}`);
    }}, "Compare two");
    this.list = h("section", {class: "panel"}, h("p", {class: "soft", role: "status"}, "Reading results"));
    this.element = h("div", {class: "view"}, h("div", {class: "head"}, h("div", {}, h("h1", {}, "Runs"),
      h("p", {class: "lead"}, "What was measured and kept. Choose two to compare; the earlier one is the baseline.")),
    h("div", {class: "actions"}, this.compare)), this.list);
    this.read();
  }

  // The latest first, as they are listed.
  order() {
    return [...this.chosen].sort().reverse();
  }

  async read() {
    try {
      const {runs, unreadable} = await read("/api/runs");
      this.list.replaceChildren(runs.length ? this.table(runs)
        : h("p", {class: "soft"}, "There is no result yet. ", h("a", {href: "/new"}, "Start a run.")),
      unreadable ? h("p", {class: "soft small"}, `${unreadable} folders hold no result that this version can read.`) : "");
    } catch (refused) {
      failed(this.element, refused);
    }
  }

  table(runs) {
    return h("table", {class: "runs"}, h("thead", {}, h("tr", {},
      ["Run", "Began", "Verdict", "Thresholds", "Took", "Compare"].map((name, i) => h("th", {scope: "col", class: i < 4 ? "left" : null}, name)))),
    h("tbody", {}, runs.map(run => h("tr", {},
      h("th", {scope: "row"}, h("a", {href: "/runs/" + run.run}, run.experiment), h("small", {}, asked(run.parameters))),
      h("td", {class: "left"}, when(run.start)),
      h("td", {class: "left"}, h("span", {class: run.verdict === "VALID" ? "met" : "missed"}, run.verdict.toLowerCase()),
        run.state === "finished" ? "" : ", " + run.state),
      h("td", {class: "left"}, run.met + run.missed ? `${run.met} met, ${run.missed} missed` : ""),
      h("td", {}, seconds(run.durationSeconds)),
      h("td", {}, h("input", {type: "checkbox", "aria-label": "Compare " + run.run, onchange: event => this.choose(run.run, event.target)}))))));
  }

  choose(run, box) {
    this.chosen = this.chosen.filter(each => each !== run);
    if (box.checked) this.chosen.push(run);
    this.compare.disabled = this.chosen.length !== 2;
  }

  show() {}

  end() {}
}

// One run that was; or the one under way.
export class OneRun {
  constructor(run) {
    this.run = run;
    this.element = h("div", {class: "view"}, h("h1", {}, run));
    this.show();
    if (!this.live) this.read();
  }

  async read() {
    try {
      const path = "/api/runs/" + this.run;
      let result = await read(path);
      this.state = result.state;
      if (this.state === "running") {
        this.state = await this.truth();
        if (this.state !== "running") result = await read(path); // it may have ended between the two
      }
      this.result = result;
      this.fill();
      if (this.state === "running" && !this.live && !this.ended) this.timer = setTimeout(() => this.read(), AGAIN_MILLIS);
    } catch (refused) {
      failed(this.element, refused);
    }
  }

  // Of a run whose result says that it goes on: whether it does, or was killed.
  async truth() {
    const {runs} = await read("/api/runs");
    return runs.find(each => each.run === this.run)?.state ?? "killed or under way";
  }

  fill() {
    if (!this.result || this.live) return;
    if (!this.numbers || this.known !== store.experiments.length) this.build();
    const {result, state} = this;
    const running = state === "running";
    say(this.title, `${result.experiment}: ${result.verdict.word.toLowerCase()}`
      + (state === "finished" ? "" : running ? " so far, under way" : ", " + state));
    say(this.lead, `${when(result.start)}, ${seconds(result.durationSeconds)}`);
    this.element.className = result.verdict.word === "VALID" ? "view" : "view doubtful";
    this.report.hidden = running;
    this.verdict.show(result, running);
    this.faults.show(result);
    this.numbers.show(result);
  }

  build() {
    const result = this.result;
    this.known = store.experiments.length;
    this.title = h("h1");
    this.lead = h("p", {class: "lead"});
    this.report = h("a", {class: "button primary", href: `/api/runs/${result.run}/report.html`, "data-plain": true}, "Open report");
    this.verdict = new Verdict();
    this.faults = new Faults();
    this.numbers = new Numbers(store.experiment(result.experiment));
    this.element.replaceChildren(
      h("div", {class: "head"}, h("div", {}, h("p", {class: "eyebrow"}, h("a", {href: "/runs"}, "Runs"), " \u00b7 ", result.run), this.title, this.lead),
        h("div", {class: "actions"}, this.report, h("a", {class: "button", href: again(result)}, "Run again"))),
      this.verdict.element, this.faults.element, this.numbers.element, facts(result),
      command("./muster report " + store.folder(result.run)).element);
  }

  show() {
    if (!this.live && store.isRunning && store.run.news.run === this.run) {
      this.live = new LiveRun();
      this.element.replaceChildren(this.live.element);
    } else if (this.live && store.run.news.run === this.run) {
      this.live.show();
    } else if (this.result && this.known !== store.experiments.length) {
      this.fill();
    }
  }

  end() {
    this.ended = true;
    clearTimeout(this.timer);
    this.live?.end();
  }
}

const facts = result => h("section", {class: "panel"}, h("h2", {}, "Where and how"),
  h("div", {class: "pair"}, [Object.entries(result.parameters), Object.entries(result.environment).filter(([, value]) => typeof value !== "object")]
    .map((pairs, i) => h("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": i ? "Environment" : "Parameters"},
      h("table", {}, h("caption", {}, i ? "Environment" : "Parameters"), h("tbody", {}, pairs.map(([name, value]) =>
        h("tr", {}, h("th", {scope: "row"}, name), h("td", {class: "text"}, asked(String(value)))))))))));

export {failed};
