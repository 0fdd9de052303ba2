// The stream of events, opened again whenever it ends: the server may be started anew at any time.

import {read} from "./token.js";
import {store} from "./store.js";

const AGAIN_MILLIS = 1000;
const SILENT_MILLIS = 5000;

let source;
let heard = 0;
let known = "";

const open = () => {
  source = new EventSource("/api/events");
  source.addEventListener("open", () => alive());
  source.addEventListener("stats", event => { alive(); store.hear(JSON.parse(event.data)); });
  source.addEventListener("run", event => { alive(); store.hearRun(JSON.parse(event.data)); });
  source.addEventListener("silence", () => { alive(); store.silent(); });
  source.addEventListener("error", () => {
    store.link(false);
    source.close();
    setTimeout(open, AGAIN_MILLIS);
  });
};

const alive = () => {
  heard = Date.now();
  if (!store.connected) {
    store.link(true);
    learn();
  }
};

// A server that came back may be another build with other experiments: its page is not this one.
const learn = async () => {
  try {
    const all = await read("/api/experiments");
    const told = JSON.stringify(all);
    if (known && told !== known) location.reload();
    if (!known) store.know(all);
    known = told;
  } catch {
    // Nobody carries out runs, or nobody is there: the stream says which, and asks again.
  }
};

// What is to be drawn is known before the first second is.
export const begin = async () => {
  await learn();
  open();
  setInterval(() => {
    // A cable that was pulled ends no stream: nothing comes any more.
    if (store.connected && Date.now() - heard > SILENT_MILLIS) store.link(false);
  }, AGAIN_MILLIS);
};
