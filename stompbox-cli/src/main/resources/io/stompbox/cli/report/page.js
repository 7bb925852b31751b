
'use strict';
(function () {
  const root = document.documentElement;
  const charts = JSON.parse(document.getElementById('data').textContent);
  const HEIGHT = 260;
  const COLOURS = 8;
  const FEW_POINTS = 40;
  const WIDEST_LABEL = 68;
  let plots = [];

  function colour(name) {
    return getComputedStyle(root).getPropertyValue('--' + name).trim();
  }

  function digits(value) {
    const size = Math.abs(value);
    return String(Number(value.toFixed(size < 10 ? 2 : size < 100 ? 1 : 0)));
  }

  function scaled(value, step, names) {
    let i = 0;
    while (Math.abs(value) >= step && i < names.length - 1) {
      value /= step;
      i++;
    }
    return digits(value) + names[i];
  }

  const FORMATS = {
    NUMBER: (value) => scaled(value, 1000, ['', ' k', ' M', ' G']),
    MICROSECONDS: (value) => (value > 0 && value < 1
      ? digits(value * 1000) + ' ns'
      : scaled(value, 1000, [' µs', ' ms', ' s'])),
    SECONDS: (value) => digits(value) + ' s',
    BYTES: (value) => scaled(value, 1024, [' B', ' KiB', ' MiB', ' GiB']),
    PERCENT: (value) => digits(value) + ' %',
  };

  // As far from the left as there are nines: 90 % at 10, 99 % at 100.
  function fromPercentile(percentile) {
    return percentile >= 100 ? Infinity : 100 / (100 - percentile);
  }

  function toPercentile(place) {
    return place <= 1 ? '0 %' : Number((100 - 100 / place).toPrecision(8)) + ' %';
  }

  // The slowest of all has no place of its own on a scale of nines.
  function places(percentiles) {
    const found = percentiles.map(fromPercentile);
    const last = Math.max(1, ...found.filter(isFinite));
    return found.map((place) => (isFinite(place) ? place : last * 2));
  }

  function format(axis) {
    return axis.scale === 'PERCENTILE' ? toPercentile : FORMATS[axis.unit];
  }

  function scale(axis) {
    const isLog = axis.scale !== 'LINEAR';
    return { time: false, distr: isLog ? 3 : 1 };
  }

  // Bars and lines that do not begin at zero make small differences look large.
  function fromZero(u, least, most) {
    const low = Math.min(0, least === null ? 0 : least);
    const high = most === null || most <= low ? low + 1 : most;
    return [low, low + (high - low) * 1.05];
  }

  // Powers of ten; between them 2 and 5 as well, where there would be hardly any.
  function powers(least, most, isDense) {
    const steps = isDense && most / least < 1000 ? [1, 2, 5] : [1];
    const found = [];
    for (let power = Math.floor(Math.log10(least)); 10 ** power <= most; power++) {
      for (const step of steps) {
        const value = Number((step * 10 ** power).toPrecision(1));
        if (value >= least && value <= most) {
          found.push(value);
        }
      }
    }
    return found;
  }

  function axis(chart, name) {
    const model = chart[name];
    const isX = name === 'x';
    const options = {
      label: model.label,
      labelGap: isX ? 0 : 4,
      labelSize: 20,
      size: isX ? 36 : 68,
      gap: 4,
      font: '12px system-ui, sans-serif',
      labelFont: '12px system-ui, sans-serif',
      stroke: () => colour('faint'),
      grid: { stroke: () => colour('line'), width: 1 },
      ticks: { stroke: () => colour('line'), width: 1, size: 4 },
      values: (u, splits) => {
        const every = isX ? Math.ceil((splits.length * WIDEST_LABEL) / u.width) : 1;
        return splits.map((value, i) =>
          value === null || i % every > 0 ? '' : format(model)(value));
      },
    };
    if (model.scale !== 'LINEAR') {
      options.splits = (u, i, least, most) => powers(least, most, model.scale === 'LOG');
      options.filter = (u, splits) => splits;
    }
    if (model.unit === 'BYTES') {
      options.incrs = Array.from({ length: 50 }, (none, power) => 2 ** power);
    }
    return options;
  }

  function series(chart, model, index) {
    const stroke = colour('series' + (index % COLOURS));
    return {
      label: model.name,
      stroke: stroke,
      width: 2,
      spanGaps: chart.series.length > 1,
      dash: index >= COLOURS ? [6, 4] : undefined,
      points: { show: model.x.length <= FEW_POINTS, size: 5, fill: stroke },
      value: (u, value) => (value == null ? '–' : format(chart.y)(value)),
    };
  }

  function drawMarks(u, marks) {
    const canvas = u.ctx;
    canvas.save();
    canvas.strokeStyle = colour('mark');
    canvas.fillStyle = colour('mark');
    canvas.lineWidth = devicePixelRatio;
    canvas.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
    canvas.font = 11 * devicePixelRatio + 'px system-ui, sans-serif';
    for (const mark of marks) {
      const x = u.valToPos(mark.x, 'x', true);
      canvas.beginPath();
      canvas.moveTo(x, u.bbox.top);
      canvas.lineTo(x, u.bbox.top + u.bbox.height);
      canvas.stroke();
      const isRight = x > u.bbox.left + u.bbox.width * 0.8;
      canvas.textAlign = isRight ? 'right' : 'left';
      canvas.fillText(mark.label, x + (isRight ? -4 : 4), u.bbox.top + 12 * devicePixelRatio);
    }
    canvas.restore();
  }

  function table(chart, model) {
    const x = chart.x.scale === 'PERCENTILE' ? places(model.x) : model.x;
    const y = chart.y.scale === 'LOG' ? model.y.map((v) => (v > 0 ? v : null)) : model.y;
    return [x, y];
  }

  function draw(place) {
    const chart = charts[Number(place.dataset.chart)];
    const filled = chart.series.filter((model) => model.x.length > 0);
    place.textContent = '';
    if (filled.length === 0) {
      place.textContent = 'nothing to show';
      return;
    }
    const options = {
      width: place.clientWidth,
      height: HEIGHT,
      padding: [10, 26, 0, 0],
      scales: { x: scale(chart.x), y: scale(chart.y) },
      axes: [axis(chart, 'x'), axis(chart, 'y')],
      series: [
        { label: chart.x.label, value: (u, v) => (v == null ? '–' : format(chart.x)(v)) },
      ].concat(filled.map((model, i) => series(chart, model, i))),
      cursor: { drag: { x: true, y: false } },
      hooks: { draw: [(u) => drawMarks(u, chart.marks)] },
    };
    if (chart.x.scale === 'PERCENTILE') {
      options.scales.x.range = (u, least, most) => [1, Math.max(most, 10)];
    }
    if (chart.y.scale === 'LINEAR') {
      options.scales.y.range = fromZero;
    }
    plots.push(
      new uPlot(options, uPlot.join(filled.map((model) => table(chart, model))), place));
  }

  function drawAll() {
    plots.forEach((plot) => plot.destroy());
    plots = [];
    document.querySelectorAll('.plot').forEach(draw);
  }

  function fit() {
    for (const plot of plots) {
      const width = plot.root.parentElement.clientWidth;
      if (width > 0 && width !== plot.width) {
        plot.setSize({ width: width, height: HEIGHT });
      }
    }
  }

  function isDark() {
    const chosen = root.dataset.theme;
    return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  }

  function remembered(theme) {
    try {
      if (theme) {
        localStorage.setItem('stompbox-theme', theme);
      }
      return localStorage.getItem('stompbox-theme');
    } catch (e) {
      return null; // files may have no storage
    }
  }

  if (remembered()) {
    root.dataset.theme = remembered();
  }
  document.getElementById('theme').addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    remembered(root.dataset.theme);
    drawAll();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);

  drawAll();
  // Before the first frame of the new size is drawn.
  addEventListener('resize', fit);
  // Not inside the observer: what is resized there would be observed again.
  new ResizeObserver(() => requestAnimationFrame(fit)).observe(document.querySelector('main'));
  root.dataset.ready = 'true';
})();
