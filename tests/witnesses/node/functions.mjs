// The functions of rules in JavaScript, from their meaning in functions.json. Decimals are whole numbers with a scale.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const MONTHS = 12000;

function parts(decimal) {
  const [, sign, whole, part = ""] = /^(-?)([0-9]+)(?:\.([0-9]+))?$/.exec(decimal);
  return { value: BigInt(sign + whole + part), scale: part.length };
}

function scaled({ value, scale }, to) {
  return value * 10n ** BigInt(to - scale);
}

function written({ value, scale }) {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  const part = digits.slice(digits.length - scale).replace(/0+$/, "");
  return (value < 0n ? "-" : "") + whole + (part && `.${part}`);
}

function compare(a, b) {
  const [one, other] = [parts(a), parts(b)];
  const scale = Math.max(one.scale, other.scale);
  const difference = scaled(one, scale) - scaled(other, scale);
  return difference < 0n ? -1n : difference > 0n ? 1n : 0n;
}

function sum(values) {
  const numbers = [...values].map(parts);
  const scale = Math.max(0, ...numbers.map((one) => one.scale));
  return written({ value: numbers.reduce((total, one) => total + scaled(one, scale), 0n), scale });
}

function multiply(a, b) {
  const [one, other] = [parts(a), parts(b)];
  return written({ value: one.value * other.value, scale: one.scale + other.scale });
}

function unique(values) {
  const list = [...values];
  return new Set(list).size === list.length;
}

function days(first, second) {
  return BigInt(Math.round((Date.parse(`${second}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / 86_400_000));
}

function addMonths(start, months) {
  const wanted = Number(months);
  const [year, month, day] = start.split("-").map(Number);
  const first = new Date(Date.UTC(year, month - 1 + Math.max(-MONTHS, Math.min(MONTHS, wanted)), 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day, last));
  return first.toISOString().slice(0, 10);
}

export function functions(artifacts) {
  const lists = new Map();

  function codeList(id) {
    if (!lists.has(id)) {
      const file = join(artifacts, "codelists", `${id}.json`);
      const list = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
      if (list) list.rows = Map.groupBy ? Map.groupBy(list.codes, (row) => row.code) : grouped(list.codes);
      lists.set(id, list);
    }
    return lists.get(id);
  }

  function listed(id, code, day) {
    const list = codeList(id);
    if (!list || day < (list.complete_from ?? "") || day > (list.complete_to ?? "9999")) return true;
    const rows = list.rows.get(code);
    if (rows) return rows.some((row) => (row.valid_from ?? "") <= day && day <= (row.valid_to ?? "9999"));
    if (list.partial) return true;
    if (list.codes.some((row) => row.below === "open" && code.startsWith(row.code))) return true;
    if (list.depth === undefined) return false;
    const above = list.depth === "entries" ? code.split(".")[0] : [...code].slice(0, list.depth).join("");
    return above !== code && list.rows.has(above);
  }

  const covers = (_, a, b) => `${b}.`.startsWith(`${a}.`);
  const day = (moment) => moment.slice(0, 10);
  return { compare, sum, multiply, unique, day, days, add_months: addMonths, listed, covers };
}

function grouped(rows) {
  const found = new Map();
  for (const row of rows) found.set(row.code, [...(found.get(row.code) ?? []), row]);
  return found;
}
