"use strict";
// Draws the charts of a report. All that it shows stands in the page as tables too; without this, they are open.
(() => {
  const root = document.documentElement;
  const charts = JSON.parse(document.getElementById("charts").textContent);
  const PRINTED_WIDTH = 640;
  let drawn = new Map();

  const color = name => getComputedStyle(root).getPropertyValue("--" + name).trim();

  const number = value => {
    if (value == null) return "\u2013";
    const size = Math.abs(value);
    const digits = Number.isInteger(value) || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return value.toLocaleString("en", {minimumFractionDigits: digits, maximumFractionDigits: digits});
  };
  const short = value => value === 0 ? "0" : value.toLocaleString("en", {maximumSignificantDigits: 3});
  const withUnit = unit => (u, value) => value == null ? "\u2013" : number(value) + (unit ? " " + unit : "");

  // 10, 100, 1000 ... and, where few of those fit, 2 and 5 of each.
  const logSplits = (u, axis, low, high) => {
    const steps = high / low > 200 ? [1] : high / low > 30 ? [1, 3] : [1, 2, 5];
    const splits = [];
    for (let ten = 10 ** Math.floor(Math.log10(low)); ten <= high; ten *= 10) {
      steps.forEach(step => { if (step * ten >= low && step * ten <= high) splits.push(step * ten); });
    }
    return splits;
  };
  const all = (u, splits) => splits;

  const axis = (label, more) => ({
    stroke: color("soft"), font: "12px " + getComputedStyle(document.body).fontFamily,
    labelFont: "12px " + getComputedStyle(document.body).fontFamily, label, labelSize: 18, labelGap: 0,
    size: 32, grid: {stroke: color("line"), width: 1}, ticks: {stroke: color("line"), width: 1, size: 4}, ...more,
  });

  // A scale for values from low to high: logarithmic where they span much and none is zero or below.
  const scaled = (low, high) => {
    const log = low > 0 && high / low > 20;
    return {
      scale: log ? {distr: 3, log: 10, range: () => [low / 1.15, high * 1.15]}
        : {range: () => low < 0 ? uPlot.rangeNum(low, high, 0.1, true) : [0, high > 0 ? high * 1.08 : 1]},
      axis: log ? {splits: logSplits, filter: all, values: (u, splits) => splits.map(short)}
        : {values: (u, splits) => splits.map(short)},
    };
  };

  const printing = () => root.classList.contains("printing");

  const base = (width, height, scales, axes, series, more) => ({
    width, height: printing() ? Math.round(height * 0.75) : height, scales, axes, series, padding: [8, 12, 0, 0],
    legend: {live: true}, cursor: {drag: {x: true, y: false}}, ...more,
  });

  const line = (label, name, unit, more) => ({
    label, stroke: color(name), width: 1.75, value: withUnit(unit), spanGaps: false, ...more,
  });

  const LEFT = 62;

  // Lines where faults began, each with its number.
  const marked = marks => ({draw: [u => {
    const context = u.ctx;
    context.save();
    context.strokeStyle = context.fillStyle = color("max");
    context.font = 12 * devicePixelRatio + "px " + getComputedStyle(document.body).fontFamily;
    context.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
    marks.forEach(mark => {
      const x = Math.round(u.valToPos(mark.seconds, "x", true));
      if (x < u.bbox.left || x > u.bbox.left + u.bbox.width) return;
      context.beginPath();
      context.moveTo(x, u.bbox.top);
      context.lineTo(x, u.bbox.top + u.bbox.height);
      context.stroke();
      context.fillText(mark.label.split(" ")[0], x + 3 * devicePixelRatio, u.bbox.top + 12 * devicePixelRatio);
    });
    context.restore();
  }]});

  const time = (chart, element, width) => {
    const few = chart.seconds.length <= 90;
    const points = {show: few, size: 5};
    const last = chart.seconds[chart.seconds.length - 1];
    const x = {time: false, range: (u, from, to) => from === chart.seconds[0] && to === last ? [0, last] : [from, to]};
    const y = scaled(chart.lowest, chart.highest);
    const cursor = {drag: {x: true, y: false}, sync: {key: chart.id}};
    const seconds = {label: "second", value: (u, value) => number(value)};
    const rate = new uPlot(base(width, 130, {x, y: {range: () => [0, chart.topRate * 1.1 || 1]}},
      [axis(null, {values: () => [], size: 6}), axis("per second", {size: LEFT, values: (u, s) => s.map(short)})],
      [seconds, line("samples per second", "rate", "/s", {
        paths: uPlot.paths.stepped({align: -1}), fill: color("rate-fill"), points: {show: chart.seconds.length <= 4},
      })], {cursor, hooks: marked(chart.marks)}), [chart.seconds, chart.rate], element);
    const latency = new uPlot(base(width, 260, {x, y: y.scale},
      [axis("seconds since the load began"), axis(chart.unit || "value", {size: LEFT, ...y.axis})],
      [seconds,
        line("p50", "p50", chart.unit, {points}),
        line("p99", "p99", chart.unit, {points, width: 2.5}),
        line("largest", "max", chart.unit, {points, dash: [5, 4], width: 1.25})],
      {cursor, hooks: marked(chart.marks)}), [chart.seconds, chart.p50, chart.p99, chart.max], element);
    return [rate, latency];
  };

  const percent = over => over === 1 ? "0 %" : over === 2 ? "50 %"
    : (100 * (1 - 1 / over)).toFixed(Math.max(0, Math.round(Math.log10(over)) - 2)) + " %";

  const percentiles = (chart, element, width) => {
    const tables = chart.curves.map(curve => [curve.over, curve.values]);
    const data = tables.length === 1 ? tables[0] : uPlot.join(tables);
    const values = chart.curves.flatMap(curve => curve.values);
    const most = Math.max(10, ...chart.curves.flatMap(curve => curve.over));
    const y = scaled(Math.min(...values), Math.max(...values));
    const splits = [1, 2];
    for (let ten = 10; ten <= most; ten *= 10) splits.push(ten);
    const names = ["p99", "p50", "rate", "max", "fifth"];
    const dashes = [[], [8, 4], [2, 3], [10, 3, 2, 3]];
    return [new uPlot(base(width, 280,
      {x: {time: false, distr: 3, log: 10, range: () => [1, most * 1.1]}, y: y.scale},
      [axis("percentile", {splits: () => splits, filter: all, values: (u, s) => s.map(percent), space: 10}),
        axis(chart.unit || "value", {size: LEFT, ...y.axis})],
      [{label: "percentile", value: (u, over) => over == null ? "\u2013" : (100 * (1 - 1 / over)).toPrecision(5) + " %"},
        ...chart.labels.map((label, i) => line(chart.labels.length === 1 ? "value" : label,
          names[i % names.length], chart.unit,
          {spanGaps: true, points: {show: false}, width: 2, dash: dashes[Math.floor(i / names.length) % dashes.length]}))]),
      data, element)];
  };

  const dots = (chart, element, width) => {
    const y = scaled(chart.lowest, chart.highest);
    const last = chart.seconds[chart.seconds.length - 1];
    return [new uPlot(base(width, 320, {x: {time: false, range: (u, from, to) =>
      from === to ? [from - 1, to + 1] : [Math.max(from, -0.01 * last), to + (to === last ? 0.01 * last : 0)]}, y: y.scale},
      [axis("booted, in seconds since the first"), axis("ms", {size: LEFT, ...y.axis})],
      [{label: "booted at", value: withUnit("s")},
        {label: "latency", stroke: color("p50"), value: withUnit("ms"), paths: () => null,
          points: {show: true, space: 0, size: chart.millis.length > 2000 ? 3 : 4, width: 0, fill: color("dot"), stroke: color("dot")}}]),
      [chart.seconds, chart.millis], element)];
  };

  // Cores on the left and counts of pods on the right, over one time.
  const load = (chart, element, width) => {
    const names = ["p50", "fifth", "max", "rate", "dot"];
    const dashes = [[], [2, 3], [10, 3, 2, 3], [6, 3], [1, 3]];
    const most = Math.max(1, ...chart.counts.flat().filter(value => value != null));
    const top = Math.max(0.1, ...chart.asked, ...chart.delivered.filter(value => value != null));
    const stepped = uPlot.paths.stepped({align: 1});
    return [new uPlot(base(width, 320,
      {x: {time: false}, y: {range: () => [0, top * 1.1]}, pods: {range: () => [0, most + 1]}},
      [axis("seconds since the load began"), axis("cores", {size: LEFT, values: (u, s) => s.map(short)}),
        axis("pods", {scale: "pods", side: 1, grid: {show: false}, values: (u, s) => s.map(v => Number.isInteger(v) ? v : "")})],
      [{label: "second", value: (u, value) => number(value)},
        line("asked", "max", "cores", {paths: stepped, points: {show: false}}),
        line("delivered", "p99", "cores", {points: {show: false}, width: 2.5, fill: color("rate-fill")}),
        ...chart.labels.map((label, i) => line(label, names[i % names.length], "",
          {scale: "pods", paths: stepped, points: {show: false}, dash: dashes[i % dashes.length], spanGaps: true}))]),
      [chart.seconds, chart.asked, chart.delivered, ...chart.counts], element)];
  };

  const kinds = {time, percentiles, dots, load};

  const draw = () => charts.forEach(chart => {
    const element = document.getElementById(chart.id);
    const width = printing() ? PRINTED_WIDTH : element.clientWidth;
    if (width > 0 && !drawn.has(chart.id)) drawn.set(chart.id, kinds[chart.type](chart, element, width));
  });

  const redraw = () => {
    drawn.forEach(plots => plots.forEach(plot => plot.destroy()));
    drawn = new Map();
    draw();
  };

  const fit = () => drawn.forEach((plots, id) => {
    const width = document.getElementById(id).clientWidth;
    plots.forEach(plot => {
      if (width > 0 && plot.width !== width) plot.setSize({width, height: plot.height});
    });
  });

  root.classList.add("scripted");
  document.querySelectorAll("details.data").forEach(details => { details.open = false; });
  draw();
  document.addEventListener("toggle", draw, true);
  new ResizeObserver(() => { if (!printing()) fit(); }).observe(document.querySelector("main"));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);

  let folded = [];
  addEventListener("beforeprint", () => {
    root.classList.add("printing");
    folded = [...document.querySelectorAll("details:not([open])")];
    folded.forEach(details => { details.open = true; });
    redraw();
  });
  addEventListener("afterprint", () => {
    root.classList.remove("printing");
    folded.forEach(details => { details.open = false; });
    redraw();
  });
})();
