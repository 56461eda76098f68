import { client } from "../../shared/api";
import { ApiError } from "../../shared/api";

/** Has the browser save everything that is kept of a person. Who it is goes in the body: addresses end up in logs. */
export async function download(person: string): Promise<void> {
  const { data, error, response } = await client.POST("/api/console/privacy/export", {
    body: { person, format: "zip" },
    parseAs: "blob",
  });
  if (!response.ok) throw new ApiError(error?.error.message ?? "", response.status);
  const address = URL.createObjectURL(data as unknown as Blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = "person.zip";
  link.click();
  URL.revokeObjectURL(address);
}
