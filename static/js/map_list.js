// The list and the map show the same basins: what is pointed in one is lit in the other. The map is one stop of the
// tab key; arrows go from a basin to its neighbour.

const SVG = "http://www.w3.org/2000/svg";
const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

function halo(svg) {
  let use = svg.querySelector("use.halo");
  if (!use) {
    use = document.createElementNS(SVG, "use");
    use.setAttribute("class", "halo");
    svg.append(use);
  }
  return use;
}

function light(zone) {
  for (const row of document.querySelectorAll(".basin.lit")) row.classList.remove("lit");
  for (const svg of document.querySelectorAll("svg[data-map]")) {
    const shape = zone && svg.querySelector(`a[data-zone="${zone}"] use`);
    halo(svg).setAttribute("href", shape ? shape.getAttribute("href") : "");
  }
  if (zone) document.querySelector(`.basin[data-zone="${zone}"]`)?.classList.add("lit");
}

for (const type of ["pointerover", "focusin"]) {
  document.addEventListener(type, (event) => {
    const zone = event.target.closest?.("[data-zone]")?.dataset.zone;
    if (zone) light(zone);
    else if (type === "pointerover" && !document.activeElement?.closest("[data-zone]")) light(null);
  });
}

function centres(svg) {
  return [...svg.querySelectorAll("a[data-zone]")].map((link) => {
    const box = link.getBoundingClientRect();
    return { link, x: box.x + box.width / 2, y: box.y + box.height / 2 };
  });
}

// The neighbour in a direction: the nearest within 45 degrees of it, a distance aside counting double.
function neighbour(svg, link, [dx, dy]) {
  const all = centres(svg);
  const here = all.find((one) => one.link === link);
  let best = null;
  for (const one of all) {
    const ahead = (one.x - here.x) * dx + (one.y - here.y) * dy;
    const aside = Math.abs((one.x - here.x) * dy) + Math.abs((one.y - here.y) * dx);
    if (ahead <= 0 || aside > ahead) continue;
    const cost = ahead + 2 * aside;
    if (!best || cost < best.cost) best = { cost, link: one.link };
  }
  return best?.link;
}

function makeStop(svg, link) {
  for (const other of svg.querySelectorAll('a[tabindex="0"]')) other.setAttribute("tabindex", "-1");
  link?.setAttribute("tabindex", "0");
}

document.addEventListener("keydown", (event) => {
  const link = event.target.closest?.("svg[data-map] a[data-zone]");
  if (!link || !DIRECTIONS[event.key]) return;
  event.preventDefault();
  const svg = link.closest("svg");
  const next = neighbour(svg, link, DIRECTIONS[event.key]);
  if (!next) return;
  makeStop(svg, next);
  next.focus();
});

function prepareMaps() {
  const first = document.querySelector(".basin")?.dataset.zone;
  for (const svg of document.querySelectorAll("svg[data-map]")) {
    const link = (first && svg.querySelector(`a[data-zone="${first}"]`)) || svg.querySelector("a[data-zone]");
    makeStop(svg, link);
  }
}

prepareMaps();
document.addEventListener("htmx:afterSettle", prepareMaps);
