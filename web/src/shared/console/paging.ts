// Where one is in a long list of which the server gives a page at a time.

export interface Paging {
  /** Counted from 1; 0 to 0 where there is nothing. */
  from: number;
  to: number;
  /** Where the page before and after begin; null: there is none. */
  previous: number | null;
  next: number | null;
}

export function paging(offset: number, size: number, total: number): Paging {
  const start = Math.min(Math.max(0, offset), Math.max(0, total));
  const to = Math.min(start + size, total);
  return {
    from: total > start ? start + 1 : 0,
    to: total > start ? to : 0,
    previous: start > 0 ? Math.max(0, start - size) : null,
    next: to < total ? start + size : null,
  };
}

/** An offset as the address has it: a whole number, and the beginning of a page. */
export function offsetOf(text: string | null, size: number): number {
  const number = Number(text ?? "0");
  return Number.isSafeInteger(number) && number > 0 ? Math.floor(number / size) * size : 0;
}
