// Reads a message in XML as the page of the kit says, into the values that JSON has, and validates it by the XSD.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SaxesParser } from "saxes";
import { validateXML } from "xmllint-wasm";

const ENCODINGS = { "utf-8": "utf-8", "utf-16": "utf-16le", "iso-8859-1": "latin1", "us-ascii": "ascii" };
const DECLARATION = /^<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/;

// The text of a document without its declaration (a processor is given characters, not bytes), and its first element.
export function readXml(data) {
  const text = decoded(data);
  let root;
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => { throw error; });
  parser.on("doctype", () => { throw new Error("a document type declaration is refused"); });
  parser.on("xmldecl", ({ version }) => { if (version !== "1.0") throw new Error("XML 1.0 only"); });
  parser.on("opentag", ({ local, uri }) => { root ??= { name: local, space: uri }; });
  parser.write(text).close();
  return { text: text.replace(/^<\?xml[^>]*\?>/, ""), root };
}

function decoded(data) {
  if ((data[0] === 0xff && data[1] === 0xfe) || (data[0] === 0xfe && data[1] === 0xff)) {
    return new TextDecoder(data[0] === 0xff ? "utf-16le" : "utf-16be", { fatal: true }).decode(data);
  }
  const declared = DECLARATION.exec(data.subarray(0, 200).toString("latin1"))?.[1].toLowerCase() ?? "utf-8";
  const name = ENCODINGS[declared];
  if (!name || name === "utf-16le") throw new Error(`the encoding ${declared} is not one of the four`);
  if (name === "ascii" && data.some((byte) => byte > 127)) throw new Error("not US-ASCII");
  return name === "utf-8" ? new TextDecoder(name, { fatal: true }).decode(data) : data.toString("latin1");
}

// Of files {name: text} the names of those that the XSD refuses.
export async function refusedByXsd(folder, files) {
  const schema = readFileSync(join(folder, "xsd", "exportreport.xsd"), "utf8");
  const xml = Object.entries(files).map(([fileName, contents]) => ({ fileName, contents }));
  const pages = { initialMemoryPages: 2048, maxMemoryPages: 16384 };
  const { errors } = await validateXML({ xml, schema: [{ fileName: "exportreport.xsd", contents: schema }], ...pages });
  return new Set(errors.map(({ loc, rawMessage }) => loc?.fileName ?? /^(file[0-9]+\.xml)/.exec(rawMessage)?.[1]));
}

// The values of a document that the XSD accepts.
export function fromXml(text, model) {
  const root = tree(text);
  return { report_type: root.name, ...object(root, root.name, model) };
}

function tree(text) {
  const top = { children: [] };
  const open = [top];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => { throw error; });
  parser.on("opentag", ({ local }) => {
    const element = { name: local, text: "", children: [] };
    open.at(-1).children.push(element);
    open.push(element);
  });
  const add = (more) => { if (open.length > 1) open.at(-1).text += more; };
  parser.on("text", add);
  parser.on("cdata", add);
  parser.on("closetag", () => open.pop());
  parser.write(text).close();
  return top.children[0];
}

function object(element, name, model) {
  const value = {};
  for (const child of element.children) {
    const slot = model.classes[name].slots[child.name];
    const one = (of) => (slot.kind === "class" ? held(of, slot, model) : single(of.text, slot, model));
    if (!slot.many) value[child.name] = one(child);
    else if (slot.kind === "class") value[child.name] = child.children.map(one);
    else (value[child.name] ??= []).push(one(child));
  }
  return value;
}

function held(element, { range }, model) {
  if (!model.classes[range].abstract) return object(element, range, model);
  return { report_type: element.name, ...object(element, element.name, model) };
}

function single(text, { kind, range }, model) {
  const base = kind === "type" ? model.types[range].base : "text";
  return base === "integer" ? Number(text) : base === "boolean" ? text === "true" : text;
}
