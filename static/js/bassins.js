// On every page: suggestions under the search field, links to copy, the thin bar of what is loading.

const progress = document.getElementById("explorer-progress");
let progressTimer;

document.addEventListener("htmx:beforeSend", () => {
  clearTimeout(progressTimer);
  progressTimer = setTimeout(() => progress?.removeAttribute("hidden"), 150);
});

document.addEventListener("htmx:afterRequest", () => {
  clearTimeout(progressTimer);
  progress?.setAttribute("hidden", "");
});

// The address changes without a new page: the links to the other language must follow it.
document.addEventListener("htmx:pushedIntoHistory", () => {
  for (const link of document.querySelectorAll(".languages a")) {
    const url = new URL(location.href);
    url.searchParams.set("lang", link.hreflang);
    link.setAttribute("href", `${url.pathname}${url.search}`);
  }
});

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-copy]");
  if (!link || !navigator.clipboard || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  try {
    await navigator.clipboard.writeText(link.href);
  } catch {
    location.assign(link.href);
    return;
  }
  const words = link.textContent;
  link.setAttribute("role", "status");
  link.textContent = link.dataset.copy;
  setTimeout(() => {
    link.removeAttribute("role");
    link.textContent = words;
  }, 2000);
});

const suggestions = () => document.getElementById("explorer-suggestions");
const field = document.querySelector("input[data-suggest]");

function forgetSuggestions() {
  if (field && suggestions()) suggestions().replaceChildren();
}

field?.addEventListener("htmx:beforeRequest", (event) => {
  if (field.value.trim() !== "") return;
  event.preventDefault();
  forgetSuggestions();
});

// Down from the field enters the list, up from its first line comes back, Escape closes it.
document.addEventListener("keydown", (event) => {
  if (!field || !suggestions()) return;
  const links = [...suggestions().querySelectorAll("a")];
  const stops = [field, ...links];
  const place = stops.indexOf(document.activeElement);
  if (place < 0 || links.length === 0) return;
  if (event.key === "Escape") {
    forgetSuggestions();
    field.focus();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    stops[Math.min(stops.length - 1, Math.max(0, place + (event.key === "ArrowDown" ? 1 : -1)))].focus();
  }
});

document.addEventListener("click", (event) => {
  if (!event.target.closest(".search")) forgetSuggestions();
});

// What follows a long job asks again later when the answer is a failure, instead of showing it in the place of the job.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target?.dataset.poll !== undefined && event.detail.xhr.status >= 500) event.detail.shouldSwap = false;
});
