/* --- the store: claims and passages, made into rows on demand ------------------------------ */

const BASIS = { s: "stated", c: "coded", i: "inferred", r: "reference" };
const CLAIM = ["id", "table", "row_id", "field", "value", "standing", "basis", "source_id", "locator", "start", "end", "span_sha256", "link"];

const store = {
  get content() {
    const content = JSON.parse(byId("store").textContent);
    Object.defineProperty(this, "content", { value: content });
    return content;
  },
  get passages() {
    const found = [null];
    for (const [source_id, list] of Object.entries(this.content.passages)) {
      for (const [locator = "", start = "", end = "", span_sha256 = ""] of list) {
        found.push({ source_id, locator, start, end, span_sha256 });
      }
    }
    Object.defineProperty(this, "passages", { value: found });
    return found;
  },
};

/* A link opens the document at the passage's words. */
const percent = (text) =>
  encodeURIComponent(text).replace(/[-!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

function passage(number) {
  const known = store.passages[number];
  if (known.link === undefined) {
    const url = tables.get("sources").value(known.source_id, "url");
    const fragment = [known.start, known.end].filter(Boolean).map(percent).join(",");
    known.link = url && known.start ? `${url.split("#")[0]}#:~:text=${fragment}` : url;
  }
  return known;
}

/* The claims on a row, or on one of its cells. */
function claimsOn(table, row_id, wanted = null) {
  const lines = store.content.claims[table];
  if (!lines || !Object.hasOwn(lines, row_id)) return [];
  const { columns } = tables.get(table);
  return lines[row_id].flatMap(([places, said, standing = "agreed", other = ""]) =>
    places.split(" ").map((place) => columns[place].name).filter((field) => !wanted || field === wanted).flatMap((field) => said.split(" ").map((one) => ({
      table, row_id, field, standing, basis: BASIS[one.at(-1)] ?? "",
      value: standing === "silent" ? "" : other || tables.get(table).value(row_id, field),
      ...passage(parseInt(one, 10)),
    }))));
}

const claimId = ({ table, row_id, field, value, source_id, locator }) =>
  `c${sha256([table, row_id, field, value, source_id, locator].join("\x1f")).slice(0, 15)}`;

/* All claims as rows of the table, in its order. */
function allClaims() {
  const found = Object.entries(store.content.claims).flatMap(([table, rows]) => Object.keys(rows).flatMap((id) => claimsOn(table, id)));
  const order = ["table", "row_id", "field", "source_id", "locator", "id"];
  for (const claim of found) claim.id = claimId(claim);
  found.sort((one, other) => {
    const name = order.find((at) => one[at] !== other[at]);
    return one[name] < other[name] ? -1 : 1;
  });
  return found.map((claim) => CLAIM.map((name) => claim[name]));
}

/* SHA-256 of a text, synchronously; the browser's own is asynchronous and may not be available. */
const PRIMES = [...Array(312).keys()].filter((n) => n > 1 && ![2, 3, 5, 7, 11, 13, 17].some((p) => p < n && n % p === 0));
const bits = (root) => PRIMES.slice(0, 64).map((prime) => ((prime ** root % 1) * 2 ** 32) | 0);
const [ROUNDS, START] = [bits(1 / 3), bits(1 / 2).slice(0, 8)];

function sha256(text) {
  const bytes = new TextEncoder().encode(text);
  const size = (bytes.length + 72) & ~63;
  const view = new DataView(new ArrayBuffer(size));
  bytes.forEach((byte, at) => view.setUint8(at, byte));
  view.setUint8(bytes.length, 128);
  view.setUint32(size - 4, bytes.length * 8);
  const turn = (word, by) => (word >>> by) | (word << (32 - by));
  const state = [...START];
  const w = new Int32Array(64);
  for (let block = 0; block < size; block += 64) {
    for (let t = 0; t < 64; t += 1) {
      if (t < 16) w[t] = view.getInt32(block + t * 4);
      else {
        const [early, late] = [w[t - 15], w[t - 2]];
        w[t] = w[t - 16] + w[t - 7] + (turn(early, 7) ^ turn(early, 18) ^ (early >>> 3)) + (turn(late, 17) ^ turn(late, 19) ^ (late >>> 10));
      }
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let t = 0; t < 64; t += 1) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[t] + w[t]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, at) => { state[at] = (state[at] + word) | 0; });
  }
  return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}
