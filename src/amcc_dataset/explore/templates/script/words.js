/* --- words: how dates, ordinals and names are written, and how similar two names are ------- */

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const QUARTERS = ["first", "second", "third", "fourth"];
/* Letters that are not another letter with a mark. */
const LETTERS = { "đ": "d", "ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th" };

const fold = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[đøłßæœıðþ]/g, (letter) => LETTERS[letter]);
const words = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
const spaced = (name) => name.replace(/_id$/, "").replaceAll("_", " ");
const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);

function ordinal(number) {
  const teens = number % 100 > 10 && number % 100 < 14;
  return `${number}${teens ? "th" : ["th", "st", "nd", "rd"][number % 10] ?? "th"}`;
}

function when(iso, precision = "day") {
  const [year, month, date] = iso.split("-").map(Number);
  return {
    day: `${date} ${MONTHS[month - 1]} ${year}`,
    month: `${MONTHS[month - 1]} ${year}`,
    quarter: `${QUARTERS[Math.floor((month - 1) / 3)]} quarter of ${year}`,
    year: `${year}`,
  }[precision];
}

/* The number of letters to change to turn one text into the other. */
function distance(one, other) {
  let row = [...Array(other.length + 1).keys()];
  for (let y = 1; y <= one.length; y += 1) {
    const next = [y];
    for (let x = 1; x <= other.length; x += 1) {
      next[x] = Math.min(row[x] + 1, next[x - 1] + 1, row[x - 1] + (one[y - 1] === other[x - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[other.length];
}
