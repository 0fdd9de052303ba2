// Asks the server. Where it wants the admin token, the user is asked for it once, and it is kept until the tab is closed.

import {h} from "./dom.js";

const KEY = "muster-admin-token";
const WRONG = /token is wrong/; // and not refused for what else a 403 may say

export class Refused extends Error {
  constructor(status, answer) {
    super(answer.error ?? `the server answered ${status}`);
    this.status = status;
    this.fix = answer.fix ?? "";
    this.fields = answer.fields ?? [];
    this.running = answer.running ?? "";
  }
}

export const read = async path => answer(await fetch(path, {headers: {Accept: "application/json"}}));

export const write = async (method, path, body) => {
  for (;;) {
    const token = sessionStorage.getItem(KEY);
    const headers = {Accept: "application/json"};
    if (body) headers["Content-Type"] = "application/json";
    if (token) headers.Authorization = "Bearer " + token;
    const response = await fetch(path, {method, headers, body: body && JSON.stringify(body)});
    const told = await response.json().catch(() => ({}));
    const wrong = response.status === 403 && WRONG.test(told.error);
    if (wrong) sessionStorage.removeItem(KEY);
    if (!(wrong || response.status === 401) || !await ask(wrong)) return checked(response, told);
  }
};

const checked = (response, told) => {
  if (!response.ok) throw new Refused(response.status, told);
  return told;
};

const answer = async response => checked(response, await response.json().catch(() => ({})));

const ask = wrong => new Promise(resolve => {
  const input = h("input", {type: "password", id: "token", autocomplete: "off", required: true,
    "aria-describedby": "token-help", "aria-invalid": wrong ? "true" : null});
  const dialog = h("dialog", {"aria-labelledby": "token-label"},
    h("form", {method: "dialog", onsubmit: () => sessionStorage.setItem(KEY, input.value)},
      h("div", {},
        h("h2", {id: "token-label"}, h("label", {for: "token"}, "Admin token")),
        h("p", {id: "token-help", class: wrong ? "problem" : null, role: wrong ? "alert" : null}, wrong ? "That is not the token that this server was started with. Try again."
          : "This server is not on your machine: it wants the token of --admin-token. It is kept until you close this tab."),
        input,
        h("div", {class: "actions"},
          h("button", {type: "button", onclick: () => dialog.close("")}, "Cancel"),
          h("button", {class: "primary", value: "given"}, "Continue")))));
  dialog.addEventListener("close", () => {
    dialog.remove();
    resolve(dialog.returnValue === "given");
  });
  document.body.append(dialog);
  dialog.showModal();
});
