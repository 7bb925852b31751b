"use strict";
// One section for each endpoint: bars of CPU time and allocation by client, lines of round trips.
const samples = JSON.parse(document.getElementById("samples").textContent);
const main = document.querySelector("main");
const ink = getComputedStyle(document.body).color;
const colours = ["#0969da", "#218bff", "#54aeff", "#80ccff", "#cf222e", "#bc4c00", "#8250df", "#bf3989", "#9a6700", "#57606a"];
const subjects = [...new Set(samples.map(s => s.subject))].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));

function rank(name) {
  return name.startsWith("stompbox") ? 0 : name === "raw" ? 2 : 1;
}

function spread(values) {
  const sorted = values.slice().sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const median = sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  return { median, least: sorted[0], most: sorted[sorted.length - 1] };
}

function add(parent, tag, text) {
  const element = document.createElement(tag);
  if (text) {
    element.textContent = text;
  }
  return parent.appendChild(element);
}

function figures(rows, value) {
  return subjects
    .map((name, index) => ({ name, index, values: rows.filter(r => r.subject === name).map(value) }))
    .filter(one => one.values.length > 0)
    .map(one => ({ ...one, ...spread(one.values) }));
}

// Each client is a series of its own, so that each has its colour and stands in the legend.
function bars(parent, title, all) {
  const places = all.map((one, i) => i);
  const whiskers = u => {
    u.ctx.strokeStyle = ink;
    u.ctx.lineWidth = devicePixelRatio;
    all.forEach((one, i) => {
      const x = u.valToPos(i, "x", true);
      u.ctx.beginPath();
      u.ctx.moveTo(x, u.valToPos(Math.max(one.least, 1), "y", true));
      u.ctx.lineTo(x, u.valToPos(Math.max(one.most, 1), "y", true));
      u.ctx.stroke();
    });
  };
  const options = {
    title, width: 540, height: 300,
    scales: {
      x: { time: false, range: [-0.6, all.length - 0.4] },
      y: { distr: 3, log: 10, range: (u, low, high) => [1, Math.pow(10, Math.ceil(Math.log10(Math.max(10, high * 1.1))))] },
    },
    axes: [
      { stroke: ink, splits: () => places, values: () => places.map(i => all[i].name.replace("stompbox", "sb")), rotate: -40, size: 90, grid: { show: false } },
      { stroke: ink, size: 80 },
    ],
    legend: { show: false },
    series: [{}].concat(all.map(one => ({
      label: one.name, fill: colours[one.index % colours.length], width: 0, points: { show: false },
      paths: uPlot.paths.bars({ size: [0.7] }),
    }))),
    hooks: { draw: [whiskers] },
  };
  const data = [places].concat(all.map((one, i) => places.map(at => at === i ? Math.max(one.median, 1) : null)));
  new uPlot(options, data, add(parent, "div"));
}

function roundTrips(parent, title, rows) {
  const labels = ["p50", "p90", "p99", "p999"];
  const names = subjects.filter(name => rows.some(r => r.subject === name));
  const options = {
    title, width: 540, height: 300,
    scales: { x: { time: false, range: [-0.2, 3.2] }, y: { distr: 3, log: 10 } },
    axes: [
      { stroke: ink, splits: () => [0, 1, 2, 3], values: () => ["50 %", "90 %", "99 %", "99.9 %"], grid: { show: false } },
      { stroke: ink, size: 80 },
    ],
    series: [{ label: "percentile", value: (u, at) => labels[at] || "" }].concat(names.map(name => ({
      label: name, stroke: colours[subjects.indexOf(name) % colours.length], width: 2,
    }))),
  };
  const data = [[0, 1, 2, 3]].concat(names.map(name =>
    labels.map(label => spread(rows.filter(r => r.subject === name).map(r => r[label])).median)));
  new uPlot(options, data, add(parent, "div"));
}

function table(parent, scenarios, rows) {
  const body = add(parent, "table");
  const head = add(body, "tr");
  ["CPU ns a message"].concat(scenarios).forEach(text => add(head, "th", text));
  subjects.forEach(name => {
    const line = add(body, "tr");
    add(line, "td", name);
    scenarios.forEach(scenario => {
      const values = rows.filter(r => r.subject === name && r.scenario === scenario).map(r => r.cpuNanos);
      add(line, "td", values.length ? Math.round(spread(values).median).toLocaleString("en") : "-");
    });
  });
}

[...new Set(samples.map(s => s.endpoint))].forEach(endpoint => {
  add(main, "h2", "Against " + (endpoint === "scripted" ? "a scripted peer" : endpoint));
  const here = samples.filter(s => s.endpoint === endpoint);
  const scenarios = [...new Set(here.map(s => s.scenario))];
  table(main, scenarios, here);
  const charts = add(main, "div");
  charts.className = "charts";
  scenarios.forEach(scenario => {
    const rows = here.filter(s => s.scenario === scenario);
    bars(charts, scenario + ": CPU ns a message, line from least to most", figures(rows, r => r.cpuNanos));
    bars(charts, scenario + ": octets from the heap a message", figures(rows, r => r.allocated));
    if (scenario.startsWith("ping-pong")) {
      roundTrips(charts, scenario + ": µs of a round trip", rows);
    }
  });
});
