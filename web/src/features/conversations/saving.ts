import { ownApi } from "../../shared/own-api";

const ENDINGS = { json: "json", markdown: "md" } as const;

/** Lets the browser save a conversation as a file of its title. */
export async function saveConversation(id: string, title: string, format: keyof typeof ENDINGS): Promise<void> {
  const blob = await ownApi.exportFile(id, format, null);
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = `${fileName(title)}.${ENDINGS[format]}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A title as a file's name: without what some system does not allow in one. */
export function fileName(title: string): string {
  // eslint-disable-next-line no-control-regex
  const plain = title.replace(/[\u0000-\u001f<>:"/\\|?*]+/g, " ").replace(/\s+/g, " ");
  return (
    plain
      .trim()
      .replace(/^\.+|\.+$/g, "")
      .slice(0, 80)
      .trim() || "conversation"
  );
}
