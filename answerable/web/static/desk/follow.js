// Follows slow work without loading the page again; when it is done, the page is loaded once to show what came of it.
const part = document.querySelector("[data-progress]");
const EVERY = 1500;
const LONGEST = 15000;

const finished = () => {
  const address = new URL(location.href);
  address.searchParams.delete("live");
  location.replace(address);
};

const show = ({ label, done, total }) => {
  part.querySelector("[data-label]").textContent = label;
  part.querySelector("[data-done]").textContent = done.toLocaleString(document.documentElement.lang);
  part.querySelector("[data-total]").textContent = total.toLocaleString(document.documentElement.lang);
  if (total) {
    const bar = part.querySelector("[data-bar]");
    bar.max = total;
    bar.value = done;
  }
};

const ask = async (wait) => {
  let next = EVERY;
  try {
    const answer = await fetch(part.dataset.progress + location.search, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const state = await answer.json();
    if (!state.is_working) return finished();
    show(state);
  } catch {
    next = Math.min(wait * 2, LONGEST);
  }
  setTimeout(ask, next, next);
};

if (part) {
  if ("isLive" in part.dataset) ask(EVERY);
  else location.replace(part.dataset.live);
}
