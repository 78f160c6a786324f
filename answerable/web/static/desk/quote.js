// Takes the words selected in the read-only text over into the form, with the characters they stand at.
const form = document.querySelector("[data-quote]");

if (form) {
  const source = form.querySelector("[data-source]");
  const words = form.elements.words;
  const start = form.querySelector("[data-start]");
  const end = form.querySelector("[data-end]");
  // The server counts characters, a browser counts 16-bit units: an emoji is one there and two here.
  const characters = (units) => Array.from(source.value.slice(0, units)).length;

  const take = () => {
    if (source.selectionStart === source.selectionEnd) return;
    words.value = source.value.slice(source.selectionStart, source.selectionEnd);
    start.value = String(characters(source.selectionStart));
    end.value = String(characters(source.selectionEnd));
  };

  // Browsers move no selection by keyboard in a read-only field: it is made writable, and every change is refused.
  const text = source.value;
  source.readOnly = false;
  source.setAttribute("aria-readonly", "true");
  source.addEventListener("beforeinput", (event) => event.preventDefault());
  source.addEventListener("input", () => {
    source.value = text;
  });

  for (const happening of ["mouseup", "keyup", "select", "touchend"]) source.addEventListener(happening, take);
  words.addEventListener("input", () => {
    start.value = "";
    end.value = "";
  });
}
