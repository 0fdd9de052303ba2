// Makes elements. Text is always text: nothing that comes from the server can become markup.

export const h = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === false || value == null) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter(child => child != null && child !== false));
  return element;
};

// Changes what has changed alone, so that a screen reader and a selection are left in peace.
export const say = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};

export const toggle = (element, name, on) => element.classList.toggle(name, Boolean(on));

// The children for these items: those of the items before stay where they are.
export const keyed = (parent, items, key, make, update) => {
  const known = new Map([...parent.children].map(child => [child.dataset.key, child]));
  let place = parent.firstChild;
  for (const item of items) {
    const name = String(key(item));
    let child = known.get(name);
    if (!child) {
      child = make(item);
      child.dataset.key = name;
    }
    known.delete(name);
    update?.(child, item);
    if (child === place) place = place.nextSibling;
    else parent.insertBefore(child, place);
  }
  known.forEach(child => child.remove());
};

// A word of a command line, as a shell takes it.
export const quoted = word => /^[A-Za-z0-9_./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

export const command = (text, label = "The same as a command line") => {
  const shown = h("code", {}, text);
  const button = h("button", {type: "button", onclick: async () => {
    try {
      await navigator.clipboard.writeText(shown.textContent);
      say(button, "Copied");
    } catch {
      getSelection().selectAllChildren(shown); // without https a browser may allow no more
      say(button, "Selected");
    }
    setTimeout(() => say(button, "Copy"), 1500);
  }}, "Copy");
  return {element: h("div", {role: "group", "aria-label": label},
    h("p", {class: "command-label", "aria-hidden": "true"}, label), h("div", {class: "command"}, shown, button)),
  set: line => say(shown, line)};
};
