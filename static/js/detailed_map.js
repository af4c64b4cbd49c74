// The zoomable map, fetched only when asked: scores, brownfields, logistics nodes, Territoires d'industrie.

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
const byZoom = (far, middle, near) => ["interpolate", ["linear"], ["zoom"], 5, far, 8, middle, 12, near];
const POINT_RADIUS = byZoom(1.6, 4.5, 8);
const NODE_SIZE = byZoom(0.25, 0.5, 0.8);
const POINT_STROKE = byZoom(0.2, 0.8, 1.2);

const readJson = (id) => JSON.parse(document.getElementById(id).textContent);
const role = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function scoreColours() {
  const data = readJson("explorer-map-data");
  const pairs = Object.entries(data).flatMap(([code, [mapClass]]) => [code, role(`--score-${mapClass}`)]);
  return ["match", ["get", "code"], ...pairs, role("--map-land")];
}

function element(tag, text, attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function popupContent(lines) {
  const box = document.createElement("div");
  box.append(...lines.filter(Boolean));
  return box;
}

function zonePopup(properties, words) {
  const [, rank, score, name] = readJson("explorer-map-data")[properties.code];
  const number = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 1 }).format(score);
  const link = document.querySelector(`#explorer-score-map a[data-zone="${properties.code}"]`);
  return popupContent([
    element("strong", name),
    element("div", rank ? `${rank} · ${number} ${words.points}` : words.vetoed),
    element("a", words.why, { href: link.getAttribute("href") }),
  ]);
}

function brownfieldPopup(properties, words) {
  const surface = properties.surface_ha;
  const written = surface == null ? words.unknown_surface : `${surface.toLocaleString(document.documentElement.lang)} ${words.hectares}`;
  return popupContent([
    element("strong", properties.name || properties.code),
    element("div", `${words.site_types[properties.site_type]}, ${words.site_statuses[properties.site_status]}, ${written}`),
    !properties.is_usable && element("div", words.not_usable),
    element("small", words.sources.brownfields),
  ]);
}

function nodePopup(properties, words) {
  return popupContent([
    element("strong", properties.name),
    element("div", words.kinds[properties.kind]),
    element("small", words.sources.nodes),
  ]);
}

function territoryPopup(properties, words) {
  return popupContent([element("strong", properties.name), element("div", words.industry_territories), element("small", words.sources.industry_territories)]);
}

const POPUPS = { brownfields: brownfieldPopup, nodes: nodePopup, zones: zonePopup, industry_territories: territoryPopup };

function layers(words) {
  return [
    { id: "neighbours", type: "fill", source: "neighbours", paint: { "fill-color": role("--line") } },
    { id: "zones", type: "fill", source: "zones", paint: { "fill-color": scoreColours(), "fill-opacity": 0.85 } },
    { id: "zones-line", type: "line", source: "zones", paint: { "line-color": role("--map-border"), "line-width": 0.7 } },
    {
      id: "industry_territories", type: "line", source: "industry_territories", layout: { visibility: "none" },
      paint: { "line-color": role("--warning"), "line-width": byZoom(0.7, 1.6, 3) },
    },
    {
      id: "brownfields", type: "circle", source: "brownfields", layout: { visibility: "none" },
      paint: { "circle-color": BROWNFIELD_COLOUR, "circle-radius": POINT_RADIUS, "circle-stroke-color": "#ffffff", "circle-stroke-width": POINT_STROKE,
        "circle-opacity": ["case", ["get", "is_usable"], 1, 0.35] },
    },
    ...Object.keys(words.kinds).map((kind) => ({
      id: `nodes-${kind}`, type: "symbol", source: "nodes", filter: ["==", ["get", "kind"], kind],
      layout: { visibility: "none", "icon-image": `node-${kind}`, "icon-size": NODE_SIZE, "icon-allow-overlap": true, "icon-ignore-placement": true },
    })),
  ];
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

function toggle(map, layer, label, mark, isOn) {
  const line = document.createElement("label");
  const box = element("input", "", { type: "checkbox" });
  box.checked = isOn;
  box.addEventListener("change", () => {
    for (const id of layer) map.setLayoutProperty(id, "visibility", box.checked ? "visible" : "none");
  });
  line.append(box, mark, label);
  return line;
}

function panel(map, words) {
  const box = element("fieldset", "", { class: "layers" });
  const brownfields = `${words.brownfields} (${words.unusable})`;
  const outline = legendMark(SQUARE, { fill: "none", stroke: role("--warning"), "stroke-width": "4" });
  box.append(element("legend", words.layers));
  box.append(toggle(map, ["zones"], words.zones, filled(SQUARE, role("--score-5")), true));
  box.append(toggle(map, ["brownfields"], brownfields, filled(CIRCLE, BROWNFIELD_COLOUR), false));
  box.append(toggle(map, ["industry_territories"], words.industry_territories, outline, false));
  for (const [kind, label] of Object.entries(words.kinds)) {
    const [colour, shape] = NODE_MARKS[kind];
    box.append(toggle(map, [`nodes-${kind}`], label, filled(shape, colour), false));
  }
  return box;
}

function placeButtons(map, words) {
  const box = element("div", "", { class: "places", role: "group", "aria-label": words.places_label });
  for (const place of words.places) {
    const button = element("button", place.name, { type: "button" });
    button.addEventListener("click", () => map.fitBounds(place.bounds, { padding: 16, animate: false }));
    box.append(button);
  }
  return box;
}

function addStyleSheet(url) {
  return new Promise((resolve, reject) => {
    const link = element("link", "", { rel: "stylesheet", href: url });
    link.onload = resolve;
    link.onerror = reject;
    document.head.append(link);
  });
}

// Data sets under the pointer, points before surfaces.
function answerClicks(maplibre, map, words) {
  const order = [...Object.keys(words.kinds).map((kind) => `nodes-${kind}`), "brownfields", "industry_territories", "zones"];
  map.on("click", (event) => {
    const found = map.queryRenderedFeatures(event.point, { layers: order });
    found.sort((a, b) => order.indexOf(a.layer.id) - order.indexOf(b.layer.id));
    if (found.length === 0) return;
    const content = POPUPS[found[0].layer.source](found[0].properties, words);
    new maplibre.Popup({ maxWidth: "280px" }).setLngLat(event.lngLat).setDOMContent(content).addTo(map);
  });
  map.on("mousemove", (event) => {
    map.getCanvas().style.cursor = map.queryRenderedFeatures(event.point, { layers: order }).length ? "pointer" : "";
  });
}

/** Build the map in its place; `button` carries the addresses of the library and of the layers. */
export async function openDetailedMap(button, place) {
  const words = readJson("explorer-map-words");
  place.textContent = words.loading;
  try {
    const [maplibre] = await Promise.all([import(button.dataset.lib), addStyleSheet(button.dataset.css)]);
    maplibre.setWorkerUrl(button.dataset.worker);
    const canvas = element("div", "", { class: "map-canvas" });
    place.replaceChildren(canvas);
    const source = (name) => ({ type: "geojson", data: new URL(button.dataset[name], location.href).href });
    const names = ["neighbours", "zones", "industry_territories", "brownfields", "nodes"];
    const map = new maplibre.Map({
      container: canvas,
      style: {
        version: 8,
        sources: Object.fromEntries(names.map((name) => [name, source(name)])),
        layers: [{ id: "background", type: "background", paint: { "background-color": role("--surface") } }, ...layers(words)],
      },
      bounds: words.places[0].bounds,
      fitBoundsOptions: { padding: 16 },
      attributionControl: { compact: false, customAttribution: words.attribution },
      dragRotate: false,
    });
    map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
    for (const kind of Object.keys(words.kinds)) map.addImage(`node-${kind}`, nodeImage(kind), { pixelRatio: 2 });
    place.append(placeButtons(map, words), panel(map, words));
    answerClicks(maplibre, map, words);
    document.addEventListener("htmx:afterSettle", () => map.setPaintProperty("zones", "fill-color", scoreColours()));
    await map.once("idle");
    place.dataset.ready = "1";
  } catch (error) {
    place.textContent = words.unavailable;
    console.warn(error);
  }
}
