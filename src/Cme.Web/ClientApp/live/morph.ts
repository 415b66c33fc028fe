// Makes what stands on the page say what fresh HTML says, changing as little as possible: an element that is there stays there, so that
// neither keyboard focus nor a tick nor an open detail is lost.

export function morph(old: Element, fresh: Element): void {
  for (const { name } of [...old.attributes]) { if (!fresh.hasAttribute(name) && !keeps(old, name)) { old.removeAttribute(name); } }
  for (const { name, value } of fresh.attributes) { if (old.getAttribute(name) !== value) { old.setAttribute(name, value); } }
  const [was, is] = [[...old.childNodes], [...fresh.childNodes]];
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

/**
 * Each fresh node with the old one that becomes it. What has the keyboard's focus is matched first, so that nothing that comes or goes
 * beside it takes its place; what is left and right of it then in order.
 */
function match(was: readonly ChildNode[], is: readonly ChildNode[]): Map<ChildNode, ChildNode> {
  const focused = document.activeElement;
  const held = focused ? was.findIndex((node) => node.contains(focused)) : -1;
  const kept = was[held];
  if (!kept) { return inOrder(was, is); }
  const same = (nodes: readonly ChildNode[]): ChildNode[] => nodes.filter((node) => alike(node, kept) && classOf(node) === classOf(kept));
  const partner = same(is)[same(was).indexOf(kept)] ?? is.find((node) => alike(node, kept));
  if (!partner) { return inOrder(was, is); }
  const at = is.indexOf(partner);
  return new Map([...inOrder(was.slice(0, held), is.slice(0, at)), [partner, kept], ...inOrder(was.slice(held + 1), is.slice(at + 1))]);
}

const alike = (one: ChildNode, other: ChildNode): boolean => one.nodeName === other.nodeName && one.nodeType === other.nodeType;

const classOf = (node: ChildNode): string => (node as Element).className;

/** In order, each fresh node with the next old one of its kind. */
function inOrder(was: readonly ChildNode[], is: readonly ChildNode[]): Map<ChildNode, ChildNode> {
  const partners = new Map<ChildNode, ChildNode>();
  let from = 0;
  for (const node of is) {
    const at = was.findIndex((old, index) => index >= from && alike(old, node));
    if (at < 0) { continue; }
    partners.set(node, was[at] as ChildNode);
    from = at + 1;
  }
  return partners;
}
