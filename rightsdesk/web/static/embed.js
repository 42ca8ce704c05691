// <rights-desk><a href="https://…/city/language/">Ask about your digital rights</a></rights-desk>
// The link works alone. With room for it, it opens the same page in a panel: a frame of our origin, so that the scripts
// of the page around it cannot read what a resident types. Nothing loads before the first click; nothing is stored.
(() => {
  "use strict";
  const roomy = matchMedia("(min-width: 40rem) and (min-height: 30rem)");
  const look = new CSSStyleSheet(); // not an inline style: works under a strict Content-Security-Policy
  look.replaceSync(`
    :host { display: inline-block; }
    :host([position="corner"]) { position: fixed; inset-block-end: 1rem; inset-inline-end: 1rem; z-index: 9999; }
    dialog { position: fixed; inset: auto; inset-block-end: 1rem; inset-inline-end: 1rem; z-index: 9999; margin: 0; padding: 0;
      inline-size: min(28rem, 100vw - 2rem); block-size: min(46rem, 100vh - 2rem); flex-direction: column; box-sizing: border-box;
      border: 1px solid #5d6a75; border-radius: .5rem; overflow: hidden; background: #fff; color: #1b1f24;
      box-shadow: 0 .5rem 2rem rgb(0 0 0 / .25); font: 1rem/1.4 system-ui, sans-serif; }
    dialog[open] { display: flex; }
    div { display: flex; justify-content: space-between; align-items: center; gap: 1rem; padding: .4rem .5rem .4rem 1rem; }
    button { font: inherit; min-block-size: 44px; padding: .4rem 1rem; color: inherit; background: none;
      border: 1px solid #5d6a75; border-radius: .4rem; cursor: pointer; }
    button:focus-visible { outline: 3px solid #0b5a7a; outline-offset: 2px; }
    iframe { flex: 1; inline-size: 100%; border: 0; border-block-start: 1px solid #d5dde3; }
    @media (prefers-color-scheme: dark) { dialog { background: #1e252b; color: #e9edf0; } button:focus-visible { outline-color: #8cd0ee; } }
    @media print { dialog { display: none !important; } }
  `);
  const make = (name, values = {}) => Object.assign(document.createElement(name), values);

  class RightsDesk extends HTMLElement {
    connectedCallback() {
      if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => this.begin());
      else this.begin();
    }

    begin() {
      this.link = this.querySelector("a[href]");
      if (!this.link || this.shadowRoot) return;
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [look];
      this.shadowRoot.append(make("slot"));
      this.link.setAttribute("aria-expanded", "false");
      this.link.addEventListener("click", (event) => this.clicked(event));
      addEventListener("message", (event) => {
        const ours = event.origin === new URL(this.link.href).origin && event.source === this.frame?.contentWindow;
        if (ours && event.data === "rights-desk:close") this.close();
      });
    }

    clicked(event) {
      if (!roomy.matches || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      if (this.panel?.open) this.close();
      else this.open();
    }

    open() {
      this.panel ??= this.build();
      this.panel.show();
      this.link.setAttribute("aria-expanded", "true");
      this.panel.querySelector("button").focus();
    }

    close() {
      if (!this.panel.open) return;
      this.panel.close();
      this.link.setAttribute("aria-expanded", "false");
      this.link.focus();
    }

    build() {
      const title = this.link.textContent.trim();
      const panel = make("dialog", { ariaLabel: title });
      const head = make("div");
      const button = make("button", { type: "button", textContent: this.getAttribute("close") || "Close" });
      this.frame = make("iframe", { src: this.link.href, title, referrerPolicy: "no-referrer", allow: "clipboard-write" });
      button.addEventListener("click", () => this.close());
      this.shadowRoot.addEventListener("keydown", (event) => { if (event.key === "Escape") this.close(); });
      this.link.addEventListener("keydown", (event) => { if (event.key === "Escape") this.close(); });
      head.append(make("span", { textContent: title }), button);
      panel.append(head, this.frame);
      this.shadowRoot.append(panel);
      return panel;
    }
  }
  customElements.define("rights-desk", RightsDesk);
})();
