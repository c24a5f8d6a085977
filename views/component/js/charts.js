// The two charts: the server gives everything but the lines of the present run, which are filled in here.
const BAND = /^band:/;
const LOW = 260; // px of height below which a chart has its legend in one line

const chartName = (position) => say(position === 0 ? "component.chart_first" : "component.chart_second");

// The room of a low chart: the entries of its legend stand in one line, which is leafed through.
const LOW_OPTIONS = { grid: { top: 40 }, legend: { type: "scroll", itemGap: 10, pageIconSize: 11, pageButtonItemGap: 3, pageFormatter: () => "" } };

function chartFrame(app, position) {
  const box = el("section", "chart");
  box.dataset.position = position;
  const head = el("div", "chart-head");
  const label = chartName(position);
  const select = choice(label, Object.entries(app.texts.charts), app.state.charts[position], (id) => {
    const charts = [...app.state.charts];
    charts[position] = id;
    app.settle({ ...app.state, charts });
  });
  const badge = el("a", "badge");
  badge.hidden = true;
  badge.addEventListener("click", (event) => {
    event.preventDefault();
    const [page, query] = (badge.getAttribute("href") ?? "").split("?");
    if (page) app.server.go({ page, query });
  });
  const alone = oneChart(app);
  const title = () => `${app.charts.charts[app.state.charts[position]].title} (${app.charts.charts[app.state.charts[position]].unit})`;
  head.append(select, badge, ...chartMenu(app, position, { box, chart: () => chart, title }));
  const canvas = el("div", "canvas");
  canvas.setAttribute("role", "img");
  box.append(alone.head, head, canvas, alone.foot);
  let chart = null;
  let shown = null; // what the chart is drawn from: its options are set anew when this changes
  let drawnBands = null; // the bands that are drawn
  let isLow = null; // looked up where the size may have changed, and not in every draw

  const lineData = (line, results) =>
    yearly(results, line).map((value, k) => [app.charts.years[k], value * line.scale]).filter(([, value]) => Number.isFinite(value));
  // Series of bands cost as much as all others together, so they are there only while there are bands; names of bands that
  // are to come keep their place in the legend.
  const options = (one, bands, expected) => {
    const { grid, legend, series, tooltip, ...rest } = one.options;
    const room = isLow ? LOW_OPTIONS : {};
    const isBand = ({ id }) => BAND.test(id ?? "");
    const kept = bands ? series.map((each) => (isBand(each) ? { ...each, data: bands[each.id] ?? [] } : each)) : series.filter((each) => !isBand(each));
    const coming = expected && !bands ? [...new Set(series.filter(({ areaStyle }) => areaStyle).map(({ name }) => name))] : [];
    const names = new Set([...kept.map(({ name }) => name), ...coming]);
    return {
      ...rest,
      tooltip: { ...tooltip, valueFormatter: (value) => numberText(value, one.digits) },
      grid: { ...grid, ...room.grid },
      legend: { ...legend, ...room.legend, data: legend.data.filter(({ name }) => names.has(name)) },
      series: [...kept, ...coming.map((name) => ({ type: "scatter", name, data: [] }))],
    };
  };

  return {
    box,
    canvas,
    variables: () => app.charts.charts[app.live.charts[position]].lines.map(({ variable }) => variable),
    // Draws a run; `bands` are those of exactly this state, or null.
    draw(results, bands) {
      const one = app.charts.charts[app.live.charts[position]];
      chart ??= app.initChart(canvas);
      isLow ??= canvas.clientHeight < LOW;
      const key = `${app.charts.stamp} ${one.id} ${app.live.bands} ${isLow}`;
      const data = one.lines.map((line) => ({ id: line.id, data: lineData(line, results) }));
      const banded = bands?.[one.id] ?? null;
      if (key === shown && banded === drawnBands) {
        chart.setOption({ series: data }, { silent: true });
      } else {
        const whole = options(one, banded, app.live.bands && !isAlone(app));
        const byId = new Map(data.map((line) => [line.id, line.data]));
        whole.series = whole.series.map((each) => (byId.has(each.id) ? { ...each, data: byId.get(each.id) } : each));
        chart.setOption(whole, { notMerge: true, silent: true });
        select.value = one.id;
        [shown, drawnBands] = [key, banded];
      }
      chart.getZr().flush();
    },
    // What those read who cannot see the chart; written when a state has been come to.
    describe(results) {
      const one = app.charts.charts[app.state.charts[position]];
      const lines = one.lines.map((line) => {
        const values = yearly(results, line);
        const known = app.charts.text_years.filter((year) => Number.isFinite(values[year - app.charts.start]));
        const figures = known.map((year) => `${year} ${numberText(values[year - app.charts.start] * line.scale, one.digits)}`);
        return `${line.name}${locale.marks.colon}${figures.join(", ")}`;
      });
      alone.show(title());
      canvas.setAttribute("aria-label", say("component.alternative", { title: one.title, unit: one.unit, lines: lines.join("; ") }));
      const evidence = one.badge;
      badge.hidden = !evidence;
      if (!evidence) return;
      badge.textContent = evidence.text;
      badge.dataset.level = evidence.level;
      badge.title = evidence.help;
      if (evidence.address && !isAlone(app)) badge.href = evidence.address;
      else badge.removeAttribute("href"); // there is nothing to open
    },
    chart: () => chart,
    // `results` are those of the present state, or null where they are still to come.
    resize(results) {
      if (!chart || !canvas.clientHeight) return;
      chart.resize();
      isLow = canvas.clientHeight < LOW;
      if (results) this.draw(results, drawnBands && { [app.live.charts[position]]: drawnBands });
    },
    dispose() {
      chart?.dispose();
      chart = null;
      shown = null;
    },
  };
}
