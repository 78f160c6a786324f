// Keys for the moderators' queue. They work only while the focus is inside an entry and not in a field for text.
const MOVES = { p: ["approve", "restore"], h: ["hold"], r: ["remove"], l: [""] };
const form = document.querySelector("[data-queue]");

const typing = (target) => target.matches("textarea, select, input:not([type=radio])");

const choose = (entry, values) => {
  const radio = [...entry.querySelectorAll("input[type=radio]")].find((each) => values.includes(each.value));
  if (!radio) return;
  radio.checked = true;
  radio.focus();
};

const go = (entry, step) => {
  const entries = [...form.querySelectorAll("[data-entry]")];
  const next = entries[entries.indexOf(entry) + step];
  next?.querySelector("input, select, textarea, a")?.focus();
};

if (form) {
  form.querySelector("[data-shortcuts]")?.removeAttribute("hidden");
  form.addEventListener("keydown", (event) => {
    const entry = event.target.closest("[data-entry]");
    if (!entry || typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key in MOVES) choose(entry, MOVES[key]);
    else if (key === "j") go(entry, 1);
    else if (key === "k") go(entry, -1);
    else return;
    event.preventDefault();
  });
}
