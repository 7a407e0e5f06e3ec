"use strict";
// All text from data goes through textContent; nothing is ever parsed as HTML.
const data = JSON.parse(document.getElementById("data").textContent);
const $ = (id) => document.getElementById(id);
const trs = [...document.querySelectorAll("#cells tbody tr")];
const FILTERS = ["kpi", "variant", "sector", "period"];
const COLOURS = ["#0b8a7a", "#c2571a", "#5b62c9", "#a8397c", "#7a7a12", "#2279b5"];
const WORDS = {
  en: { all: "all", of: "of", rows: "rows", spread: "Distribution", trend: "Trend of the weighted mean",
    legend: "line p10–p90, band p25–p75, bar median, dot weighted mean", pick: "Choose one KPI to see charts.",
    c: "c = not published", sector: "sector", none: "one measure" },
  de: { all: "alle", of: "von", rows: "Zeilen", spread: "Verteilung", trend: "Verlauf des gewichteten Mittels",
    legend: "Linie p10–p90, Band p25–p75, Strich Median, Punkt gewichtetes Mittel",
    pick: "Eine Kennzahl wählen, um Diagramme zu sehen.", c: "c = nicht veröffentlicht", sector: "Branche",
    none: "ein Maß" },
};
const words = () => WORDS[$("de").checked ? "de" : "en"];
const year = (row) => row.period_end.slice(0, 4);
const field = { kpi: (r) => r.kpi_id, variant: (r) => r.dim_variant, sector: (r) => r.sector, period: year };
const titles = Object.fromEntries(data.kpis.map((k) => [k.kpi_id, k.title]));
const sectorName = (s) => (data.sectors[s] ? s + " " + data.sectors[s] : s);
const unique = (list) => [...new Set(list)].sort();
const sectors = unique(data.rows.map(field.sector));
const colour = (s) => COLOURS[sectors.indexOf(s) % COLOURS.length];
const number = (v) => v.toLocaleString($("de").checked ? "de" : "en", { maximumSignificantDigits: 4 });

function make(name, attributes, text) {
  const svg = ["svg", "line", "rect", "circle", "text", "polyline", "g", "title"].includes(name);
  const node = svg ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  return node;
}
function fill(select, pairs, chosen) {
  select.replaceChildren(...pairs.map(([value, text]) => make("option", { value }, text)));
  select.value = pairs.some(([value]) => value === chosen) ? chosen : pairs.length ? pairs[0][0] : "";
}
function fillFilters(state) {
  const all = ["*", words().all];
  const label = { kpi: (v) => v + " " + (titles[v] || ""), variant: (v) => v || words().none, sector: sectorName, period: (v) => v };
  for (const name of FILTERS) {
    const within = name === "variant" && state.kpi !== "*" ? data.rows.filter((r) => r.kpi_id === state.kpi) : data.rows;
    fill($(name), [all, ...unique(within.map(field[name])).map((v) => [v, label[name](v)])], state[name]);
  }
  $("q").value = state.q;
}
function fromHash() {
  const given = new URLSearchParams(location.hash.slice(1));
  const first = data.rows.length ? data.rows[0].kpi_id : "*";
  const linked = [...FILTERS, "q"].some((name) => given.has(name));
  const state = { kpi: linked ? "*" : first, variant: "*", sector: "*", period: "*", q: "" };
  for (const name of [...FILTERS, "q"]) if (given.has(name)) state[name] = given.get(name);
  return state;
}
const current = () => Object.fromEntries([...FILTERS, "q"].map((name) => [name, $(name).value]));
function matching(state) {
  const asked = state.q.toLowerCase();
  return data.rows.map((row, i) => FILTERS.every((f) => state[f] === "*" || field[f](row) === state[f])
    && (!asked || (trs[i].textContent + " " + (titles[row.kpi_id] || "")).toLowerCase().includes(asked)));
}
function show() {
  const state = current(), keep = matching(state);
  trs.forEach((tr, i) => { tr.hidden = !keep[i]; });
  const rows = data.rows.filter((_, i) => keep[i]);
  $("count").textContent = rows.length + " " + words().of + " " + data.rows.length + " " + words().rows;
  const charts = state.kpi === "*" ? [make("p", {}, words().pick)] : unique(rows.map(field.variant)).flatMap((variant) => {
    const own = rows.filter((r) => r.dim_variant === variant), last = unique(own.map(year)).pop();
    const name = [state.kpi, titles[state.kpi], variant].filter(Boolean).join(" · ") + " (" + own[0].unit + ")";
    return [spread(name + ", " + last, own.filter((r) => year(r) === last)), trend(name, own)];
  });
  $("charts").replaceChildren(...charts);
}
function figure(kind, caption, svg, note) {
  const box = make("figure", { "data-chart": kind });
  svg.append(make("title", {}, caption));
  box.append(make("figcaption", {}, caption), svg, make("p", { class: "soft" }, note));
  return box;
}
function scale(values, from, to) {
  const low = Math.min(0, ...values), high = Math.max(...values, low + 1e-9);
  const at = (v) => from + ((v - low) / (high - low)) * (to - from);
  return Object.assign(at, { low, high });
}
function spread(name, rows) {
  const seen = rows.flatMap((r) => [r.p10, r.p90, r.weighted_mean]).filter((v) => v != null);
  const x = scale(seen.length ? seen : [1], 16, 404), svg = make("svg", { viewBox: "0 0 420 " + (rows.length * 46 + 30), role: "img" });
  rows.forEach((r, i) => {
    const y = i * 46 + 34, line = (a, b, w, s) => svg.append(make("line", { x1: x(a), x2: x(b), y1: y, y2: y, "stroke-width": w, stroke: s }));
    svg.append(make("text", { x: 16, y: y - 15 }, sectorName(r.sector)));
    if (r.weighted_mean == null) { svg.append(make("text", { x: 16, y: y + 5, class: "s" }, "c")); return; }
    if (r.p10 != null && r.p90 != null) line(r.p10, r.p90, 2, colour(r.sector));
    if (r.p25 != null && r.p75 != null) line(r.p25, r.p75, 14, "var(--band)");
    if (r.p50 != null) svg.append(make("rect", { x: x(r.p50) - 1.5, y: y - 9, width: 3, height: 18, fill: "var(--ink)" }));
    svg.append(make("circle", { cx: x(r.weighted_mean), cy: y, r: 5, fill: colour(r.sector), stroke: "var(--card)" }));
  });
  const base = rows.length * 46 + 22;
  svg.append(make("text", { x: 16, y: base, class: "s" }, number(x.low)), make("text", { x: 404, y: base, class: "s", "text-anchor": "end" }, seen.length ? number(x.high) : "c"));
  return figure("spread", words().spread + ": " + name, svg, words().legend + "; " + words().c);
}
function trend(name, rows) {
  const years = unique(rows.map(year)), ok = rows.filter((r) => r.weighted_mean != null).map((r) => r.weighted_mean);
  const y = scale(ok.length ? ok : [1], 160, 20), svg = make("svg", { viewBox: "0 0 420 200", role: "img" });
  const x = (p) => 60 + (years.length > 1 ? (years.indexOf(p) / (years.length - 1)) * 270 : 135);
  for (const v of [y.low, y.high]) svg.append(make("line", { x1: 55, x2: 345, y1: y(v), y2: y(v), class: "axis" }), make("text", { x: 50, y: y(v) + 4, "text-anchor": "end", class: "s" }, ok.length ? number(v) : "c"));
  years.forEach((p) => svg.append(make("text", { x: x(p), y: 182, "text-anchor": "middle", class: "s" }, p)));
  const ends = [];
  unique(rows.map(field.sector)).forEach((s, i) => {
    const points = rows.filter((r) => r.sector === s).sort((a, b) => (year(a) < year(b) ? -1 : 1));
    points.forEach((r, j) => {
      if (r.weighted_mean == null) { svg.append(make("text", { x: x(year(r)) + i * 9, y: 156, class: "s" }, "c")); return; }
      const before = points[j - 1];
      if (before && before.weighted_mean != null) svg.append(make("line", { x1: x(year(before)), y1: y(before.weighted_mean), x2: x(year(r)), y2: y(r.weighted_mean), stroke: colour(s), "stroke-width": 2 }));
      svg.append(make("circle", { cx: x(year(r)), cy: y(r.weighted_mean), r: 4, fill: colour(s) }));
      if (j === points.length - 1) ends.push([y(r.weighted_mean), s]);
    });
  });
  // Labels at the ends keep apart, so that colour is never the only sign.
  ends.sort((a, b) => a[0] - b[0]).reduce((free, [at, s]) => {
    const place = Math.max(at + 4, free);
    svg.append(make("text", { x: 352, y: place }, s));
    return place + 14;
  }, 0);
  return figure("trend", words().trend + ": " + name, svg, words().c);
}
const measure = (r) => r.kpi_id + "|" + r.dim_variant;
function fillPair() {
  const list = unique(data.rows.map(measure)).map((m) => [m, m.replace("|", " ").trim() + " · " + (titles[m.split("|")[0]] || "")]);
  const start = (want, letter) => want || (list.find(([m]) => m[0] === letter) || [""])[0];
  const keep = [$("x").value, $("y").value];
  const energy = list.find(([m]) => m === "E05|s12_market");
  fill($("x"), list, start(keep[0] || (energy && energy[0]), "E"));
  fill($("y"), list, start(keep[1], "R"));
}
function pair() {
  const chosen = [$("x").value, $("y").value], period = $("period").value === "*" ? unique(data.rows.map(year)).pop() : $("period").value;
  const cell = (m, s) => data.rows.find((r) => measure(r) === m && r.sector === s && year(r) === period) || {};
  const found = sectors.map((s) => [s, ...chosen.map((m) => cell(m, s).weighted_mean)]).map((p) => p.map((v) => v ?? null));
  const full = found.filter((p) => p[1] !== null && p[2] !== null);
  const x = scale(full.length ? full.map((p) => p[1]) : [1], 70, 500), y = scale(full.length ? full.map((p) => p[2]) : [1], 250, 25);
  const svg = make("svg", { viewBox: "0 0 700 300", role: "img" });
  svg.append(make("line", { x1: 70, x2: 520, y1: 250, y2: 250, class: "axis" }), make("line", { x1: 70, x2: 70, y1: 20, y2: 250, class: "axis" }));
  if (full.length) svg.append(make("text", { x: 500, y: 270, class: "s", "text-anchor": "middle" }, number(x.high)), make("text", { x: 64, y: 29, class: "s", "text-anchor": "end" }, number(y.high)));
  const name = (m) => m.replace("|", " ").trim();
  svg.append(make("text", { x: 285, y: 290, "text-anchor": "middle" }, name(chosen[0])), make("text", { x: 76, y: 16 }, name(chosen[1])));
  full.forEach(([s, a, b]) => svg.append(make("circle", { cx: x(a), cy: y(b), r: 7, fill: colour(s) }), make("text", { x: x(a) + 11, y: y(b) + 4 }, s)));
  const table = make("table"), head = make("tr"), body = make("tbody"), top = make("thead");
  table.append(make("caption", {}, period + "; " + words().c), top, body);
  [words().sector, ...chosen.map(name)].forEach((t) => head.append(make("th", { scope: "col" }, t)));
  top.append(head);
  found.forEach(([s, a, b]) => {
    const tr = make("tr");
    tr.append(make("th", { scope: "row" }, sectorName(s)), ...[a, b].map((v) => make("td", {}, v === null ? "c" : String(v))));
    body.append(tr);
  });
  const box = figure("pair", name(chosen[0]) + " × " + name(chosen[1]) + ", " + period, svg, words().c);
  const scroll = make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": name(chosen[0]) + " × " + name(chosen[1]) });
  scroll.append(table);
  box.append(scroll);
  $("plot").replaceChildren(box);
}
function remember() {
  const given = new URLSearchParams(Object.entries(current()).filter(([name, v]) => (name === "kpi" || v !== "*") && v !== ""));
  history.replaceState(null, "", "#" + given);
}
function draw(state) { fillFilters(state); fillPair(); show(); pair(); }
$("filters").hidden = $("pairing").hidden = false;
$("filters").addEventListener("submit", (event) => event.preventDefault());
$("filters").addEventListener("input", (event) => {
  const state = current();
  if (event.target.id === "kpi") state.variant = "*";
  if (event.target.id !== "q") fillFilters(state);
  remember(); show(); pair();
});
$("pairing").addEventListener("input", pair);
for (const id of ["en", "de"]) $(id).addEventListener("change", () => { document.documentElement.lang = id; draw(current()); });
addEventListener("hashchange", () => { if (/[#&](kpi|sector|variant|period|q)=/.test(location.hash)) draw(fromHash()); });
if ((navigator.language || "").startsWith("de")) { $("de").checked = true; document.documentElement.lang = "de"; }
draw(fromHash());
