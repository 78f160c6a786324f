// Says under the text, while it is written, which of the codes it cites can be cited.
const form = document.querySelector("[data-citations]");
const PAUSE = 700;

const line = (list, { code, is_there: isThere, excerpt }) => {
  const item = document.createElement("li");
  const status = document.createElement("span");
  status.className = "status";
  status.dataset.s = isThere ? "yes" : "no";
  status.textContent = isThere ? list.dataset.there : list.dataset.missing;
  const said = document.createElement("span");
  said.dir = "auto";
  said.textContent = excerpt ? `${code} ${excerpt}` : code;
  item.append(status, said);
  return item;
};

if (form) {
  const list = form.querySelector("[data-checked]");
  let waiting = 0;
  let asked = "";

  const check = async () => {
    const codes = (form.elements.text.value.match(/\[R-[0-9A-Z]{4}-[0-9A-Z]{4}\]/gi) || []).join("");
    if (codes === asked) return;
    asked = codes;
    try {
      const answer = await fetch(form.dataset.citations, { method: "POST", body: new FormData(form) });
      if (!answer.ok) return;
      const { citations } = await answer.json();
      list.replaceChildren(...citations.map((each) => line(list, each)));
      form.querySelector("[data-none]")?.toggleAttribute("hidden", citations.length > 0);
    } catch {
      asked = "";
    }
  };

  form.elements.text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(check, PAUSE);
  });
}
