// Server-sent events over fetch. EventSource cannot tell a 404 from a dropped line, so we read the stream ourselves.

export interface SseEvent {
  /** The last id seen so far, as the standard has it; "" when there was none. */
  id: string;
  event: string;
  data: string;
}

/** Returns a function that takes the decoded stream piece by piece, cut anywhere, and calls `onEvent` per event. */
export function createSseParser(onEvent: (event: SseEvent) => void): (piece: string) => void {
  let rest = "";
  let started = false;
  let afterReturn = false;
  let id = "";
  let event = "";
  let data: string[] = [];

  function takeLine(line: string): void {
    if (line === "") {
      if (data.length > 0) onEvent({ id, event: event || "message", data: data.join("\n") });
      event = "";
      data = [];
      return;
    }
    const colon = line.indexOf(":");
    if (colon === 0) return; // a comment: the server's ping
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "data") data.push(value);
    else if (field === "event") event = value;
    else if (field === "id" && !value.includes("\0")) id = value;
  }

  return (piece) => {
    if (piece === "") return;
    if (!started) {
      started = true;
      piece = piece.replace(/^\uFEFF/, "");
    }
    // A CR that ended the last piece already ended its line; the LF of the same CRLF must not end another.
    if (afterReturn && piece.startsWith("\n")) piece = piece.slice(1);
    afterReturn = false;
    rest += piece;
    const lines = rest.split(/\r\n|\r|\n/);
    if (rest.endsWith("\r")) afterReturn = true;
    rest = lines.pop() ?? "";
    lines.forEach(takeLine);
  };
}
