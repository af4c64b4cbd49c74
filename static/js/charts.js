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

async function draw(place) {
  const description = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  const plotly = await loadPlotly();
  const { data, layout, config } = resolved(description, getComputedStyle(document.documentElement));
  await plotly.react(place, data, layout, config);
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

const watch = () => document.querySelectorAll("[data-chart]:not([data-drawn])").forEach((place) => seen.observe(place));
watch();
document.addEventListener("htmx:afterSettle", watch);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  for (const place of document.querySelectorAll("[data-chart][data-drawn]")) draw(place);
});
window.addEventListener("beforeprint", () => {
  for (const place of document.querySelectorAll("[data-chart]:not([data-drawn])")) draw(place);
});
