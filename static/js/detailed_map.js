// The zoomable map, fetched only when asked: scores or basins lit, communes, brownfields, plants, logistics nodes,
// Territoires d'industrie, from vector tiles that say who made them.

// Each kind of node has its own shape, in a square of 24, and its own colour.
const NODE_MARKS = {
  motorway: ["#4a5560", "M4 4H20V20H4Z"],
  siding: ["#7a3b00", "M12 2L23 21H1Z"],
  freight_station: ["#e69f00", "M1 3H23L12 22Z"],
  combined_terminal: ["#8c2d8c", "M12 1L23 12L12 23L1 12Z"],
  marshalling_yard: ["#007a5a", "M3 7L7 3L12 8L17 3L21 7L16 12L21 17L17 21L12 16L7 21L3 17L8 12Z"],
  seaport: ["#0057a8", "M1 8H23C23 16 18 21 12 21C6 21 1 16 1 8Z"],
  inland_port: ["#3aa0d8", "M2 3H22L15 12L22 21H2L9 12Z"],
  airport: ["#d1306b", "M9 1H15V9H23V15H15V23H9V15H1V9H9Z"],
};
const MARK_SIZE = 24;
const SVG = "http://www.w3.org/2000/svg";
const BROWNFIELD_COLOUR = "#c44e00";
const PLANT_COLOUR = "#5b2a86";
const NEVER = ["boolean", false];
const byZoom = (far, middle, near) => ["interpolate", ["linear"], ["zoom"], 5, far, 8, middle, 12, near];
const POINT_RADIUS = byZoom(1.6, 4.5, 8);
const NODE_SIZE = byZoom(0.25, 0.5, 0.8);
const POINT_STROKE = byZoom(0.2, 0.8, 1.2);

const readJson = (id) => JSON.parse(document.getElementById(id).textContent);
const role = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const config = () => readJson("explorer-map-config");
const scores = () => (config().has_scores ? readJson("explorer-map-data") : {});
const kinds = (words) => Object.keys(words.kinds);

// ---- What is drawn

function zoneColours({ has_scores }) {
  if (!has_scores) return role("--map-land");
  const pairs = Object.entries(scores()).flatMap(([code, [mapClass]]) => [code, role(`--score-${mapClass}`)]);
  return ["match", ["get", "code"], ...pairs, role("--map-land")];
}

// What the page is about: a perimeter, else its basins; a ground and an outline.
function litLayers({ has_scores, lit: { zones, perimeter } }) {
  const source = perimeter ? "perimeters" : "zones";
  const is = (name, value) => ["==", ["get", name], value];
  const filter = perimeter ? ["all", is("kind", perimeter.kind), is("code", perimeter.code)] : ["in", ["get", "code"], ["literal", zones]];
  const made = (id, type, paint) => ({ id, type, source, "source-layer": source, filter, paint });
  const outline = made("lit", "line", { "line-color": role("--map-highlight"), "line-width": byZoom(1.4, 2.4, 4) });
  return { ground: has_scores ? [] : [made("lit-ground", "fill", { "fill-color": role("--score-1") })], outline };
}

const tiled = (source, id, type, paint, more = {}) => ({ id, type, source, "source-layer": source, paint, ...more });
const dot = (colour) => ({ "circle-color": colour, "circle-radius": POINT_RADIUS, "circle-stroke-color": "#ffffff", "circle-stroke-width": POINT_STROKE });

function layers(about) {
  const fill = { "fill-color": zoneColours(about), "fill-opacity": about.has_scores ? 0.85 : 1 };
  const lit = litLayers(about);
  const hovered = { "line-color": role("--map-highlight"), "line-width": 1.6 };
  return [
    { id: "background", type: "background", paint: { "background-color": role("--surface") } },
    { id: "neighbours", type: "fill", source: "neighbours", paint: { "fill-color": role("--line") } },
    tiled("zones", "zones", "fill", fill),
    ...lit.ground,
    tiled("communes", "communes", "fill", { "fill-color": role("--map-land"), "fill-opacity": 0 }),
    tiled("communes", "communes-line", "line", { "line-color": role("--line-strong"), "line-width": byZoom(0, 0.35, 0.8), "line-opacity": 0.7 }),
    tiled("zones", "zones-line", "line", { "line-color": about.has_scores ? role("--map-border") : role("--line-strong"), "line-width": byZoom(0.6, 1.2, 2) }),
    lit.outline,
    tiled("industry_territories", "industry_territories-case", "line", { "line-color": role("--surface"), "line-width": byZoom(1.4, 3.2, 5) }),
    tiled("industry_territories", "industry_territories", "line", { "line-color": role("--warning"), "line-width": byZoom(0.7, 1.6, 3) }),
    tiled("communes", "communes-hover", "line", hovered, { filter: NEVER }),
    tiled("brownfields", "brownfields", "circle", { ...dot(BROWNFIELD_COLOUR), "circle-opacity": ["case", ["get", "is_usable"], 1, 0.35] }),
    tiled("plants", "plants", "circle", dot(PLANT_COLOUR)),
    ...kinds(about.words).map((kind) => tiled("nodes", `nodes-${kind}`, "symbol", {}, {
      filter: ["==", ["get", "kind"], kind],
      layout: { "icon-image": `node-${kind}`, "icon-size": NODE_SIZE, "icon-allow-overlap": true, "icon-ignore-placement": true },
    })),
  ];
}

// What the reader can tick: its layers of the map, its words, its mark.
function choices({ words, has_scores }) {
  const outline = (colour, width) => legendMark(SQUARE, { fill: "none", stroke: role(colour), "stroke-width": width });
  return [
    ["zones", ["zones"], has_scores ? words.scores : words.zones, filled(SQUARE, role(has_scores ? "--score-5" : "--map-land"))],
    ["communes", ["communes", "communes-line", "communes-hover"], words.communes, outline("--line-strong", "2")],
    ["brownfields", ["brownfields"], `${words.brownfields} (${words.unusable})`, filled(CIRCLE, BROWNFIELD_COLOUR)],
    ["plants", ["plants"], words.plants, filled(CIRCLE, PLANT_COLOUR)],
    ["industry_territories", ["industry_territories-case", "industry_territories"], words.industry_territories, outline("--warning", "4")],
    ...kinds(words).map((kind) => [kind, [`nodes-${kind}`], words.kinds[kind], filled(NODE_MARKS[kind][1], NODE_MARKS[kind][0])]),
  ];
}

function element(tag, text, attributes = {}, ...inside) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

// The picture of a kind of node, drawn for screens of two dots a pixel.
function nodeImage(kind) {
  const [colour, outline] = NODE_MARKS[kind];
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 2 * MARK_SIZE;
  const pen = canvas.getContext("2d");
  pen.scale(2, 2);
  const shape = new Path2D(outline);
  pen.fillStyle = colour;
  pen.fill(shape);
  pen.strokeStyle = "#ffffff";
  pen.lineWidth = 2;
  pen.stroke(shape);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

function legendMark(outline, attributes) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  for (const [name, value] of Object.entries({ class: "mark", viewBox: "0 0 24 24", "aria-hidden": "true" })) svg.setAttribute(name, value);
  for (const [name, value] of Object.entries({ d: outline, ...attributes })) path.setAttribute(name, value);
  svg.append(path);
  return svg;
}

const filled = (outline, colour) => legendMark(outline, { fill: colour });
const CIRCLE = "M12 3A9 9 0 1 1 12 21A9 9 0 1 1 12 3Z";
const SQUARE = "M2 2H22V22H2Z";

// ---- What is said of what lies under a point

const commune = ({ name, insee_code: code }) => `${name} (${code})`;

function scoreLines(code, words) {
  const known = scores()[code];
  const link = document.querySelector(`#explorer-score-map a[data-zone="${code}"]`);
  if (!known || !link) return [];
  const [, rank, score] = known;
  const number = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 1 }).format(score);
  return [element("div", rank ? `${rank} · ${number} ${words.points}` : words.vetoed), element("div", "", {}, element("a", words.why, { href: link.getAttribute("href") }))];
}

const TOLD = {
  zones: ({ code, name }, words) => [element("strong", name), ...scoreLines(code, words)],
  communes: (told, words) => [element("strong", commune(told)), element("div", words.commune)],
  brownfields(told, words) {
    const surface = told.surface_ha;
    const written = surface == null ? words.unknown_surface : `${surface.toLocaleString(document.documentElement.lang)} ${words.hectares}`;
    return [
      element("strong", told.name || told.code || words.site_types[told.site_type]),
      element("div", `${words.site_types[told.site_type]}, ${words.site_statuses[told.site_status]}, ${written}`),
      !told.is_usable && element("div", words.not_usable),
      !told.code && element("div", words.nearer),
      element("small", words.sources.brownfields),
    ];
  },
  plants: (told, words) => [
    element("strong", told.name || words.plant_kinds[told.kind]),
    element("div", `${words.plant_kinds[told.kind]}, ${told.naf_code}`),
    !told.name && element("div", words.nearer),
    element("small", words.sources.plants),
  ],
  nodes: (told, words) => [element("strong", told.name), element("div", words.kinds[told.kind]), element("small", words.sources.nodes)],
  industry_territories: (told, words) => [element("strong", told.name), element("div", words.industry_territories), element("small", words.sources.industry_territories)],
};

// Points before lines before surfaces.
const asked = (words) => [...kinds(words).map((kind) => `nodes-${kind}`), "plants", "brownfields", "industry_territories", "communes", "zones"];

function found(map, point, words) {
  const order = asked(words);
  const surfaces = order.slice(-2);
  const around = [[point.x - 3, point.y - 3], [point.x + 3, point.y + 3]];
  const all = map.queryRenderedFeatures(around, { layers: order.slice(0, -2) });
  const under = map.queryRenderedFeatures(point, { layers: surfaces });
  // Outlines are simplified one by one: between two basins a point may lie in neither.
  all.push(...(under.length ? under : map.queryRenderedFeatures(around, { layers: surfaces })));
  return all.sort((a, b) => order.indexOf(a.layer.id) - order.indexOf(b.layer.id));
}

function popupContent(features, { words, basin_url }) {
  if (features.length === 0) return element("p", words.nothing);
  const [first] = features;
  const box = element("div", "");
  box.append(...TOLD[first.source](first.properties, words).filter(Boolean));
  const zone = features.find((one) => one.source === "zones")?.properties;
  if (!zone) return box;
  const isItself = first.source === "zones";
  const link = element("a", isItself ? words.basin_page : zone.name, { href: basin_url.replace("CODE", zone.code) });
  const line = element("div", isItself ? "" : `${words.basin} `, {}, link);
  box.append(line, ...(isItself ? [] : scoreLines(zone.code, words)));
  return box;
}

// What is asked while the map still moves or loads is answered once it is drawn: before, nothing would be known there.
async function answer(map, popup, place, words) {
  if (!map.loaded()) await map.once("idle");
  popup.setLngLat(place).setDOMContent(popupContent(found(map, map.project(place), words), config())).addTo(map);
}

function answerPointer(map, about, tell) {
  const label = element("div", "", { class: "map-hover", "aria-hidden": "true", hidden: "" });
  map.getContainer().append(label);
  map.on("click", (event) => tell(event.point));
  map.on("mousemove", ({ point }) => {
    const [first] = found(map, point, about.words);
    map.getCanvas().style.cursor = first ? "pointer" : "";
    const told = first?.properties;
    label.textContent = first?.source === "communes" ? commune(told) : (told?.name ?? "");
    label.hidden = !label.textContent;
    map.setFilter("communes-hover", first?.source === "communes" ? ["==", ["get", "insee_code"], told.insee_code] : NEVER);
  });
  map.on("mouseout", () => { label.hidden = true; });
}

// The library moves and zooms by keys; Enter asks what lies under the cross, Escape closes the answer.
function answerKeys(map, about, tell, close) {
  const canvas = map.getCanvas();
  const help = element("p", about.words.help, { class: "map-help", id: "explorer-map-help" });
  canvas.setAttribute("aria-describedby", help.id);
  map.getContainer().append(help, element("div", "", { class: "map-cross", "aria-hidden": "true" }));
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key === "Escape") { close(); canvas.focus(); }
    if (event.key !== "Enter" || event.target !== canvas) return;
    event.preventDefault();
    tell(map.project(map.getCenter()));
  });
}

// ---- The panel of layers, the buttons of places

function toggle(map, ids, label, mark, isOn) {
  const line = element("label", "");
  const box = element("input", "", { type: "checkbox" });
  const show = () => ids.forEach((id) => map.setLayoutProperty(id, "visibility", box.checked ? "visible" : "none"));
  box.checked = isOn;
  box.addEventListener("change", show);
  show();
  line.append(box, mark, label);
  return line;
}

function panel(map, about) {
  const box = element("fieldset", "", { class: "layers" });
  box.append(element("legend", about.words.layers));
  for (const [name, ids, label, mark] of choices(about)) box.append(toggle(map, ids, label, mark, about.shown.includes(name)));
  return box;
}

function placeButtons(map, { words, places }) {
  const box = element("div", "", { class: "places", role: "group", "aria-label": words.places_label });
  for (const place of places) {
    const button = element("button", place.name, { type: "button" });
    button.addEventListener("click", () => map.fitBounds(place.bounds, { padding: 16, animate: false }));
    box.append(button);
  }
  return places.length ? box : "";
}

function addStyleSheet(url) {
  return new Promise((resolve, reject) => {
    const link = element("link", "", { rel: "stylesheet", href: url });
    link.onload = resolve;
    link.onerror = reject;
    document.head.append(link);
  });
}

function style(about) {
  const url = (path) => new URL(path, location.href).href;
  const tiles = Object.entries(about.tiles).map(([name, path]) => [name, { type: "vector", url: url(path) }]);
  const neighbours = { type: "geojson", data: url(about.neighbours), attribution: about.words.neighbours_source };
  return { version: 8, sources: { neighbours, ...Object.fromEntries(tiles) }, layers: layers(about) };
}

function repaint(map) {
  for (const { id, paint } of layers(config())) {
    for (const [property, value] of Object.entries(paint)) map.setPaintProperty(id, property, value);
  }
}

function build(maplibre, canvas, about) {
  const map = new maplibre.Map({
    container: canvas,
    style: style(about),
    bounds: about.bounds,
    fitBoundsOptions: { padding: 16 },
    attributionControl: { compact: false, customAttribution: [] },
    locale: about.words.controls,
    dragRotate: false,
    maxZoom: 15,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibre.ScaleControl({ maxWidth: 120, unit: "metric" }), "top-left");
  for (const kind of kinds(about.words)) map.addImage(`node-${kind}`, nodeImage(kind), { pixelRatio: 2 });
  return map;
}

/** Build the map in its place; `button` carries the addresses of the library, the page its settings. */
export async function openDetailedMap(button, place) {
  const about = config();
  place.textContent = about.words.loading;
  try {
    const [maplibre] = await Promise.all([import(button.dataset.lib), addStyleSheet(button.dataset.css)]);
    maplibre.setWorkerUrl(button.dataset.worker);
    const canvas = element("div", "", { class: "map-canvas" });
    place.replaceChildren(canvas);
    const map = build(maplibre, canvas, about);
    await map.once("load");
    const popup = new maplibre.Popup({ maxWidth: "280px" });
    const tell = (point) => answer(map, popup, map.unproject(point), about.words);
    place.append(placeButtons(map, about), panel(map, about));
    answerPointer(map, about, tell);
    answerKeys(map, about, tell, () => popup.remove());
    document.addEventListener("htmx:afterSettle", () => repaint(map));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => repaint(map));
    await map.once("idle");
    place.dataset.ready = "1";
  } catch (error) {
    // The drawing stays in sight, see .map-figure.
    place.dataset.refused = "1";
    place.textContent = about.words.unavailable;
    console.warn(error);
  }
}
