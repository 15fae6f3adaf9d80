// Line drawings of 24 units, decorative: the words beside them, or the button's name, say what they do.

const PATHS = {
  chat: "M4 5h16v11H9l-5 4z M8 9h8 M8 12h5",
  minimise: "M6 9l6 6 6-6",
  menu: "M5 7h14 M5 12h14 M5 17h14",
  leave: "M14 4h5v16h-5 M4 12h10 M10 8l4 4-4 4",
  send: "M4 12h14 M12 6l6 6-6 6",
  phone: "M6 3h4l1.500 5-2.500 1.500a11 11 0 0 0 5.500 5.500l1.500-2.500 5 1.500v4a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z M4 21c0-4 3.500-6 8-6s8 2 8 6",
  calendar: "M5 6h14v14H5z M5 10h14 M9 3v4 M15 3v4",
  check: "M5 13l4 4L19 7",
  down: "M12 5v14 M6 13l6 6 6-6",
} as const;

export type Icon = keyof typeof PATHS;

const SVG = "http://www.w3.org/2000/svg";

/** One drawing, the size of the text around it. */
export function icon(name: Icon): SVGElement {
  const drawing = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  path.setAttribute("d", PATHS[name]);
  drawing.append(path);
  return drawing;
}
