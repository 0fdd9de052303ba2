// Which page is shown. Its address says so: links, the back button and a reload lead to the same.

import {Compare} from "./compare.js";
import {say, toggle} from "./dom.js";
import {NewRun} from "./form.js";
import {OneRun, Runs} from "./history.js";
import {begin} from "./live.js";
import {Idle, LiveRun} from "./now.js";
import {store} from "./store.js";

const main = document.getElementById("main");
const link = document.getElementById("link");
let view;
let shown = "";

// The run of the moment, or none: the view is made anew when that changes.
class Now {
  constructor() {
    this.make();
  }

  make() {
    this.run = store.run?.news.run;
    this.view = this.run ? new LiveRun() : new Idle();
    this.element = this.view.element;
  }

  show() {
    if (store.run?.news.run === this.run && store.experiments.length === this.known) {
      this.view.show();
      return;
    }
    this.known = store.experiments.length;
    this.view.end();
    const before = this.element;
    this.make();
    before.replaceWith(this.element);
  }

  end() {
    this.view.end();
  }
}

const PAGES = [
  [/^\/$/, "Now", () => new Now()],
  [/^\/new$/, "New run", () => new NewRun()],
  [/^\/new\/([a-z]+)$/, "New run", name => new NewRun(name)],
  [/^\/runs$/, "Runs", () => new Runs()],
  [/^\/runs\/([0-9a-z-]+)$/, "Run", run => new OneRun(run)],
  [/^\/compare\/([0-9a-z-]+)\/([0-9a-z-]+)$/, "Comparison", (baseline, other) => new Compare(baseline, other)],
];

const open = path => {
  history.pushState(null, "", path);
  route();
  main.focus({preventScroll: true});
  scrollTo(0, 0);
};

const route = () => {
  const path = location.pathname;
  if (path === shown) return;
  shown = path;
  const [pattern, title, make] = PAGES.find(([pattern]) => pattern.test(path)) ?? PAGES[0];
  view?.end();
  view = make(...(pattern.exec(path) ?? []).slice(1));
  view.open = open;
  main.replaceChildren(view.element);
  document.title = title + " \u00b7 Muster";
  document.querySelectorAll("nav a").forEach(each => {
    const own = each.getAttribute("href");
    const here = own === "/" ? path === "/" : path.startsWith(own) || (own === "/runs" && path.startsWith("/compare"));
    if (here) each.setAttribute("aria-current", "page");
    else each.removeAttribute("aria-current");
  });
  view.show();
};

document.addEventListener("click", event => {
  const anchor = event.target.closest("a[href]");
  const own = anchor && anchor.origin === location.origin && !anchor.dataset.plain && !anchor.getAttribute("href").startsWith("#");
  if (!own || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  if (anchor.pathname !== location.pathname || anchor.search !== location.search) {
    shown = "";
    open(anchor.pathname + anchor.search);
  }
});
addEventListener("popstate", route);

store.listen(() => {
  say(link, store.connected ? store.isRunning ? "a run is under way" : "live" : "not connected; trying again");
  toggle(link, "on", store.connected);
  toggle(link, "off", !store.connected);
  view.show();
});

route();
begin();
