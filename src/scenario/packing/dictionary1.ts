export const dictionary1 = new TextEncoder().encode("x");
