// Asks for a run. The fields, their help and their checks come from the definitions of the command line.

import {command, h, say, toggle} from "./dom.js";
import {Elsewhere} from "./elsewhere.js";
import {cards} from "./now.js";
import {store} from "./store.js";
import {write} from "./token.js";

const PAUSE_MILLIS = 250;

const KINDS = {"whole-number": "a whole number", duration: "a time such as 500ms, 2s, 1m"};

const range = parameter => parameter.least == null ? KINDS[parameter.kind] ?? ""
  : `${KINDS[parameter.kind] ?? ""}, ${parameter.least} to ${parameter.most}`;

class Field {
  constructor(parameter, given, changed) {
    const id = "field-" + parameter.name;
    const help = h("p", {class: "help", id: id + "-help"}, parameter.help);
    this.parameter = parameter;
    this.problem = h("p", {class: "problem", id: id + "-problem"});
    const described = {id, name: parameter.name, "aria-describedby": `${id}-help ${id}-problem`};
    const value = given ?? parameter.fallback;
    if (parameter.kind === "flag") {
      this.input = h("input", {...described, type: "checkbox", checked: value === "true"});
    } else if (parameter.kind === "word") {
      this.input = h("select", described, [...parameter.fallback ? [] : [""], ...parameter.words].map(word =>
        h("option", {value: word, selected: word === value.toLowerCase()}, word || "none")));
    } else {
      this.input = h("input", {...described, type: parameter.secret ? "password" : "text", value, autocomplete: "off", spellcheck: "false", maxlength: "500",
        inputmode: parameter.kind === "whole-number" ? "numeric" : null, placeholder: parameter.fallback || null,
        title: range(parameter) || null});
    }
    this.input.addEventListener("input", changed);
    const label = h("label", {for: id}, parameter.name);
    this.element = parameter.kind === "flag"
      ? h("div", {class: "field check"}, h("label", {for: id}, this.input, parameter.name), help, this.problem)
      : h("div", {class: "field"}, label, this.input, help, this.problem);
  }

  get value() {
    return this.parameter.kind === "flag" ? String(this.input.checked) : this.input.value.trim();
  }

  // Whether it differs from what it would be anyway.
  get isGiven() {
    const usual = this.parameter.kind === "flag" ? "false" : this.parameter.fallback;
    return this.value !== "" && this.value.toLowerCase() !== usual.toLowerCase();
  }

  complain(problem) {
    say(this.problem, problem);
    if (problem) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
  }
}

export class NewRun {
  constructor(name) {
    this.name = name;
    this.element = h("div", {class: "view"});
    this.elsewhere = new Elsewhere(); // two would measure each other
    this.show();
  }

  show() {
    if (this.form || !store.experiments.length) return;
    if (!this.name) {
      this.element.replaceChildren(h("h1", {}, "New run"), h("p", {class: "lead"}, "Which question is to be answered?"), cards());
      this.form = true;
      return;
    }
    const experiment = store.experiment(this.name);
    if (!experiment) {
      this.element.replaceChildren(h("h1", {}, "No such experiment"), cards());
      return;
    }
    this.build(experiment);
  }

  build(experiment) {
    const given = new URLSearchParams(location.search);
    const changed = () => this.changed();
    this.fields = experiment.parameters.map(parameter => new Field(parameter, given.get(parameter.name), changed));
    const own = this.fields.filter(field => !field.parameter.common);
    const common = this.fields.filter(field => field.parameter.common);
    this.thresholds = h("textarea", {id: "field-thresholds", name: "thresholds", spellcheck: "false", rows: "3",
      placeholder: example(experiment), "aria-describedby": "field-thresholds-help field-thresholds-problem"});
    this.thresholds.value = given.getAll("threshold").join("\n");
    this.thresholds.addEventListener("input", changed);
    this.thresholdProblem = h("p", {class: "problem", id: "field-thresholds-problem"});
    this.notice = h("p", {class: "notice bad", role: "alert", hidden: true});
    this.command = command("./muster run " + experiment.name);
    this.submit = h("button", {class: "primary"}, "Start run");
    this.form = h("form", {novalidate: true, onsubmit: event => { event.preventDefault(); this.start(); }},
      h("fieldset", {class: "panel"}, h("legend", {}, "Parameters"), h("div", {class: "fields"}, own.map(field => field.element))),
      h("fieldset", {class: "panel"}, h("legend", {}, "What it must meet"),
        h("div", {class: "field"}, h("label", {for: "field-thresholds"}, "Thresholds"), this.thresholds,
          h("p", {class: "help", id: "field-thresholds-help"}, "One a line: a metric, a percentile for a distribution, and a limit. ",
            h("a", {href: "#metrics", onclick: () => { document.getElementById("metrics").open = true; }}, "Metrics of this experiment")), this.thresholdProblem),
        h("details", {open: common.some(field => field.isGiven)}, h("summary", {}, "Where it runs, repetitions, time-out, faults and objectives"),
          h("div", {class: "fields"}, common.map(field => field.element)))),
      this.elsewhere.element, this.notice, this.command.element, h("div", {class: "actions"}, this.submit));
    this.element.replaceChildren(
      h("div", {class: "head"}, h("div", {}, h("p", {class: "eyebrow"}, h("a", {href: "/new"}, "New run")),
        h("h1", {}, experiment.name), h("p", {class: "lead"}, experiment.question))),
      this.form, metrics(experiment));
    this.check();
  }

  get body() {
    return {experiment: this.name,
      parameters: Object.fromEntries(this.fields.filter(field => field.isGiven).map(field => [field.parameter.name, field.value])),
      thresholds: this.thresholds.value.split("\n").map(line => line.trim()).filter(Boolean)};
  }

  changed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), PAUSE_MILLIS);
    const query = new URLSearchParams();
    // A secret is not for the address, which is kept.
    this.fields.filter(field => field.isGiven && !field.parameter.secret)
      .forEach(field => query.append(field.parameter.name, field.value));
    this.body.thresholds.forEach(threshold => query.append("threshold", threshold));
    history.replaceState(null, "", location.pathname + (String(query) ? "?" + query : ""));
  }

  async check() {
    const asked = this.asked = JSON.stringify(this.body);
    try {
      const answer = await write("POST", "/api/runs/check", this.body);
      if (this.asked === asked) {
        this.complain([]);
        this.command.set(answer.command);
      }
    } catch (refused) {
      if (this.asked === asked) this.complain(refused.fields ?? []);
    }
  }

  // The command line stays that of the last fields that could be run.
  complain(problems) {
    toggle(this.command.element, "outdated", problems.length);
    const of = name => problems.filter(each => each.field === name).map(each => each.problem).join("; ");
    this.fields.forEach(field => field.complain(of(field.parameter.name)));
    say(this.thresholdProblem, of("thresholds"));
    this.thresholds.toggleAttribute("aria-invalid", Boolean(of("thresholds")));
    if (of("thresholds")) this.thresholds.setAttribute("aria-invalid", "true");
    const known = new Set(["thresholds", ...this.fields.map(field => field.parameter.name)]);
    this.tell(problems.filter(each => !known.has(each.field)).map(each => `${each.field} ${each.problem}`.trim()).join("; "));
  }

  tell(text, link) {
    this.notice.replaceChildren(text, ...link ? [" ", h("a", {href: link}, "Show it")] : []);
    this.notice.hidden = !text;
  }

  async start() {
    clearTimeout(this.timer);
    this.asked = "";
    this.submit.disabled = true;
    say(this.submit, "Starting");
    try {
      await write("POST", "/api/runs", this.body);
      this.open("/");
    } catch (refused) {
      this.complain(refused.fields ?? []);
      if (refused.fields?.length) this.form.querySelector("[aria-invalid=true]")?.focus();
      else this.tell(refused.message + (refused.fix ? ": " + refused.fix : ""), refused.running && "/");
    } finally {
      this.submit.disabled = false;
      say(this.submit, "Start run");
    }
  }

  end() {
    this.elsewhere.end();
    clearTimeout(this.timer);
  }
}

const example = experiment => {
  const lower = experiment.metrics.find(metric => metric.distribution && metric.better === "lower");
  return lower ? `${lower.id} p99 < 250ms` : "";
};

const metrics = experiment => h("details", {class: "panel", id: "metrics"}, h("summary", {}, "Metrics of this experiment"),
  h("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "Metrics"}, h("table", {class: "stacked"},
    h("thead", {}, h("tr", {}, ["Metric", "Unit", "Better", "Meaning"].map((name, i) => h("th", {scope: "col", class: i ? "left" : null}, name)))),
    h("tbody", {}, experiment.metrics.map(metric => h("tr", {}, h("th", {scope: "row"}, metric.id),
      h("td", {class: "left", "data-head": "Unit"}, metric.unit),
      h("td", {class: "left", "data-head": "Better"}, metric.better === "neither" ? "" : metric.better),
      h("td", {class: "left text rest"}, metric.help)))))));
