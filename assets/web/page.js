'use strict';
// The transcript: applies batches of operations from Python. A closed block is never touched again,
// so the cost of an update is that of the open block alone and selections survive.

(() => {
  const log = document.getElementById('log');
  const newest = document.getElementById('newest');
  const announcer = document.getElementById('announcer');
  const element = Verdicts.element;
  const turns = new Map();     // id -> {root, status, end}
  const containers = new Map();  // id -> element that takes blocks
  const blocks = new Map();
  const dirty = new Set();
  const justClosed = new Set();
  const BLOCKS_PER_CHUNK = 32;
  const SLOW_RENDER_MS = 12;
  const NEAR_END_PX = 48;
  const LANGUAGE_NAMES = new Map([
    ['python', 'Python'], ['py', 'Python'], ['python3', 'Python'],
    ['cpp', 'C++'], ['c++', 'C++'], ['cxx', 'C++'], ['cc', 'C++'],
  ]);
  const KEPT_HEAD = /^\s*\|[^\n]*\n\s*\|[ \t]*:?-[^\n]*\n/;
  let isFollowing = true;

  // -- blocks

  function chunkOf(container) {
    let chunk = container.lastChunk;
    if (!chunk || chunk.childElementCount >= BLOCKS_PER_CHUNK) {
      if (chunk) chunk.classList.add('sealed');
      chunk = container.lastChunk = element('div', 'chunk');
      container.append(chunk);
    }
    return chunk;
  }

  function codeBody(block, lang) {
    const body = element('div', 'body code');
    const head = element('header');
    const copy = element('button', 'quiet', 'Copy');
    copy.type = 'button';
    copy.dataset.op = 'copy-block';
    copy.dataset.id = block.id;
    copy.setAttribute('aria-label', 'Copy this code');
    block.tools = element('span', 'code-tools');
    block.tools.append(copy);
    head.append(element('span', 'lang', LANGUAGE_NAMES.get(lang.toLowerCase()) || lang || 'text'),
      block.tools);
    const pre = element('pre');
    pre.tabIndex = 0;
    block.textHost = element('code');
    pre.append(block.textHost);
    body.append(head, pre);
    return body;
  }

  function runButton(block) {
    const run = element('button', 'quiet run', 'Run');
    run.type = 'button';
    run.dataset.op = 'run-block';
    run.dataset.id = block.id;
    run.title = 'Run this program in the sandbox';
    run.setAttribute('aria-label', 'Run this program');
    return run;
  }

  function workingBody(block) {
    const body = element('details', 'body working');
    body.append(element('summary', '', 'Working'));
    const pre = element('pre');
    pre.tabIndex = 0;
    block.textHost = element('code');
    pre.append(block.textHost);
    body.append(pre);
    return body;
  }

  function headOfLongTable(block) {
    if (!/^\s*\|/.test(block.source) || KEPT_HEAD.test(block.source)) return '';
    const before = block.root.previousElementSibling || (block.root.parentElement
      .previousElementSibling || {}).lastElementChild;
    const earlier = before && blocks.get(before.id);
    return (earlier && earlier.tableHead) || '';
  }

  function renderBlock(block) {
    const started = performance.now();
    const head = headOfLongTable(block);
    const own = KEPT_HEAD.exec(block.source);
    block.tableHead = own ? own[0] : head;
    block.body.replaceChildren(Maths.render(head + block.source, block.closed));
    block.cost = performance.now() - started;
    block.renderedAt = started;
    dirty.delete(block);
  }

  function markWide(block) {
    for (const part of block.body.querySelectorAll('.katex-display')) {
      if (part.scrollWidth > part.clientWidth + 1) part.tabIndex = 0;
    }
    if (block.body.scrollWidth > block.body.clientWidth + 1) {
      block.body.classList.add('wide');
      block.body.tabIndex = 0;
    }
  }

  // -- turns

  function endOf(turn) {
    if (!turn.end) {
      turn.end = element('div', 'end');
      turn.root.append(turn.end);
    }
    return turn.end;
  }

  function actionButton(action, id) {
    const button = element('button', 'quiet', action.label);
    button.type = 'button';
    button.dataset.op = action.op;
    button.dataset.id = id;
    button.title = action.tip;
    return button;
  }

  const OPERATIONS = {
    turn({id, role, label}) {
      const root = element('section', 'turn ' + role);
      root.id = id;
      root.setAttribute('aria-label', label);
      log.append(root);
      turns.set(id, {root, status: null, end: null});
    },
    problem({turn, text}) {
      const body = element('div', 'bubble');
      body.append(Maths.plain(text));
      turns.get(turn).root.append(body);
      isFollowing = true;  // whoever asks wants to see the answer
    },
    attempt({id, turn}) {
      const holder = element('div', 'attempt');
      holder.id = id;
      const owner = turns.get(turn);
      owner.root.insertBefore(holder, owner.status || owner.end);
      containers.set(id, holder);
    },
    fold({id, label, state}) {
      const holder = containers.get(id);
      if (!holder) return;
      const details = element('details', 'attempt folded ' + state);
      details.id = id;
      details.append(element('summary', '', label), ...holder.childNodes);
      holder.replaceWith(details);
      containers.delete(id);
    },
    think({id, parent}) {
      const details = element('details', 'thinking');
      details.id = id;
      details.append(element('summary', '', 'Thinking…'));
      const holder = containers.get(parent);
      holder.append(details);
      holder.lastChunk = null;
      containers.set(id, details);
    },
    endthink({id, label}) {
      containers.get(id).querySelector('summary').textContent = label;
    },
    block({id, parent, kind, lang}) {
      const root = element('div', 'block ' + kind);
      root.id = id;
      const block = {
        id, kind, root, source: '', closed: false, cost: 0, renderedAt: 0, tableHead: '',
        textHost: null, body: null, tools: null,
      };
      block.body = kind === 'code' ? codeBody(block, lang)
        : kind === 'working' ? workingBody(block) : element('div', 'body');
      if (block.textHost) {
        block.textNode = document.createTextNode('');
        block.textHost.append(block.textNode);
      }
      root.append(block.body);
      chunkOf(containers.get(parent)).append(root);
      blocks.set(id, block);
    },
    text({id, s}) {
      const block = blocks.get(id);
      block.source += s;
      if (block.textNode) block.textNode.appendData(s);
      else dirty.add(block);
    },
    close({id, tokens, runs}) {
      const block = blocks.get(id);
      block.closed = true;
      if (runs) block.tools.prepend(runButton(block));
      if (block.textNode) {
        if (tokens) {
          block.textHost.replaceChildren(...tokens.map(
            ([kind, text]) => kind ? element('span', 'hl-' + kind, text) : text));
        }
      } else {
        dirty.add(block);
      }
      justClosed.add(block);
    },
    sign({id, sign}) {
      const block = blocks.get(id);
      if (block) Verdicts.place(block.root, sign);
    },
    status({turn, text}) {
      const owner = turns.get(turn);
      if (owner.status) owner.status.remove();
      owner.status = null;
      if (!text) return;
      owner.status = element('p', 'status');
      owner.status.append(element('span', 'dots'), element('span', '', text));
      owner.root.insertBefore(owner.status, owner.end);
    },
    card({turn, card}) {
      endOf(turns.get(turn)).append(Verdicts.cardElement(card));
    },
    program({turn, card}) {
      endOf(turns.get(turn)).append(Programs.cardElement(card));
    },
    notice({turn, kind, text, hint}) {
      const note = element('div', 'notice ' + kind);
      note.append(element('p', '', text));
      if (hint) note.append(element('p', 'muted', hint));
      endOf(turns.get(turn)).append(note);
    },
    footer({turn, text, actions}) {
      const owner = turns.get(turn);
      const foot = element('footer');
      foot.append(element('span', 'numbers', text));
      const tools = element('span', 'tools');
      for (const action of actions) tools.append(actionButton(action, turn));
      foot.append(tools);
      endOf(owner).append(foot);
    },
    working(state) {
      isFollowing = false;  // the line that is being typed stays in view instead
      Working.show(log, state);
    },
    announce({text}) { announcer.textContent = text; },
    theme({value}) { document.documentElement.dataset.theme = value; },
    clear() {
      log.replaceChildren();
      for (const store of [turns, containers, blocks, dirty, justClosed]) store.clear();
      announcer.textContent = '';
      isFollowing = true;
    },
  };

  // -- following the newest text: only an upward move of the reader lets go

  function toEnd() { scrollTo(0, document.documentElement.scrollHeight); }
  function isAtEnd() {
    return innerHeight + scrollY >= document.documentElement.scrollHeight - NEAR_END_PX;
  }
  function letGo() {
    isFollowing = false;
    newest.hidden = isAtEnd();
  }
  addEventListener('wheel', event => { if (event.deltaY < 0) letGo(); }, {passive: true});
  addEventListener('keydown', event => {
    if (['ArrowUp', 'PageUp', 'Home'].includes(event.key)) letGo();
  });
  addEventListener('pointerdown', event => {
    if (event.clientX >= document.documentElement.clientWidth) letGo();  // the scroll bar
  });
  addEventListener('scroll', () => {
    if (isAtEnd()) isFollowing = true;
    newest.hidden = isFollowing || isAtEnd();
  }, {passive: true});
  newest.addEventListener('click', () => {
    isFollowing = true;
    newest.hidden = true;
    toEnd();
  });

  function push(batch) {
    const started = performance.now();
    for (const operation of batch) OPERATIONS[operation.op](operation);
    for (const block of dirty) {
      // A huge open block gets at most an eighth of the time.
      const isTooSoon = block.cost > SLOW_RENDER_MS
        && started - block.renderedAt < block.cost * 8;
      if (block.closed || !isTooSoon) renderBlock(block);
    }
    if (justClosed.size <= BLOCKS_PER_CHUNK) justClosed.forEach(markWide);
    else requestAnimationFrame(() => markAllWide([...blocks.values()]));
    justClosed.clear();
    if (isFollowing) toEnd();
    else newest.hidden = isAtEnd() || Working.isShown(log);
    return performance.now() - started;
  }

  function markAllWide(list) {
    for (const block of list) if (block.root.isConnected) markWide(block);
  }

  // -- copying gives Markdown-like text with each formula as its LaTeX source

  document.addEventListener('copy', event => {
    const selection = getSelection();
    if (selection.isCollapsed) return;
    const range = selection.getRangeAt(0).cloneRange();
    const around = node => (node.nodeType === 1 ? node : node.parentElement).closest('.maths');
    const first = around(range.startContainer), last = around(range.endContainer);
    if (first) range.setStartBefore(first);
    if (last) range.setEndAfter(last);
    const parts = range.cloneContents();
    for (const maths of parts.querySelectorAll('.maths')) {
      const tex = maths.dataset.tex;
      maths.replaceWith(maths.classList.contains('display')
        ? '\n\\[ ' + tex + ' \\]\n' : '\\(' + tex + '\\)');
    }
    parts.querySelectorAll('button, .code > header, footer').forEach(node => node.remove());
    parts.querySelectorAll('p, li, pre, .block, .bubble, tr, h1, h2, h3, h4, h5, h6, summary')
      .forEach(node => node.append('\n'));
    parts.querySelectorAll('td, th').forEach(node => node.append('\t'));
    event.clipboardData.setData(
      'text/plain', parts.textContent.replace(/\n{2,}/g, '\n').replace(/^\n|\n$/g, ''));
    event.preventDefault();
  });

  // -- one over-wide formula would make Chromium shrink every printed page: shrink the formula

  addEventListener('beforeprint', () => {
    const paperWidth = 620;  // A4 with 15 mm margins, less the gutter and some room
    const normalSize = 1.1;  // em, as in page.css
    for (const display of document.querySelectorAll('.katex-display')) {
      const range = document.createRange();
      range.selectNodeContents(display.querySelector('.katex-html'));
      const boxes = [...range.getClientRects()];
      const width = Math.max(0, ...boxes.map(box => box.right))
        - Math.min(...boxes.map(box => box.left));
      if (width > paperWidth) {
        const size = normalSize * paperWidth / width;
        display.firstElementChild.style.fontSize = size.toFixed(3) + 'em';
      }
    }
  });
  addEventListener('afterprint', () => {
    for (const formula of document.querySelectorAll('.katex-display > .katex')) {
      formula.style.fontSize = '';
    }
  });

  window.tutor = {push};
})();
