// Reads a message in JSON as the page of the kit says: what JSON.parse lets pass and the standard does not is refused.
const DEEPEST = 64;
const TOKENS = /"(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*|[{}[\]:,]/g;

// The value of a text that can be read at all.
export function readJson(data) {
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(data);
  const value = JSON.parse(text);
  for (const [token] of text.matchAll(TOKENS)) if (token[0] === '"') wellFormed(token);
  return { text, value };
}

// Throws where a text that can be read says what the schema cannot see.
export function strict(text) {
  const open = [];
  let last;
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === "{" || token === "[") open.push(token === "{" ? new Set() : null);
    else if (token === "}" || token === "]") open.pop();
    else if (token === ":") named(open.at(-1), JSON.parse(last));
    else if (/^[-0-9].*[.eE]/.test(token)) throw new Error(`${token} has a fraction or an exponent`);
    if (open.length > DEEPEST) throw new Error("nested too deep");
    last = token;
  }
}

function named(names, name) {
  if (names.has(name)) throw new Error(`${name} is given twice`);
  names.add(name);
}

function wellFormed(token) {
  if (!JSON.parse(token).isWellFormed()) throw new Error("half a character");
}
