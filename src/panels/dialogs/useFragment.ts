import { useEffect, useState } from "react";
import { makeFragment, type ShareChoice } from "../../actions/sharing";

interface Fragment {
  readonly fragment: string;
  readonly failed: boolean;
}

const making: Fragment = { fragment: "", failed: false };

/** The fragment that holds the open scenario, made anew for each choice; "" until it is made. */
export function useFragment(choice: ShareChoice): Fragment {
  const [made, setMade] = useState<(Fragment & { readonly choice: ShareChoice }) | null>(null);
  useEffect(() => {
    let wanted = true;
    makeFragment(choice).then(
      (fragment) => wanted && setMade({ choice, fragment, failed: false }),
      () => wanted && setMade({ choice, fragment: "", failed: true }),
    );
    return () => {
      wanted = false;
    };
  }, [choice]);
  // What was made for the choice before is never shown as this one's.
  return made?.choice === choice ? made : making;
}
