// Small helpers for the page.
const SVG = "http://www.w3.org/2000/svg";

function el(name, className = "", text = "") {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

function svg(name, attributes = {}) {
  return setAttributes(document.createElementNS(SVG, name), attributes);
}

function setAttributes(node, attributes) {
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

function button(className, text, title, press) {
  const node = el("button", className, text);
  node.type = "button";
  if (title) {
    node.title = title;
    node.setAttribute("aria-label", title);
  }
  node.addEventListener("click", press);
  return node;
}

// A list to choose from: `choices` are pairs of value and name, or of a group's name and such pairs.
function choice(name, choices, chosen, choose) {
  const node = el("select");
  node.setAttribute("aria-label", name);
  const option = ([value, text]) => new Option(text, value);
  for (const [key, content] of choices) {
    if (!Array.isArray(content)) {
      node.append(option([key, content]));
      continue;
    }
    const group = el("optgroup");
    group.label = key;
    group.append(...content.map(option));
    node.append(group);
  }
  node.value = chosen;
  node.addEventListener("change", () => choose(node.value));
  return node;
}

// Saves what an address with data holds as a file.
function saveFile(name, address) {
  const link = el("a");
  link.href = address;
  link.download = name;
  link.click();
}

// Buttons of which one is pressed; returns the box and a function that shows which.
function segments(name, choices, choose) {
  const box = el("div", "segments");
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", name);
  const made = choices.map(([value, text, title]) => {
    const node = button("", text, title ?? "", () => choose(value));
    box.append(node);
    return [value, node];
  });
  const show = (chosen) => made.forEach(([value, node]) => node.setAttribute("aria-pressed", String(value === chosen)));
  return { box, show };
}
