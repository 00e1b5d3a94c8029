'use strict';
// Draws what the checker found: signs beside lines, the evidence under them, the verdict card.
// Every text comes from Python as data and is set with textContent.

const Verdicts = (() => {
  const SVG = 'http://www.w3.org/2000/svg';
  // One shape per state as well as one colour.
  const OUTLINES = {
    verified: {frame: 'circle', path: 'M5.6 10.4 L8.7 13.4 L14.4 7'},
    refuted: {frame: 'circle', path: 'M6.8 6.8 L13.2 13.2 M13.2 6.8 L6.8 13.2'},
    unknown: {
      frame: 'dashed',
      path: 'M7.6 8 C7.6 6.4 8.7 5.6 10 5.6 C11.4 5.6 12.4 6.5 12.4 7.8 C12.4 9.6 10 9.6 10 11.4'
        + ' M10 14 L10 14.1',
    },
    // right as a step, but what it follows from is wrong
    carried: {frame: 'dashed', path: 'M6.8 5.6 L6.8 11.6 L13 11.6 M10.6 9.2 L13.2 11.6 L10.6 14'},
    // a program that was run, which proves nothing
    ran: {frame: 'circle', path: 'M8 6.3 L14 10 L8 13.7 Z'},
    // where a working starts: nothing to check it against
    given: {frame: 'none', path: 'M6.5 10 L13.5 10'},
    pending: {frame: 'none', path: 'M5.5 10 L5.5 10.1 M10 10 L10 10.1 M14.5 10 L14.5 10.1'},
  };

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function shape(tag, attributes) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  }

  function icon(state) {
    const outline = OUTLINES[state] || OUTLINES.unknown;
    const svg = shape('svg', {viewBox: '0 0 20 20', class: 'icon', 'aria-hidden': 'true'});
    if (outline.frame !== 'none') {
      svg.append(shape('circle', {cx: 10, cy: 10, r: 8.6, class: 'frame ' + outline.frame}));
    }
    svg.append(shape('path', {d: outline.path, class: 'stroke'}));
    return svg;
  }

  function evidenceRow(sign, id) {
    const row = element('div', 'why ' + sign.state);
    row.id = id;
    row.setAttribute('role', 'note');
    const title = element('p', 'why-title');
    title.append(Maths.plain(sign.title));
    row.append(title);
    if (sign.evidence.length) {
      const list = element('ul');
      for (const sentence of sign.evidence) {
        const item = element('li');
        item.append(Maths.plain(sentence));
        list.append(item);
      }
      row.append(list);
    }
    const notes = [sign.how, sign.reading && 'Read as: ' + sign.reading].filter(Boolean);
    if (notes.length) row.append(element('p', 'reading', notes.join(' ')));
    return row;
  }

  /** Put, change or remove the sign of a block. `sign` is null where there is nothing to say. */
  function place(block, sign) {
    const old = block.querySelector(':scope > .sign');
    const row = block.querySelector(':scope > .why');
    const wasOpen = Boolean(row) || block.reopens === true, hadFocus = old && old === document.activeElement;
    if (old) old.remove();
    if (row) row.remove();
    if (!sign) return;
    const button = element('button', 'sign ' + sign.state);
    button.type = 'button';
    button.title = sign.label;
    button.setAttribute('aria-label', sign.label);
    button.setAttribute('aria-expanded', 'false');
    button.append(icon(sign.state));
    button.addEventListener('click', () => toggle(block, button, sign));
    block.prepend(button);
    // evidence that was open comes back when a pending sign is decided again
    block.reopens = wasOpen && sign.state === 'pending';
    if (wasOpen && sign.state !== 'pending') toggle(block, button, sign);
    if (hadFocus) button.focus({preventScroll: true});
  }

  function toggle(block, button, sign) {
    const row = block.querySelector(':scope > .why');
    if (row) {
      row.remove();
    } else if (sign.state !== 'pending') {
      const made = evidenceRow(sign, block.id + '-why');
      block.append(made);
      button.setAttribute('aria-controls', made.id);
    }
    button.setAttribute('aria-expanded', String(!row && sign.state !== 'pending'));
  }

  function attemptsTable(attempts) {
    const list = element('ol', 'attempts');
    for (const attempt of attempts) {
      const item = element('li', attempt.state);
      item.append(icon(attempt.state));
      const words = element('span');
      if (attempt.answer) words.append(Maths.node(attempt.answer, false), ' ');
      words.append(element('span', 'muted', attempt.text));
      item.append(words);
      list.append(item);
    }
    return list;
  }

  function factList(card) {
    const facts = element('dl');
    const add = (name, content) => {
      facts.append(element('dt', '', name));
      const value = element('dd');
      value.append(content);
      facts.append(value);
    };
    for (const fact of card.facts) add(fact.name, Maths.plain(fact.text));
    if (card.attempts.length > 1) add('Attempts', attemptsTable(card.attempts));
    return facts;
  }

  /** The card at the end of an answer. */
  function cardElement(card) {
    const made = element('section', 'card ' + card.state);
    made.setAttribute('aria-label', 'Verdict');
    const head = element('header');
    const words = element('div');
    const title = element('p', 'card-title', card.title);
    words.append(title);
    if (card.sentence) {
      const sentence = element('p', 'card-sentence');
      sentence.append(Maths.plain(card.sentence));
      words.append(sentence);
    }
    head.append(icon(card.state), words);
    if (card.answer) {
      const answer = element('div', 'card-answer');
      answer.append(element('span', 'muted', 'Answer'), Maths.node(card.answer, false));
      head.append(answer);
    }
    made.append(head);
    if (card.source) made.append(element('p', 'source', card.source));
    const facts = factList(card);
    if (facts.childElementCount || card.evidence.length) {
      const more = element('details');
      more.append(element('summary', '', card.more), facts);
      if (card.evidence.length) {
        const list = element('ul', 'evidence');
        for (const sentence of card.evidence) {
          const item = element('li');
          item.append(Maths.plain(sentence));
          list.append(item);
        }
        more.append(list);
      }
      made.append(more);
    }
    return made;
  }

  return {place, cardElement, element, icon};
})();
