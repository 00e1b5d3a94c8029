'use strict';
// A learner's working: one row a line, with its number, its sign and what was found. Each state from
// Python is the whole working; rows whose text is the same are kept, with the evidence they show.

const Working = (() => {
  const element = Verdicts.element;
  let rowsMade = 0;  // an id for each row, which the evidence is tied to

  function makeRow(line, key) {
    const row = element('li', 'work-line');
    row.dataset.key = key;
    const number = element('button', 'line-number');
    number.type = 'button';
    number.dataset.op = 'go-to-line';
    const block = element('div', 'block');
    block.id = 'work-' + (++rowsMade);
    const body = element('div', 'body');
    body.append(Maths.plain(line.source));
    block.append(body);
    row.append(number, block);
    return row;
  }

  function updateNote(block, note) {
    const old = block.querySelector(':scope > .note');
    const text = note.join('\n');
    if (old && old.dataset.text === text) return;
    if (old) old.remove();
    if (!text) return;
    const made = element('div', 'note');
    made.dataset.text = text;
    for (const sentence of note) {
      const part = element('p');
      part.append(Maths.plain(sentence));
      made.append(part);
    }
    block.querySelector(':scope > .body').after(made);
  }

  function updateRow(row, line) {
    const number = row.querySelector(':scope > .line-number');
    if (number.dataset.id !== String(line.number)) {
      number.dataset.id = String(line.number);
      number.textContent = String(line.number);
      number.title = 'Go to line ' + line.number;
      number.setAttribute('aria-label', 'Go to line ' + line.number);
    }
    row.classList.toggle('first-wrong', line.is_first_wrong);
    row.classList.toggle('stale', line.is_stale);
    const block = row.querySelector(':scope > .block');
    const sign = JSON.stringify(line.sign);
    if (row.dataset.sign !== sign) {
      row.dataset.sign = sign;
      Verdicts.place(block, line.sign);
    }
    updateNote(block, line.note);
    const body = block.querySelector(':scope > .body');
    body.classList.toggle('wide', body.scrollWidth > body.clientWidth + 1);
    body.tabIndex = body.classList.contains('wide') ? 0 : -1;
  }

  function updateList(list, lines) {
    const kept = new Map([...list.children].map(row => [row.dataset.key, row]));
    const seen = new Map();
    let before = null;
    for (const line of lines) {
      const count = seen.get(line.source) || 0;
      seen.set(line.source, count + 1);
      const key = line.source + '#' + count;
      const row = kept.get(key) || makeRow(line, key);
      kept.delete(key);
      const place = before ? before.nextElementSibling : list.firstElementChild;
      if (place !== row) list.insertBefore(row, place);
      updateRow(row, line);
      before = row;
    }
    for (const row of kept.values()) row.remove();
  }

  function updatePart(root, name, data, make) {
    const old = root.querySelector(':scope > .' + name);
    const text = JSON.stringify(data);
    if (old.dataset.state === text) return;
    const wasOpen = old.querySelector('details[open]');
    old.dataset.state = text;
    old.replaceChildren(...make(data));
    const details = wasOpen && old.querySelector('details');
    if (details) details.open = true;
  }

  function problemParts({problem, reading}) {
    if (!problem) return [];
    const text = element('p', 'problem-text');
    text.append(Maths.plain(problem));
    return [element('h2', '', 'Problem'), text, element('p', 'muted', reading)];
  }

  function frame(log) {
    let root = log.querySelector(':scope > .working-page');
    if (root) return root;
    root = element('section', 'working-page');
    log.replaceChildren(root);
    log.setAttribute('role', 'region');
    log.setAttribute('aria-label', 'Your working, checked');
    const summary = element('div', 'summary'), problem = element('div', 'problem-part');
    const list = element('ol', 'work-lines');
    list.setAttribute('role', 'list');
    root.append(summary, problem, list, element('p', 'hint muted'));
    return root;
  }

  /** Show a state; `log` is the page's root. */
  function show(log, state) {
    const root = frame(log);
    updatePart(root, 'summary', state.card, card => (card ? [Verdicts.cardElement(card)] : []));
    updatePart(root, 'problem-part', {problem: state.problem, reading: state.reading}, problemParts);
    updateList(root.querySelector(':scope > .work-lines'), state.lines);
    root.querySelector(':scope > .hint').textContent = state.hint;
    const current = state.caret && root.querySelector(
      '.line-number[data-id="' + Number(state.caret) + '"]');
    if (current) current.parentElement.scrollIntoView({block: 'nearest'});
  }

  /** Whether the page shows a working, not a conversation. */
  function isShown(log) {
    return Boolean(log.querySelector(':scope > .working-page'));
  }

  return {show, isShown};
})();
