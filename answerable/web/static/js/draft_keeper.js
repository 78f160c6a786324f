// Keeps what is being written: on the server every few seconds, in this browser while there is no connection.
// Without this module the form works just the same; its "Save as draft" button does the keeping.

const PAUSE = 3000;

class DraftKeeper {
  constructor(form) {
    this.form = form;
    this.place = `draft:${form.dataset.draft}`;
    this.state = form.querySelector("[data-draft-state]");
    this.sent = this.content();
    this.timer = 0;
    this.bringBack();
    form.addEventListener("input", () => this.wait());
    form.addEventListener("submit", () => this.keepHere());
    window.addEventListener("online", () => this.keep());
  }

  typed() {
    const fields = new FormData(this.form);
    fields.delete("csrfmiddlewaretoken");
    return [...fields].filter(([, value]) => typeof value === "string");
  }

  content() {
    return JSON.stringify(this.typed());
  }

  text() {
    return this.form.elements.namedItem("text");
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), PAUSE);
  }

  async keep() {
    const content = this.content();
    if (content === this.sent || !this.text().value.trim()) return;
    this.keepHere();
    try {
      const answer = await fetch(this.form.dataset.draft, {
        method: "POST",
        body: new URLSearchParams(new FormData(this.form)),
        headers: { Accept: "application/json" },
        redirect: "error",
      });
      if (answer.ok) {
        this.sent = content;
        localStorage.removeItem(this.place);
        this.say("saved");
      } else {
        this.say(answer.status === 401 || answer.status === 403 ? "signedOut" : "kept");
      }
    } catch {
      this.say("kept");
    }
  }

  keepHere() {
    try {
      localStorage.setItem(this.place, this.content());
    } catch {
      // A browser that keeps nothing loses nothing either: the page still holds the text.
    }
  }

  bringBack() {
    const kept = localStorage.getItem(this.place);
    if (!kept || this.text().value.trim()) return;
    for (const [name, value] of JSON.parse(kept)) this.put(name, value);
    this.say("broughtBack");
  }

  put(name, value) {
    if (name === "key" || name === "step") return;
    const controls = [...this.form.elements].filter((control) => control.name === name);
    for (const control of controls) {
      if (control.type === "radio" || control.type === "checkbox") control.checked ||= control.value === value;
      else if (control.tagName !== "BUTTON") control.value = value;
    }
  }

  say(which) {
    if (this.state) this.state.textContent = this.state.dataset[which];
  }
}

for (const form of document.querySelectorAll("form[data-draft]")) new DraftKeeper(form);

// A receipt means that what was written is kept: nothing of it need stay in this browser.
for (const receipt of document.querySelectorAll("[data-sent-from]")) {
  localStorage.removeItem(`draft:${receipt.dataset.sentFrom}`);
}
