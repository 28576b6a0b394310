/**
 * Tells whenever the page comes out of sight or back into it: in a tab that is not looked at, or in a frame that its page has scrolled away,
 * of which the document knows nothing. Told at once only if it is hidden.
 */
export function followVisibility(document: Document, tell: (hidden: boolean) => void): void {
  let isInView = true;
  let wasHidden = false;
  const look = (): void => {
    const hidden = document.hidden || !isInView;
    if (hidden !== wasHidden) tell(hidden);
    wasHidden = hidden;
  };
  document.addEventListener("visibilitychange", look);
  new IntersectionObserver((entries) => {
    isInView = entries.at(-1)?.isIntersecting ?? isInView;
    look();
  }).observe(document.documentElement);
  look();
}
