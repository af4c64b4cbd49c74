// The question asked again at each change: sliders and numbers in step, rows that move to their new place, undo.

const form = document.getElementById("explorer-question");
const drawer = document.getElementById("explorer-weights");
const undo = document.getElementById("explorer-undo");
const TRAIL = "bassins-trail";
const OPEN = "bassins-weights-open";

// ---- Sliders, numbers, sum

function showSum() {
  const numbers = [...document.querySelectorAll("input[data-weight]")].map((input) => Number(input.value) || 0);
  const sum = numbers.reduce((total, one) => total + one, 0);
  const written = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 0 });
  document.getElementById("explorer-weights-sum").textContent = written.format(sum);
}

document.addEventListener("input", (event) => {
  const { target } = event;
  if (target.dataset.mirror) {
    document.getElementById(target.dataset.mirror).value = target.value;
    showSum();
  } else if ("weight" in target.dataset) {
    const slider = document.querySelector(`input[data-mirror="${target.id}"]`);
    slider.max = Math.max(100, Number(target.value) || 0);
    slider.value = target.value;
    showSum();
  }
});

// A share of transport given alone would make the others nil: they keep the usual ones of the activity.
function completeModes(changed) {
  const modes = [...document.querySelectorAll("input[data-mode]")];
  if (!modes.includes(changed) || changed.value === "") return;
  for (const input of modes) if (input.value === "") input.value = input.placeholder;
}

document.addEventListener("change", (event) => {
  const { target } = event;
  if (target.name === "q" || (target.form !== form && !target.dataset.mirror)) return;
  completeModes(target);
  if ([...form.elements].every((input) => input.checkValidity())) window.htmx.trigger(form, "rerank");
  else form.reportValidity();
});

// ---- A value refused: the ranking stays, its field is marked, and the sentence stands beside the form

document.addEventListener("htmx:afterSwap", () => {
  for (const input of form.querySelectorAll("[aria-invalid]")) {
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
  }
  const { wrong } = document.getElementById("explorer-refusal").dataset;
  const input = wrong && form.querySelector(`input[name="${CSS.escape(wrong)}"]:not([type="hidden"])`);
  input?.setAttribute("aria-invalid", "true");
  input?.setAttribute("aria-describedby", "explorer-refusal");
});

// ---- Rows move calmly

const places = new Map();

document.addEventListener("htmx:beforeSwap", () => {
  places.clear();
  for (const row of document.querySelectorAll(".basin")) places.set(row.dataset.zone, row.getBoundingClientRect().top);
});

document.addEventListener("htmx:afterSwap", () => {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const row of document.querySelectorAll(".basin")) {
    const before = places.get(row.dataset.zone);
    if (before === undefined) continue;
    const shift = before - row.getBoundingClientRect().top;
    if (Math.abs(shift) < 1 || Math.abs(shift) > 3000) continue;
    row.animate([{ transform: `translateY(${shift}px)` }, { transform: "none" }], { duration: 320, easing: "ease-out" });
  }
});

// ---- Undo: the trail of addresses of this visit; the drawer stays as it was left

const here = () => `${location.pathname}${location.search}`;
const readTrail = () => JSON.parse(sessionStorage.getItem(TRAIL) ?? "[]");

function keepTrail() {
  let trail = readTrail();
  const place = trail.lastIndexOf(here());
  trail = place < 0 ? [here()] : trail.slice(0, place + 1);
  sessionStorage.setItem(TRAIL, JSON.stringify(trail));
  undo.disabled = trail.length < 2;
}

document.addEventListener("htmx:pushedIntoHistory", () => {
  const trail = readTrail();
  if (trail.at(-1) !== here()) trail.push(here());
  sessionStorage.setItem(TRAIL, JSON.stringify(trail.slice(-50)));
  undo.disabled = trail.length < 2;
});

undo.addEventListener("click", () => location.assign(readTrail().at(-2)));

drawer.addEventListener("toggle", () => sessionStorage.setItem(OPEN, drawer.open ? "1" : ""));
if (sessionStorage.getItem(OPEN) || location.hash === "#explorer-weights-body") drawer.open = true;
keepTrail();

document.addEventListener("click", (event) => {
  if (!event.target.closest('a[href="#explorer-requirements"]')) return;
  document.getElementById("explorer-requirements").open = true;
});
