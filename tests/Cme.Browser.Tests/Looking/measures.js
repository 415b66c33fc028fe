// What a page must keep to at any width, besides what axe finds. Run in the page, after a key was pressed, so that focus counts as the
// keyboard's. Returns each fault as a line.
(() => {
  const smallest = 24; // CSS pixels of a target: WCAG 2.5.8.
  const faults = [];
  const name = (element) => element.outerHTML.replace(/\s+/g, ' ').slice(0, 140);
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    return element.checkVisibility({ checkVisibilityCSS: true }) && box.width > 1 && box.height > 1;
  };

  // WCAG 1.4.10: the page never scrolls sideways; a table may, in a region that the keyboard reaches and a screen reader names.
  const sideways = () => {
    const page = document.scrollingElement;
    const marked = (element) => element.matches('[role=region][tabindex="0"][aria-label], input, textarea, select');
    if (page.scrollWidth > page.clientWidth) {
      const out = [...document.body.querySelectorAll('*')].filter((element) => seen(element) && element.getBoundingClientRect().right > page.clientWidth + 1);
      faults.push(`sideways: ${page.scrollWidth} > ${page.clientWidth}: ${name(out.at(-1) ?? document.body)}`);
    }
    for (const element of document.body.querySelectorAll('*')) {
      if (element.scrollWidth <= element.clientWidth + 1 || !seen(element) || element === page) { continue; }
      const overflow = getComputedStyle(element).overflowX;
      if ((overflow === 'auto' || overflow === 'scroll') && !marked(element)) { faults.push(`sideways: scrolls by itself, and is no marked region: ${name(element)}`); }
      if ((overflow === 'hidden' || overflow === 'clip') && element.clientWidth > 1 && !marked(element)) { faults.push(`sideways: cut off: ${name(element)}`); }
    }
  };

  const focusables = () => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter((element) => !element.disabled && element.type !== 'hidden' && element.checkVisibility({ checkVisibilityCSS: true }));

  // What a focus can change: of the element, of what is drawn beside it for GOV.UK's radios and checkboxes, and of what is within it.
  const look = (element) => {
    const drawn = [[element, null], [element, '::before'], [element, '::after'], [element.nextElementSibling, '::before'], [element.parentElement, null]];
    return drawn.filter(([one]) => one).map(([one, part]) => {
      const style = getComputedStyle(one, part);
      const outline = style.outlineStyle === 'none' || style.outlineWidth === '0px' ? '' : `${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor}`;
      return [outline, style.boxShadow, style.backgroundColor, style.borderTopColor, style.borderTopWidth].join();
    }).join(';');
  };

  // WCAG 2.4.11: at least one point of what has the focus is in sight, under nothing that sticks.
  const hidden = (element) => {
    for (const box of element.getClientRects()) {
      const [left, right] = [Math.max(box.left, 0), Math.min(box.right, window.innerWidth)];
      const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, window.innerHeight)];
      for (const [x, y] of [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]]) {
        const at = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y);
        if (at && (at === element || element.contains(at) || at.closest('label')?.control === element)) { return false; }
      }
    }
    return true;
  };

  // WCAG 2.4.7, over every element that the keyboard reaches: down the page, and up again, where other parts stick over them.
  const focus = () => {
    const all = focusables();
    for (const element of all) {
      document.activeElement?.blur();
      const before = look(element);
      element.focus();
      if (document.activeElement === element && look(element) === before) { faults.push(`focus: not to be seen: ${name(element)}`); }
    }
    for (const element of [...all, ...all.toReversed()]) {
      element.focus();
      if (document.activeElement === element && hidden(element)) { faults.push(`focus: hidden under something: ${name(element)}`); }
    }
    document.activeElement?.blur();
    window.scrollTo(0, 0);
  };

  // WCAG 2.5.8: 24 by 24, or so far from its neighbours that a circle of 24 around its middle meets none; links within a sentence are free.
  const targets = () => {
    const front = document.querySelector('dialog[open]') ?? document;
    const all = focusables().filter((element) => front.contains(element) && !element.matches('[role=region]') && seen(element))
      .map((element) => ({ element, box: (element.closest('label') ?? element).getBoundingClientRect() }));
    const middle = ({ box }) => [box.left + box.width / 2, box.top + box.height / 2];
    const small = all.filter(({ element, box }) => (box.width < smallest || box.height < smallest) && !inSentence(element));
    for (const one of small) {
      const [x, y] = middle(one);
      const near = all.find((other) => other !== one && !one.element.contains(other.element) && !other.element.contains(one.element) && (small.includes(other)
        ? Math.hypot(middle(other)[0] - x, middle(other)[1] - y) < smallest
        : Math.hypot(Math.max(other.box.left - x, 0, x - other.box.right), Math.max(other.box.top - y, 0, y - other.box.bottom)) < smallest / 2));
      if (near) { faults.push(`target: ${Math.round(one.box.width)} by ${Math.round(one.box.height)}, too near to another: ${name(one.element)}`); }
    }
  };
  const inSentence = (element) => {
    let around = element;
    while (around.parentElement && getComputedStyle(around).display === 'inline') { around = around.parentElement; }
    const words = [...around.querySelectorAll('a, button')].reduce((left, link) => left - link.textContent.trim().length, around.textContent.trim().length);
    return around !== element && words > 1;
  };

  // GOV.UK: the summary lists faults as their fields stand on the page, and leads to each.
  const errors = () => {
    const fields = [...document.querySelectorAll('.govuk-error-summary__list a')].map((link) => [link, document.getElementById(link.hash.slice(1))]);
    for (const [at, [link, field]] of fields.entries()) {
      if (!field) { faults.push(`errors: leads to no field: ${name(link)}`); continue; }
      const before = fields[at - 1]?.[1];
      if (before && before.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_PRECEDING) { faults.push(`errors: not in the order of their fields: ${name(link)}`); }
    }
  };

  sideways();
  errors();
  targets();
  focus();
  return [...new Set(faults)];
})()
