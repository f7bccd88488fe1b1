// Checks a quote in the reader's browser: the SHA-256 of the text, the words at their place, and the text around them.
// All wording is in the template, `proof.html`: elements with `data-proof` are shown or hidden here.

/** What two copies of one text may differ in, and how the reader's is made like the other. */
const REPAIRS = {
  bom: (text) => text.replace(/^\ufeff/, ""),
  lf: (text) => text.replace(/\r\n?/g, "\n"),
  crlf: (text) => text.replace(/\r\n?|\n/g, "\r\n"),
  ends: (text) => text.trim(),
  nfc: (text) => text.normalize("NFC"),
};
/** Tried in this order, each with the byte order mark removed first; the trimmed text also with one line end. */
const COMBINATIONS = [
  ["bom"], ["lf"], ["bom", "lf"], ["crlf"], ["bom", "crlf"], ["nfc"], ["bom", "lf", "nfc"],
  ["bom", "lf", "ends"], ["bom", "lf", "ends", "nfc"], ["bom", "crlf", "ends"],
];

export async function sha256(text) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The text as it was quoted, and in what the given one differs from it; null if it is another text. */
export async function findQuotedText(text, expected) {
  if ((await sha256(text)) === expected) return { text, differences: [] };
  for (const names of COMBINATIONS) {
    let repaired = text;
    const differences = [];
    for (const name of names) {
      const before = repaired;
      repaired = REPAIRS[name](repaired);
      if (repaired !== before) differences.push(name);
    }
    const candidates = names.includes("ends") ? [repaired, `${repaired}\n`, `${repaired}\r\n`] : [repaired];
    for (const candidate of candidates) {
      if (candidate === text) continue;
      if ((await sha256(candidate)) === expected) {
        const isTrimmed = names.includes("ends") && !differences.includes("ends");
        return { text: candidate, differences: isTrimmed ? [...differences, "ends"] : differences };
      }
    }
  }
  return null;
}

/** Checks the words at `spans` and around them. Offsets count code points, where JavaScript's strings count UTF-16. */
export function checkWords(text, { exact, spans, prefix, suffix }) {
  const characters = Array.from(text);
  const slice = (start, end) => characters.slice(start, end).join("");
  const first = spans[0][0];
  const last = spans[spans.length - 1][1];
  const length = (part) => Array.from(part).length;
  return {
    words: spans.map(([start, end]) => slice(start, end)).join(" ") === exact,
    around: slice(Math.max(0, first - length(prefix)), first) === prefix && slice(last, last + length(suffix)) === suffix,
  };
}

/** Whether all passages of the quote are in the text, one after the other. */
export function hasPassages(text, { exact, spans }) {
  const characters = Array.from(exact);
  let position = 0;
  let from = 0;
  for (const [start, end] of spans) {
    const passage = characters.slice(position, position + end - start).join("");
    const found = text.indexOf(passage, from);
    if (found < 0) return false;
    from = found + passage.length;
    position += end - start + 1;
  }
  return true;
}

class Proof {
  constructor(section) {
    this.section = section;
    this.quote = JSON.parse(section.querySelector("#proof-data").textContent);
  }

  part(name) {
    return this.section.querySelector(`[data-proof="${name}"]`);
  }

  start() {
    const isSecure = globalThis.isSecureContext && Boolean(globalThis.crypto?.subtle);
    this.part(isSecure ? "form" : "insecure").hidden = false;
    if (!isSecure) return;
    const field = this.section.querySelector("textarea");
    const file = this.section.querySelector('input[type="file"]');
    this.part("form").addEventListener("submit", (event) => {
      event.preventDefault();
      if (field.value) this.check(field.value);
    });
    file.addEventListener("change", async () => {
      if (!file.files.length) return;
      const bytes = await file.files[0].arrayBuffer();
      try {
        await this.check(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        this.show("not-utf8");
      }
    });
    this.part("fetch")?.addEventListener("click", () => this.fetchAndCheck());
  }

  async fetchAndCheck() {
    let text = null;
    try {
      const response = await fetch(this.quote.textPath, { headers: { Accept: "application/json" }, credentials: "omit" });
      if (response.ok) ({ text } = await response.json());
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
    }
    if (text === null) this.show("failed");
    else await this.check(text);
  }

  async check(text) {
    const quoted = await findQuotedText(text, this.quote.sha256);
    const { words, around } = checkWords(quoted?.text ?? text, this.quote);
    const shown = [];
    if (!quoted) {
      this.part("sha256").textContent = await sha256(text);
      shown.push("hash-differs");
    } else if (quoted.differences.length) {
      shown.push("hash-close", ...quoted.differences.map((name) => `difference-${name}`));
    } else {
      shown.push("hash-match");
    }
    if (words) shown.push("words-match", around ? "around-match" : "around-differs");
    else shown.push(hasPassages(text, this.quote) ? "words-moved" : "words-differ");
    this.show(...shown);
  }

  show(...names) {
    for (const element of this.part("results").querySelectorAll("[data-proof]")) {
      element.hidden = element.tagName !== "CODE" && !names.includes(element.dataset.proof);
    }
  }
}

for (const section of document.querySelectorAll("section.proof")) new Proof(section).start();
