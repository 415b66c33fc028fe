// Makes what stands on the page say what fresh HTML says, changing as little as possible: an element that is there stays there, so that
// neither keyboard focus nor a tick nor an open detail is lost.

export function morph(old: Element, fresh: Element): void {
  for (const { name } of [...old.attributes]) { if (!fresh.hasAttribute(name) && !keeps(old, name)) { old.removeAttribute(name); } }
  for (const { name, value } of fresh.attributes) { if (old.getAttribute(name) !== value) { old.setAttribute(name, value); } }
  const [was, is] = [[...old.childNodes], [...fresh.childNodes]];
  // Hidden fields and the like come and go before a button: the one that has the focus is to be matched first of all.
  const partners = match(was, is);
  for (const node of was) { if (![...partners.values()].includes(node)) { node.remove(); } }
  let place: ChildNode | null = old.firstChild;
  for (const node of is) {
    const partner = partners.get(node);
    if (!partner) {
      old.insertBefore(document.importNode(node, true), place);
      continue;
    }
    if (partner.nodeType === Node.ELEMENT_NODE) { morph(partner as Element, node as Element); } else if (partner.nodeValue !== node.nodeValue) { partner.nodeValue = node.nodeValue; }
    place = partner.nextSibling;
  }
}

/** What the browser, not the server, has set. */
const keeps = (element: Element, name: string): boolean => name === 'open' && element.tagName === 'DETAILS';

/** In order, each fresh node with the next old one of its kind. */
function match(was: readonly ChildNode[], is: readonly ChildNode[]): Map<ChildNode, ChildNode> {
  const partners = new Map<ChildNode, ChildNode>();
  let from = 0;
  for (const node of is) {
    const at = was.findIndex((old, index) => index >= from && old.nodeName === node.nodeName && old.nodeType === node.nodeType);
    if (at < 0) { continue; }
    partners.set(node, was[at] as ChildNode);
    from = at + 1;
  }
  return partners;
}
