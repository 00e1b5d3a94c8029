'use strict';
// Draws what came of a program that the model wrote: the badge, the table of examples, the output.
// Every text comes from Python as data and is set with textContent.

const Programs = (() => {
  const element = Verdicts.element;

  function cell(text, kind) {
    const made = element('td');
    made.append(element('pre', kind, text));
    return made;
  }

  function row(test, number) {
    const made = element('tr', test.passed ? 'passed' : 'failed');
    made.append(element('td', 'muted', String(number)));
    made.append(cell(test.given), cell(test.expected), cell(test.found));
    made.append(element('td', 'outcome', test.passed ? '✓ passed' : '✗ failed'));
    return made;
  }

  function table(card) {
    const made = element('table', 'tests');
    made.append(element('caption', 'unseen', 'Examples'));
    const head = element('tr');
    for (const name of ['#', card.given, 'Expected', 'Found', 'Outcome']) {
      const title = element('th', '', name);
      title.scope = 'col';
      head.append(title);
    }
    const body = element('tbody');
    card.rows.forEach((test, index) => body.append(row(test, index + 1)));
    const top = element('thead');
    top.append(head);
    made.append(top, body);
    return made;
  }

  function facts(card) {
    const list = element('dl');
    for (const fact of card.facts) {
      list.append(element('dt', '', fact.name), element('dd', '', fact.text));
    }
    const more = element('details');
    more.append(element('summary', '', card.more), list);
    return more;
  }

  /** The card at the end of an answer in code mode. */
  function cardElement(card) {
    const made = element('section', 'card program ' + card.state);
    made.setAttribute('aria-label', 'What came of the program');
    const words = element('div');
    words.append(element('p', 'card-title', card.title));
    if (card.sentence) words.append(element('p', 'card-sentence', card.sentence));
    if (card.note) words.append(element('p', 'card-sentence muted', card.note));
    const head = element('header');
    head.append(Verdicts.icon(card.state), words);
    made.append(head);
    if (card.rows.length) {
      const frame = element('div', 'tests-frame');
      frame.tabIndex = 0;
      frame.append(table(card));
      made.append(frame);
    }
    if (card.output) {
      const output = element('div', 'program-output');
      const text = element('pre', '', card.output);
      text.tabIndex = 0;
      output.append(element('p', 'muted', 'Output'), text);
      made.append(output);
    }
    if (card.facts.length) made.append(facts(card));
    return made;
  }

  return {cardElement};
})();
