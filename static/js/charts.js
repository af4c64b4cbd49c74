// Charts are drawn when they come near the screen; colours are the roles of the style sheet, of the theme in use.

const library = document.querySelector("script[data-plotly]");
let loading;

function loadPlotly() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = library.dataset.plotly;
    script.onload = () => resolve(window.Plotly);
    script.onerror = reject;
    document.head.append(script);
  });
  return loading;
}

// "var(--accent)" anywhere in the description becomes the colour it stands for.
function resolved(value, styles) {
  if (typeof value === "string") {
    return value.replace(/^var\((--[\w-]+)\)$/, (_all, name) => styles.getPropertyValue(name).trim());
  }
  if (Array.isArray(value)) return value.map((one) => resolved(one, styles));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolved(one, styles)]));
  }
  return value;
}

// Labels above bars are folded to the width; every row takes the height of the longest one.
const CHARACTER_WIDTH = 7;

function fold(text, width) {
  const lines = [""];
  for (const word of text.split(" ")) {
    if ((lines.at(-1) + word).length > width && lines.at(-1)) lines.push("");
    lines[lines.length - 1] += `${lines.at(-1) ? " " : ""}${word}`;
  }
  return lines;
}

function foldLabels(layout, width) {
  const { labels, line, bar, space, margins } = layout.meta ?? {};
  if (!labels) return;
  const folded = labels.map((label) => fold(label, Math.floor((width - 24) / CHARACTER_WIDTH)));
  const row = Math.max(...folded.map((one) => one.length)) * line + bar + space;
  layout.annotations = folded.map((lines, position) => ({
    text: lines.join("<br>"),
    align: "left",
    showarrow: false,
    x: 0,
    xref: "paper",
    xanchor: "left",
    y: position,
    yanchor: "bottom",
    yshift: bar / 2 + 1,
    bgcolor: "var(--paper)",
    borderpad: 0,
  }));
  layout.height = row * labels.length + margins;
  layout.bargap = 1 - bar / row;
  layout.yaxis.range = [-bar / row, labels.length - bar / row];
}

const described = (place) => JSON.parse(document.getElementById(place.dataset.chart).textContent);

// The place is made before the drawing comes, so that nothing under it jumps.
function makeRoom(place) {
  const { layout } = described(place);
  foldLabels(layout, place.clientWidth);
  place.style.minHeight = `${layout.height}px`;
}

async function draw(place) {
  const description = described(place);
  foldLabels(description.layout, place.clientWidth);
  const plotly = await loadPlotly();
  const { data, layout, config } = resolved(description, getComputedStyle(document.documentElement));
  await plotly.react(place, data, layout, config);
  // The table below says the same, in an order that makes sense when read aloud.
  for (const svg of place.querySelectorAll("svg.main-svg")) svg.setAttribute("aria-hidden", "true");
  place.dataset.drawn = "1";
}

const seen = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      seen.unobserve(entry.target);
      draw(entry.target);
    }
  },
  { rootMargin: "600px" },
);

function watch() {
  for (const place of document.querySelectorAll("[data-chart]:not([data-drawn])")) {
    makeRoom(place);
    seen.observe(place);
  }
}

watch();
document.addEventListener("htmx:afterSettle", watch);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  for (const place of document.querySelectorAll("[data-chart][data-drawn]")) draw(place);
});
// On paper the numbers stand in the place of the drawings, which cannot be drawn in time nor at the width of the sheet.
window.addEventListener("beforeprint", () => {
  for (const table of document.querySelectorAll(".table-twin:not([open])")) {
    table.open = true;
    table.dataset.openedToPrint = "1";
  }
});
window.addEventListener("afterprint", () => {
  for (const table of document.querySelectorAll("[data-opened-to-print]")) {
    table.open = false;
    delete table.dataset.openedToPrint;
  }
});
