/**
 * A number as both of the page's languages write it: thousands apart by commas, and a point before what is less than one. The browser's own
 * `toLocaleString` takes a good part of the time until the first picture to get ready.
 */
export function formatNumber(value: number): string {
  const [whole = "", fraction] = String(value).split(".");
  const grouped = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
