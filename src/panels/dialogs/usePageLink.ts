import { useEffect, useState } from "react";
import { makeFragment, pageAddress, type ShareChoice } from "../../actions/sharing";

/** The address that holds the open scenario, made anew for each choice; "" until it is made. */
export function usePageLink(choice: ShareChoice, embed: boolean): { readonly address: string; readonly failed: boolean } {
  const [made, setMade] = useState({ address: "", failed: false });
  useEffect(() => {
    let wanted = true;
    setMade({ address: "", failed: false });
    makeFragment(choice).then(
      (fragment) => wanted && setMade({ address: pageAddress(fragment, embed), failed: false }),
      () => wanted && setMade({ address: "", failed: true }),
    );
    return () => {
      wanted = false;
    };
  }, [choice, embed]);
  return made;
}
