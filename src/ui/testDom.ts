/**
 * As much of a document as React needs to draw into, for tests that count what is drawn or read its text. It knows no styles, sizes or
 * events. Returns how to take it away again.
 */
export function installTestDom(): () => void {
  const document = new TestNode(9, "#document");
  document.documentElement = document.appendChild(new TestNode(1, "html", document));
  document.body = document.documentElement.appendChild(new TestNode(1, "body", document));
  const matchMedia = (): object => ({ matches: false, addEventListener: nothing, removeEventListener: nothing });
  const observer = class {
    readonly observe = nothing;
    readonly disconnect = nothing;
  };
  const shared = { document, matchMedia, ResizeObserver: observer, HTMLIFrameElement: observer, HTMLElement: TestNode, Node: TestNode, IS_REACT_ACT_ENVIRONMENT: true };
  const added = { ...shared, window: globalThis, addEventListener: nothing, removeEventListener: nothing };
  const before = new Map(Object.keys(added).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]));
  Object.assign(globalThis, added);
  document.defaultView = globalThis;
  return () => {
    for (const [name, descriptor] of before) {
      Reflect.deleteProperty(globalThis, name);
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    }
  };
}

/** An element of the test document to draw into. */
export function newTestElement(): HTMLElement {
  const element = new TestNode(1, "div", (globalThis as unknown as { readonly document: TestNode }).document);
  // React asks nothing of it that a test node does not have.
  return element as unknown as HTMLElement;
}

const nothing = (): void => undefined;

class TestNode {
  [field: string]: unknown;
  readonly childNodes: TestNode[] = [];
  readonly attributes: Record<string, string> = {};
  readonly style: Record<string, unknown> = { setProperty: nothing };
  readonly namespaceURI = "http://www.w3.org/1999/xhtml";
  parentNode: TestNode | null = null;
  activeElement: TestNode | null = null;
  declare documentElement: TestNode;
  declare body: TestNode;
  declare defaultView: unknown;

  readonly nodeType: number;
  readonly nodeName: string;
  readonly ownerDocument: TestNode | null;
  nodeValue: string;

  constructor(nodeType: number, nodeName: string, ownerDocument: TestNode | null = null, nodeValue = "") {
    this.nodeType = nodeType;
    this.nodeName = nodeName;
    this.ownerDocument = ownerDocument;
    this.nodeValue = nodeValue;
  }

  get tagName(): string {
    return this.nodeName;
  }
  get firstChild(): TestNode | null {
    return this.childNodes[0] ?? null;
  }
  get lastChild(): TestNode | null {
    return this.childNodes.at(-1) ?? null;
  }
  get nextSibling(): TestNode | null {
    const siblings = this.parentNode?.childNodes ?? [];
    return siblings[siblings.indexOf(this) + 1] ?? null;
  }
  get options(): readonly TestNode[] {
    return this.childNodes.flatMap((child) => (child.nodeName === "option" ? [child] : child.options));
  }
  get textContent(): string {
    return this.nodeType === 3 ? this.nodeValue : this.childNodes.map((child) => child.textContent).join("");
  }
  set textContent(text: string) {
    this.childNodes.length = 0;
    if (text !== "") this.appendChild(this.createTextNode(text));
  }

  createElement = (name: string): TestNode => new TestNode(1, name, this.nodeType === 9 ? this : this.ownerDocument);
  createElementNS = (_: string, name: string): TestNode => this.createElement(name);
  createTextNode = (text: string): TestNode => new TestNode(3, "#text", this.nodeType === 9 ? this : this.ownerDocument, text);
  appendChild = (child: TestNode): TestNode => this.insertBefore(child, null);
  insertBefore = (child: TestNode, before: TestNode | null): TestNode => {
    child.parentNode?.removeChild(child);
    const at = before ? this.childNodes.indexOf(before) : this.childNodes.length;
    this.childNodes.splice(at, 0, child);
    child.parentNode = this;
    return child;
  };
  removeChild = (child: TestNode): TestNode => {
    this.childNodes.splice(this.childNodes.indexOf(child), 1);
    child.parentNode = null;
    return child;
  };
  setAttribute = (name: string, value: string): void => void (this.attributes[name] = value);
  removeAttribute = (name: string): void => void delete this.attributes[name];
  contains = (other: TestNode | null): boolean => other !== null && (other === this || this.contains(other.parentNode));
  querySelector = (): null => null;
  addEventListener = nothing;
  removeEventListener = nothing;
  focus = nothing;
}
