// Building elements without markup: text is only ever text.

type Child = Node | string | null | false | undefined;
type Properties = Record<string, string | boolean | number | EventListener | undefined>;

/** An element with attributes (`on…` are listeners, `true` is an empty attribute, `false` none) and children. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) set(made, name, value);
  made.append(...children.filter((child): child is Node | string => Boolean(child)));
  return made;
}

/** A button that never submits a form. */
export function button(properties: Properties, ...children: Child[]): HTMLButtonElement {
  return el("button", { type: "button", ...properties }, ...children);
}

/** Words for screen readers alone. */
export function unseen(text: string): HTMLElement {
  return el("span", { class: "unseen" }, text);
}

/** Replace a text only when it changes: a live region speaks at every replacement. */
export function say(where: HTMLElement, text: string): void {
  if (where.textContent !== text) where.textContent = text;
}

function set(made: HTMLElement, name: string, value: Properties[string]): void {
  if (typeof value === "function") made.addEventListener(name.slice(2), value);
  else if (typeof value === "boolean") made.toggleAttribute(name, value);
  else if (value !== undefined) made.setAttribute(name, String(value));
}
