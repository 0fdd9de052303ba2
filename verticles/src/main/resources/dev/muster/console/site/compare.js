// Two runs side by side: what is faster, and how sure that is.

import {command, h} from "./dom.js";
import {text} from "./format.js";
import {failed} from "./history.js";
import {store} from "./store.js";
import {read} from "./token.js";

const HEADS = ["Metric", "Statistic", "Baseline", "Other", "Ratio", "Finding"];
const WORSE = ["slower", "worse", "lower", "more"];

export class Compare {
  constructor(baseline, other) {
    this.element = h("div", {class: "view"}, h("h1", {}, "Comparison"));
    this.command = command("");
    this.line = () => `./muster compare ${store.folder(baseline)} ${store.folder(other)}`;
    this.read(baseline, other);
  }

  async read(baseline, other) {
    try {
      const {comparisons: [pair]} = await read("/api/compare?" + new URLSearchParams({baseline, other}));
      this.element.replaceChildren(
        h("div", {class: "head"}, h("div", {}, h("p", {class: "eyebrow"}, h("a", {href: "/runs"}, "Runs")), h("h1", {}, "Comparison"),
          h("p", {class: "lead"}, h("a", {href: "/runs/" + other}, other), " against ", h("a", {href: "/runs/" + baseline}, baseline)))),
        pair.warnings.length ? h("ul", {class: "notice"}, pair.warnings.map(warning => h("li", {}, warning))) : "",
        h("section", {class: "panel"}, h("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "Comparison"}, h("table", {class: "stacked"},
          h("thead", {}, h("tr", {}, HEADS.map((name, i) =>
            h("th", {scope: "col", class: i === 1 || i === 5 ? "left" : null}, name)))),
          h("tbody", {}, pair.metrics.map(row => h("tr", {},
            h("th", {scope: "row"}, row.metric), h("td", {class: "left", "data-head": HEADS[1]}, row.statistic),
            h("td", {"data-head": HEADS[2]}, text(row.baseline, row.unit)), h("td", {"data-head": HEADS[3]}, text(row.other, row.unit)),
            h("td", {"data-head": HEADS[4]}, row.ratio == null ? "\u2013" : row.ratio.toFixed(2)),
            h("td", {class: "left rest " + tone(row.finding), "data-head": HEADS[5]}, row.finding))))))),
        this.command.element);
    } catch (refused) {
      failed(this.element, refused);
    }
  }

  // Where the results are may become known after what is compared.
  show() {
    this.command.set(this.line());
  }

  end() {}
}

const tone = finding => WORSE.some(word => finding.startsWith(word)) ? "missed"
  : /^(faster|better|higher|less)/.test(finding) ? "met" : "none";
