// Measures the page for bench/console: URL CHROMIUM ROUNDS PROCESSES BUILD FOLDER.
import {writeFileSync} from "node:fs";
import {cpus} from "node:os";
import {chromium} from "playwright-core";

const [url, executablePath, rounds, processes, build, folder] = process.argv.slice(2);
const PAINT_TARGET = 1000;
const HEAP_TARGET = 50;

const browser = await chromium.launch({executablePath, args: ["--no-sandbox", "--disable-gpu"]});

// A context of its own has an empty cache.
const fresh = async () => {
  const page = await (await browser.newContext({viewport: {width: 1280, height: 900}})).newPage();
  await page.goto(url);
  return page;
};

const paint = page => page.evaluate(() => new Promise(resolve => {
  new PerformanceObserver(list => list.getEntriesByName("first-contentful-paint").forEach(entry => resolve(entry.startTime)))
    .observe({type: "paint", buffered: true});
}));

const heap = async page => {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send("HeapProfiler.collectGarbage");
  return (await devTools.send("Runtime.getHeapUsage")).usedSize / 1e6;
};

// Seconds as a collector would tell them, straight into the page's own store.
const pass = (page, from, count) => page.evaluate(async ([from, count, processes]) => {
  const base = document.querySelector("script[type=module]").src.replace("app.js", "");
  const {store} = await import(base + "store.js");
  for (let i = from; i < from + count; i++) {
    const samples = {unit: "ns", count: 500, p50: 1e6 + i, p99: 5e6 + i, max: 9e6};
    store.hear({epochMillis: i * 1000, gaps: [], counters: {"master.registered": 9 * i, "minion.started": 9 * i,
      "broker.heartbeats": 100 * i}, gauges: {"engine.live": i % 50, "engine.intended": 50},
    distributions: {"minion.register.latency": samples},
    instances: Array.from({length: processes}, (unused, n) => ({name: "pod-" + n, roles: "minion", silent: n === i % processes,
      silentMillis: 9, restarts: 0, missed: 0, gauges: {"process.cpu.share": .1}})),
    timeline: [{epochSecond: i, counters: {"master.registered": 9, "broker.heartbeats": 100}, gauges: {"engine.live": i % 50},
      distributions: {"minion.register.latency": samples, "broker.heartbeat.lateness": samples}}]});
  }
}, [2e9 + from, count, Number(processes)]);

const paints = [], heaps = [], hours = [], days = [];
for (let round = 0; round < rounds; round++) {
  const page = await fresh();
  paints.push(await paint(page));
  if (round < 3) {
    await page.locator("#link.on").waitFor();
    await pass(page, 0, 600);
    heaps.push(await heap(page));
    await pass(page, 600, 3000);
    hours.push(await heap(page));
    if (round === 0) {
      for (let hour = 1; hour < 24; hour++) await pass(page, hour * 3600, 3600);
      days.push(await heap(page));
    }
  }
  await page.context().close();
}
await browser.close();

const sorted = values => [...values].sort((a, b) => a - b);
const targets = [];
const row = (what, values, unit, target) => {
  const all = sorted(values);
  const median = all[Math.floor(all.length / 2)];
  targets.push({what, unit, muster: median, target: `less than ${target} ${unit}`, met: median < target});
  const text = value => value.toFixed(value < 100 ? 1 : 0);
  return `| ${what} | ${text(median)} ${unit} (${text(all[0])} - ${text(all[all.length - 1])}) | < ${target} ${unit} | ${median < target ? "met" : "not met"} |`;
};
const at = new Date().toISOString().replace(/\.\d+/, "");
writeFileSync(folder + "/console.md", `# Console

\`bench/console\`, ${at}: ${build}, ${cpus().length} cores of ${cpus()[0].model}, Chromium ${browser.version()}, ${processes} processes.

| what | median (min - max) | target | |
|---|---|---|---|
${row("first contentful paint on loopback, nothing cached", paints, "ms", PAINT_TARGET)}
${row("JavaScript heap after 600 s of 1 s data", heaps, "MB", HEAP_TARGET)}
${row("the same after 3,600 s", hours, "MB", HEAP_TARGET)}
${row("the same after 86,400 s, once", days, "MB", HEAP_TARGET)}
`);
writeFileSync(folder + "/console.json", JSON.stringify({date: at, build, processes: Number(processes), firstPaintMillis: paints,
  heapAfterTenMinutesMegabytes: heaps, heapAfterAnHourMegabytes: hours, targets}, null, 1) + "\n");
