'use strict';
// Finds maths in a block's source, typesets it with KaTeX, and renders the rest as Markdown.
// Maths is taken out *before* Markdown, into private-use placeholders, so that `_`, `*`, `|`
// and `\\` inside a formula are never read as Markdown. Code spans are left alone.

const Maths = (() => {
  // KaTeX writes style="width:…" on <svg> through setAttribute; the CSP forbids that, CSSOM is
  // allowed. Only SVG elements are touched.
  const setAttribute = Element.prototype.setAttribute;
  SVGElement.prototype.setAttribute = function (name, value) {
    if (name === 'style') this.style.cssText = value;
    else setAttribute.call(this, name, value);
  };

  const ENVIRONMENTS = 'equation|align|aligned|alignat|alignedat|gather|gathered|multline|cases|'
    + 'dcases|rcases|array|matrix|pmatrix|bmatrix|vmatrix|Vmatrix|Bmatrix|smallmatrix|split|'
    + 'eqnarray|flalign|tabular|CD';
  const OPENER = new RegExp(
    '(`+)|\\\\\\\\|\\\\\\$|\\$\\$|\\$|\\\\\\[|\\\\\\(|\\\\begin\\{((?:' + ENVIRONMENTS
    + ')\\*?)\\}|\\\\boxed(?=\\s*\\{)', 'g');
  const LENGTH_LIMIT = 6000;
  const PENDING_LIMIT = 400;
  const CACHE_LIMIT = 3000;

  const MACROS = {
    '\\mbox': '\\text{#1}', '\\norm': '\\left\\lVert #1\\right\\rVert', '\\abs': '\\left|#1\\right|',
    '\\textgreater': '>', '\\textless': '<', '\\framebox': '\\boxed{#1}',
    '\\argmin': '\\operatorname*{arg\\,min}', '\\argmax': '\\operatorname*{arg\\,max}',
    '\\overparen': '\\overgroup{#1}', '\\cancelto': '\\overset{#1}{\\cancel{#2}}',
    '\\SI': '#1\\,\\mathrm{#2}', '\\qty': '#1\\,\\mathrm{#2}', '\\unit': '\\mathrm{#1}',
    '\\si': '\\mathrm{#1}', '\\vb': '\\mathbf{#1}', '\\dd': '\\mathrm{d}',
    '\\dv': '\\frac{\\mathrm{d}#1}{\\mathrm{d}#2}', '\\pdv': '\\frac{\\partial #1}{\\partial #2}',
    '\\angstrom': '\\text{Å}', '\\textdegree': '^\\circ', '\\degree': '^\\circ',
    '\\mathds': '\\mathbb{#1}', '\\eqref': '(\\text{#1})', '\\upmu': '\\mu',
    '\\nicefrac': '{}^{#1}\\!/_{#2}', '\\ensuremath': '#1',
  };
  const CLOSERS = {'$$': '$$', '\\[': '\\]', '\\(': '\\)'};
  const cache = new Map();

  function escapedPairs(tex) {
    return (tex.match(/(^|[^\\])&/) && !/\\begin\{/.test(tex))
      ? '\\begin{aligned}' + tex + '\\end{aligned}' : tex;
  }

  // A second try for what LaTeX accepts and KaTeX does not.
  function repaired(tex) {
    const names = {eqnarray: 'aligned', flalign: 'aligned', multline: 'gathered', tabular: 'array'};
    const mapped = tex
      .replace(/@\{[^{}]*\}/g, '')
      .replace(/\\(begin|end)\{(eqnarray|flalign|multline|tabular)\*?\}/g,
        (_, verb, name) => '\\' + verb + '{' + names[name] + '}')
      .replace(/\\cline\{[^}]*\}/g, '\\hline')
      .replace(/\\(?:label|require)\{[^}]*\}/g, '');
    return escapedPairs(mapped).replace(/\\tag\*?\{([^{}]*)\}(?!\s*$)/g, '\\qquad($1)');
  }

  function typeset(tex, display) {
    const node = document.createElement('span');
    node.className = display ? 'maths display' : 'maths';
    node.dataset.tex = tex;
    let problem = 'too long to typeset';
    if (tex.length <= LENGTH_LIMIT) {
      for (const source of [tex, repaired(tex)]) {
        try {
          katex.render(source, node, {
            displayMode: display, throwOnError: true, strict: 'ignore', trust: false,
            maxSize: 20, maxExpand: 500, output: 'htmlAndMathml',
            macros: {...MACROS},  // fresh: \gdef in one formula must not reach the next
          });
          return node;
        } catch (error) {
          problem = String(error.message).slice(0, 200);
        }
      }
    }
    node.textContent = tex;
    node.classList.add('unreadable');
    node.title = problem;
    return node;
  }

  /** A typeset formula; the same source is typeset once and cloned. */
  function node(tex, display) {
    const key = (display ? 'D' : 'I') + tex;
    let known = cache.get(key);
    if (known) {
      cache.delete(key);
    } else {
      known = typeset(tex, display);
      if (cache.size >= CACHE_LIMIT) cache.delete(cache.keys().next().value);
    }
    cache.set(key, known);
    return known.cloneNode(true);
  }

  /** Place of the `$` that ends a formula begun before `from`: -2 if none came yet, -1 if none fits. */
  function closingDollar(source, from) {
    let depth = 0;
    for (let at = from; at < source.length; at++) {
      const c = source[at];
      if (c === '\\') at++;
      else if (c === '`') return -1;
      else if (c === '{') depth++;
      else if (c === '}') depth--;
      else if (c === '\n' && source[at + 1] === '\n') return -1;
      else if (c === '$' && depth <= 0) {
        // Pandoc's rule: no space inside either $, no digit right after the closing one.
        const body = source.slice(from, at);
        return !body || /^\s|\s$/.test(body) || /\d/.test(source[at + 1] || '') ? -1 : at;
      }
    }
    return -2;
  }

  function closingBrace(source, from) {
    let depth = 0;
    for (let at = from; at < source.length; at++) {
      if (source[at] === '\\') at++;
      else if (source[at] === '{') depth++;
      else if (source[at] === '}' && --depth === 0) return at;
    }
    return -1;
  }

  function dollarSpan(source, start, closed) {
    const end = closingDollar(source, start + 1);
    if (end >= 0) return {start, end: end + 1, tex: source.slice(start + 1, end), display: false};
    const rest = source.slice(start + 1);
    const mayStillClose = end === -2 && !closed && rest.length < PENDING_LIMIT
      && !/^(?:\s|\d[\d,.]*(?:\s|$))/.test(rest);
    return mayStillClose
      ? {start, end: source.length, tex: source.slice(start), pending: true} : null;
  }

  function delimitedSpan(source, match, closed) {
    const start = match.index, inside = start + match[0].length, environment = match[2];
    const closer = environment ? '\\end{' + environment + '}' : CLOSERS[match[0]];
    const at = source.indexOf(closer, inside);
    if (at < 0) {
      return closed ? null : {start, end: source.length, tex: source.slice(start), pending: true};
    }
    const end = at + closer.length;
    const tex = environment ? source.slice(start, end) : source.slice(inside, at);
    return {start, end, tex, display: match[0] !== '\\('};
  }

  function boxedSpan(source, start, closed) {
    const brace = closingBrace(source, start);
    if (brace >= 0) {
      return {start, end: brace + 1, tex: source.slice(start, brace + 1), display: false};
    }
    return closed ? null : {start, end: source.length, tex: source.slice(start), pending: true};
  }

  /** Formulas in `source`, in order; `closed` says that no more text will come. */
  function find(source, closed) {
    const spans = [];
    let match;
    OPENER.lastIndex = 0;
    while ((match = OPENER.exec(source))) {
      const mark = match[0], after = match.index + mark.length;
      if (match[1]) {
        const end = source.indexOf(mark, after);
        if (end < 0 && !closed) break;
        if (end >= 0) OPENER.lastIndex = end + mark.length;
        continue;
      }
      if (mark === '\\\\' || mark === '\\$') continue;
      const span = mark === '$' ? dollarSpan(source, match.index, closed)
        : mark === '\\boxed' ? boxedSpan(source, match.index, closed)
          : delimitedSpan(source, match, closed);
      if (!span) continue;
      span.tex = span.tex.trim();
      spans.push(span);
      OPENER.lastIndex = span.end;
    }
    return spans;
  }

  function nodeOf(span) {
    if (!span.pending) return node(span.tex, span.display);
    const waiting = document.createElement('span');
    waiting.className = 'pending-maths';
    waiting.textContent = span.tex;
    return waiting;
  }

  /** `source` as plain text with typeset maths: for what the user typed, and for sentences. */
  function plain(source) {
    const parts = document.createDocumentFragment();
    let at = 0;
    for (const span of find(source, true)) {
      parts.append(source.slice(at, span.start), nodeOf(span));
      at = span.end;
    }
    parts.append(source.slice(at));
    return parts;
  }

  const policy = trustedTypes.createPolicy('tutor-md', {createHTML: html => html});
  const markdown = markdownit({html: false, linkify: false, typographer: false, breaks: true});
  markdown.validateLink = url => /^(?:https?:|mailto:|#)/i.test(url);
  // `code`: an indented line is a line, not a program. `lheading`, `reference`: need other blocks.
  markdown.disable(['image', 'html_block', 'html_inline', 'code', 'lheading', 'reference']);

  function fill(root, spans) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const hits = [];
    while (walker.nextNode()) {
      if (walker.currentNode.data.includes('\uE000')) hits.push(walker.currentNode);
    }
    for (const hit of hits) {
      const parts = document.createDocumentFragment();
      hit.data.split(/\uE000(\d+)\uE001/).forEach((piece, place) => {
        if (place % 2 === 0) parts.append(piece);
        else if (spans[+piece]) parts.append(nodeOf(spans[+piece]));
      });
      hit.replaceWith(parts);
    }
  }

  /** One block's Markdown source as DOM. */
  function render(source, closed) {
    const clean = source.replace(/[\uE000\uE001]/g, '');
    const spans = find(clean, closed);
    const isQuote = clean.startsWith('>');
    let text = '', at = 0;
    spans.forEach((span, number) => {
      if (isQuote && span.display) span.tex = span.tex.replace(/(^|\n)> ?/g, '$1').trim();
      text += clean.slice(at, span.start) + '\uE000' + number + '\uE001';
      at = span.end;
    });
    const template = document.createElement('template');
    template.innerHTML = policy.createHTML(markdown.render(text + clean.slice(at)));
    fill(template.content, spans);
    return template.content;
  }

  return {node, plain, render, find};
})();
