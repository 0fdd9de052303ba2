// Draws a panel of a picture over time. Its legend has the values, at the pointer or now.

import {h, say, toggle} from "./dom.js";
import {short, text} from "./format.js";

const HEIGHT = 220;
// What a line is to its panel decides how it looks; the legend's part of it is in the style sheet.
const STYLES = {
  main: {color: "accent", width: 2, fills: true},
  intended: {color: "second", width: 1.5, dash: [5, 4]},
  other: {color: "third", width: 2},
  further: {color: "third", width: 2, dash: [2, 3]},
};
const WINDOW_SECONDS = 600;
// Labels of marks that are close to each other stand below each other.
const MARK_ROWS = 3;

const color = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

export class Chart {
  // since: the second at which the time axis begins at 0; null for the time of day
  constructor(panel, since = null) {
    this.panel = panel;
    this.since = since;
    this.values = panel.lines.map(() => h("b"));
    this.plot = h("div", {class: "plot", role: "img", "aria-label": panel.title});
    this.element = h("section", {class: "panel"},
      h("h2", {}, panel.title),
      h("div", {class: "legend"}, panel.lines.map((line, i) =>
        h("span", {}, h("i", {class: line.style}), line.label, this.values[i]))),
      this.plot);
    this.resize = new ResizeObserver(() => this.fit());
    this.resize.observe(this.plot);
    this.scheme = matchMedia("(prefers-color-scheme: dark)");
    this.repaint = () => this.redraw();
    this.scheme.addEventListener("change", this.repaint);
  }

  show(series) {
    this.series = series;
    this.element.hidden = this.panel.lines.every(line => series.lacks(line));
    if (this.element.hidden) return;
    const data = [series.times, ...series.of(this.panel)];
    if (this.chart) this.chart.setData(data);
    else this.draw(data);
    if (!this.hovered) this.tell(this.panel.lines.map(line => series.lastOf(line)));
  }

  tell(values) {
    const lacking = this.panel.lines.map(line => this.series.lacks(line));
    const texts = values.map((value, i) => lacking[i] ? this.panel.lines[i].absent : text(value, this.panel.unit));
    texts.forEach((each, i) => {
      say(this.values[i], each);
      toggle(this.values[i].parentElement, "lacking", lacking[i]);
    });
    if (!this.hovered) {
      this.plot.setAttribute("aria-label",
        this.panel.title + ": " + [...this.panel.lines.map((line, i) => `${line.label} ${texts[i]}`),
          ...this.marked.length ? [`marked: ${this.marked.slice(-MARK_ROWS).map(([, label]) => label).join(", ")}`] : []].join(", "));
    }
  }

  draw(data) {
    const width = this.plot.clientWidth;
    if (!width) return;
    const font = "12px " + getComputedStyle(document.body).fontFamily;
    const axis = more => ({stroke: color("soft"), font, grid: {stroke: color("line"), width: 1}, ticks: {show: false}, ...more});
    const few = u => u.data[0].length < 3;
    this.chart = new uPlot({
      width, height: HEIGHT, padding: [8, 24, 0, 0], legend: {show: false},
      cursor: {y: false, drag: {x: false, y: false}, points: {size: 7}},
      scales: {x: {time: this.since == null, range: (u, from, to) => this.range(from, to)},
        y: {range: (u, low, high) => [Math.min(0, low ?? 0), high > 0 ? high * 1.1 : 1]}},
      axes: [
        axis({size: 28, values: this.since == null ? undefined : (u, splits) => splits.map(at => short(at - this.since) + " s")}),
        axis({size: 60, values: (u, splits) => splits.map(at => short(at, this.panel.unit))})],
      series: [{}, ...this.panel.lines.map(line => {
        const style = STYLES[line.style];
        return {label: line.label, stroke: color(style.color), width: style.width, dash: style.dash ?? [],
          points: {show: few, size: 5},
          fill: style.fills && line.what !== "p50" ? color(style.color) + "1c" : undefined};
      })],
      hooks: {
        setCursor: [u => {
          const at = u.cursor.idx;
          this.hovered = at != null && u.cursor.left >= 0;
          this.tell(this.hovered ? this.series.of(this.panel).map(values => values[at])
            : this.panel.lines.map(line => this.series.lastOf(line)));
        }],
        draw: [u => this.mark(u)],
      },
    }, data, this.plot);
  }

  get marked() {
    return this.series?.marks ?? [];
  }

  // Of a run all of it; of a bus the last ten minutes.
  range(from, to) {
    if (this.since != null) return [this.since, Math.max(to ?? this.since, this.since + 5)];
    return [Math.max(from, to - WINDOW_SECONDS), Math.max(to, from + 30)];
  }

  // What was done to the system, on its time axis.
  mark(u) {
    const {ctx, bbox} = u;
    ctx.save();
    ctx.strokeStyle = ctx.fillStyle = color("bad");
    ctx.lineWidth = 1;
    ctx.setLineDash([4, 3]);
    const height = 11 * devicePixelRatio;
    ctx.font = height + "px " + getComputedStyle(document.body).fontFamily;
    const right = bbox.left + bbox.width;
    this.marked.forEach(([time, label], i) => {
      const x = Math.round(u.valToPos(time, "x", true)) + .5; // one column of pixels, and not half of two
      if (x < bbox.left || x > right) return;
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      const fits = x + 4 + ctx.measureText(label).width <= right;
      ctx.textAlign = fits ? "left" : "right";
      ctx.fillText(label, fits ? x + 4 : x - 4, bbox.top + height * (1 + 1.3 * (i % MARK_ROWS)));
    });
    ctx.restore();
  }

  fit() {
    const width = this.plot.clientWidth;
    if (!width) return;
    if (this.chart) {
      if (width !== this.chart.width) this.chart.setSize({width, height: HEIGHT});
    } else if (this.series) this.show(this.series);
  }

  redraw() {
    this.chart?.destroy();
    this.chart = null;
    if (this.series) this.show(this.series);
  }

  end() {
    this.resize.disconnect();
    this.scheme.removeEventListener("change", this.repaint);
    this.chart?.destroy();
    this.chart = null;
  }
}
