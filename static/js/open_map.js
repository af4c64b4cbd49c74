// The button of the detailed map fetches it when first asked; the map outlives a new ranking, its button does not.

function showState() {
  const button = document.getElementById("explorer-open-map");
  const place = document.getElementById("explorer-detailed-map");
  if (!button || place.hidden) return;
  button.setAttribute("aria-expanded", "true");
  button.dataset.open ??= button.textContent;
  button.textContent = button.dataset.close;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("#explorer-open-map");
  if (!button) return;
  const place = document.getElementById("explorer-detailed-map");
  place.hidden = !place.hidden;
  if (place.hidden) {
    button.setAttribute("aria-expanded", "false");
    button.textContent = button.dataset.open ?? button.textContent;
    return;
  }
  showState();
  if (place.childElementCount > 0) return;
  const { openDetailedMap } = await import(button.dataset.module);
  await openDetailedMap(button, place);
});

document.addEventListener("htmx:afterSettle", showState);
