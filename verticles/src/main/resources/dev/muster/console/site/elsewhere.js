// Runs under way that this console was not asked for, but a terminal, say: the folder of results alone tells of them.
// Whether one goes on is known by a lock in its folder, which the system takes from a process that dies.

import {h, keyed, say} from "./dom.js";
import {when} from "./format.js";
import {store} from "./store.js";
import {read} from "./token.js";

const LOOK_MILLIS = 3000;

const isOwn = run => store.isRunning && store.run.news.run === run.run;

export class Elsewhere {
  // changed: called when there is one more or one less
  constructor(changed = () => {}) {
    this.changed = changed;
    this.runs = [];
    this.element = h("div", {class: "notice", role: "status", hidden: true});
    this.timer = setInterval(() => this.look(), LOOK_MILLIS);
    this.look();
  }

  async look() {
    try {
      this.tell((await read("/api/runs")).runs.filter(run => run.state === "running" && !isOwn(run)));
    } catch {
      // Unknown is not none: what was told last stays, and the page says by itself that nobody answers.
    }
  }

  tell(runs) {
    const other = runs.length !== this.runs.length;
    this.runs = runs;
    keyed(this.element, runs, run => run.run, run => h("p", {}, h("span"), " ", h("a", {href: "/runs/" + run.run}, "What it has so far")),
      (line, run) => say(line.firstChild, `A run of ${run.experiment} that was not started here is under way since ${when(run.start)}.`));
    this.element.hidden = !runs.length;
    if (other) this.changed();
  }

  end() {
    clearInterval(this.timer);
  }
}
