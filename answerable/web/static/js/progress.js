// Shows how far a job is without loading the page again. The page itself refreshes when this module cannot run.
// Markup: <div data-progress="/address/of/json/"> with <progress> and [data-progress-words]; JSON: {done, total, words, next}.

const PAUSE = 2000;

async function follow(place) {
  const answer = await fetch(place.dataset.progress, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const job = await answer.json();
  const bar = place.querySelector("progress");
  if (bar && job.total) {
    bar.max = job.total;
    bar.value = job.done;
  }
  const words = place.querySelector("[data-progress-words]");
  if (words && words.textContent !== job.words) words.textContent = job.words;
  if (job.next) location.assign(new URL(job.next, location.origin).pathname);
  else setTimeout(() => follow(place).catch(() => undefined), PAUSE);
}

for (const place of document.querySelectorAll("[data-progress]")) follow(place).catch(() => undefined);
