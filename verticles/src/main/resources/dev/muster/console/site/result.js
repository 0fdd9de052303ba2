// The parts of a result, live or of a run that was: verdict, thresholds, numbers.

import {h, keyed, say} from "./dom.js";
import {asked, number, seconds, withUnit} from "./format.js";

const STATS = ["count", "p50", "p90", "p95", "p99", "p999", "max"];
const HEADS = {p999: "p99.9"};

// While more is to come, what has not been measured is not missed yet.
const word = (check, running) => !check.measured ? "not measured" : check.met ? "met"
  : running && check.observed.every(each => /^(not measured|no samples|-)/.test(each)) ? "not yet" : "missed";

const sentence = words => words.charAt(0).toUpperCase() + words.slice(1) + (/[.!?]$/.test(words) ? "" : ".");

// running: whether more is to come, so that nothing is settled yet
export class Verdict {
  constructor() {
    this.word = h("p", {class: "word"});
    this.note = h("small");
    this.reasons = h("ul", {class: "reasons"});
    this.checks = h("ul", {class: "checks", "aria-label": "Thresholds"});
    this.element = h("section", {class: "panel verdict", "aria-label": "Verdict"},
      h("div", {}, this.word), h("div", {}, this.reasons, this.checks));
    this.words = document.createTextNode("");
    this.word.append(this.words, this.note);
  }

  show(result, running) {
    this.element.hidden = !result;
    if (!result) return;
    const valid = result.verdict.word === "VALID";
    this.element.className = "panel verdict " + (valid ? "good" : "bad");
    const judged = (valid ? "Valid" : "Invalid") + (running ? " so far" : result.state === "interrupted" ? ", interrupted" : "");
    if (this.words.data !== judged) this.words.data = judged;
    say(this.note, valid
      ? running ? "Nothing speaks against these numbers yet." : "Nothing speaks against these numbers."
      : "These numbers can\u2019t be believed.");
    const reasons = [...result.verdict.reasons, ...result.verdict.notes];
    keyed(this.reasons, reasons, reason => reason.code + reason.observed, reason => h("li", {}, reason.observed,
      h("span", {}, `Good would be: ${reason.limit}. ${sentence(reason.fix)}`)));
    this.reasons.hidden = !reasons.length;
    keyed(this.checks, result.thresholds, check => check.threshold,
      check => h("li", {}, h("b"), h("code", {}, check.threshold), h("span")),
      (item, check) => {
        const is = word(check, running);
        item.firstChild.className = is.replace(" ", "-");
        say(item.firstChild, is);
        say(item.lastChild, check.observed.join(", "));
      });
    this.checks.hidden = !result.thresholds.length;
    this.checks.style.marginTop = reasons.length ? "1rem" : "0";
  }
}

const cell = (element, value, shown) => {
  if (value == null) element.removeAttribute("data-value");
  else element.setAttribute("data-value", value);
  say(element, shown);
  element.classList.toggle("none", value == null);
};

const effect = impact => impact == null ? ""
  : `; outage ${seconds(impact.outageSeconds)}, ${number(impact.failedChecks)} requests failed, ${number(impact.lostEvents)} events lost`;

const course = fault => fault.beganSeconds == null ? fault.outcome
  : `at ${seconds(fault.beganSeconds)}, ` + (fault.overSeconds == null ? "not over yet"
    : `over after ${seconds(fault.overSeconds - fault.beganSeconds)}: ${fault.outcome}`) + effect(fault.impact);

// What was done to the system, and what became of it.
export class Faults {
  constructor() {
    this.list = h("ul", {class: "courses"});
    this.element = h("section", {class: "panel faults", "aria-labelledby": "faults"}, h("h2", {id: "faults"}, "Faults"), this.list);
  }

  show(result) {
    const faults = (result?.repetitions ?? []).flatMap(repetition =>
      repetition.faults.map(fault => ({...fault, key: `${repetition.number}-${fault.number}`})));
    this.element.hidden = !faults.length;
    keyed(this.list, faults, fault => fault.key, fault => h("li", {}, h("code", {}, `${fault.number} ${fault.fault}`), h("span")),
      (item, fault) => say(item.lastChild, course(fault)));
  }
}

// Every metric of a result; what was not measured is a dash.
export class Numbers {
  constructor(experiment) {
    this.help = new Map((experiment?.metrics ?? []).map(metric => [metric.id, metric.help]));
    this.single = h("tbody");
    this.spread = h("tbody");
    this.more = h("button", {type: "button", "aria-expanded": "false", onclick: () => {
      this.more.setAttribute("aria-expanded", this.element.classList.toggle("all"));
      this.tellMore();
    }});
    this.element = h("section", {class: "panel numbers"}, h("h2", {}, "Numbers"),
      h("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "Distributions"}, h("table", {class: "stacked"},
        h("thead", {}, h("tr", {}, h("th", {scope: "col"}, "Distribution"),
          STATS.map(name => h("th", {scope: "col"}, HEADS[name] ?? name)))), this.spread)),
      h("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "Values"}, h("table", {},
        h("thead", {}, h("tr", {}, h("th", {scope: "col"}, "Metric"), h("th", {scope: "col"}, "Value"))), this.single)), this.more);
  }

  tellMore() {
    this.more.hidden = !this.unmeasured;
    say(this.more, this.element.classList.contains("all") ? "Hide what was not measured" : `Show ${this.unmeasured} not measured`);
  }

  show(result) {
    this.element.hidden = !result || !Object.keys(result.metrics).length;
    if (!result) return;
    const all = Object.entries(result.metrics);
    const isUnmeasured = metric => "count" in metric ? !metric.count : metric.value == null;
    this.unmeasured = all.filter(([, metric]) => isUnmeasured(metric)).length;
    this.tellMore();
    const head = ([id, metric], unit) => h("th", {scope: "row"}, id, unit && metric.unit ? ` (${metric.unit})` : "",
      this.help.has(id) ? h("small", {}, this.help.get(id)) : null);
    keyed(this.single, all.filter(([, metric]) => !("count" in metric)), ([id]) => id,
      each => h("tr", {}, head(each, false), h("td", {"data-metric": each[0], "data-stat": "value"})),
      (row, [, metric]) => {
        row.classList.toggle("unmeasured", isUnmeasured(metric));
        cell(row.lastChild, metric.value, withUnit(metric.value, metric.unit).join(" ").trim());
      });
    keyed(this.spread, all.filter(([, metric]) => "count" in metric), ([id]) => id,
      each => h("tr", {}, head(each, true), STATS.map(name => h("td", {"data-metric": each[0], "data-stat": name, "data-head": HEADS[name] ?? name}))),
      (row, [, metric]) => {
        row.classList.toggle("unmeasured", isUnmeasured(metric));
        STATS.forEach((name, i) => cell(row.children[i + 1], metric[name],
          name === "count" ? metric.count ? number(metric.count) : "no samples" : number(metric[name])));
      });
  }
}

// The address of the form that asks for the same again: its parameters, repetitions, thresholds and objectives.
export const again = result => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(result.parameters)) query.append(name, asked(value));
  if (result.repetitions.length > 1) query.append("repeat", result.repetitions.length);
  for (const {threshold, origin} of result.thresholds) {
    if (!origin.startsWith("slo ")) query.append("threshold", threshold);
    else if (!query.has("slo")) query.append("slo", origin.slice(4));
  }
  return `/new/${result.experiment}?${query}`;
};
