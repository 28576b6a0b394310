import { useEffect, useState } from "react";
import { makeFragment, pageAddress, type ShareChoice } from "../../actions/sharing";

interface PageLink {
  readonly address: string;
  readonly failed: boolean;
}

const making: PageLink = { address: "", failed: false };

/** The address that holds the open scenario, made anew for each choice; "" until it is made. */
export function usePageLink(choice: ShareChoice, embed: boolean): PageLink {
  const [made, setMade] = useState<(PageLink & { readonly choice: ShareChoice }) | null>(null);
  useEffect(() => {
    let wanted = true;
    makeFragment(choice).then(
      (fragment) => wanted && setMade({ choice, address: pageAddress(fragment, embed), failed: false }),
      () => wanted && setMade({ choice, address: "", failed: true }),
    );
    return () => {
      wanted = false;
    };
  }, [choice, embed]);
  // What was made for the choice before is never shown as this one's.
  return made?.choice === choice ? made : making;
}
