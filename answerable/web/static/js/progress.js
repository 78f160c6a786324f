// Shows how far slow work is without loading the page again; without this module the page refreshes by itself.
// Markup: <div data-progress="/address/of/state.json"> around <progress> and [data-progress-words].
// The JSON is {is_working, label, done, total}; once the work has ended the page is loaded anew, to show what came of it.

const PAUSE = 2000;

async function follow(place) {
  const answer = await fetch(place.dataset.progress, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const standing = await answer.json();
  if (!standing.is_working) {
    location.reload();
    return;
  }
  const bar = place.querySelector("progress");
  if (bar && standing.total) {
    bar.max = standing.total;
    bar.value = standing.done;
  }
  const words = place.querySelector("[data-progress-words]");
  if (words && words.textContent !== standing.label) words.textContent = standing.label;
  setTimeout(() => follow(place).catch(() => undefined), PAUSE);
}

for (const place of document.querySelectorAll("[data-progress]")) follow(place).catch(() => undefined);
