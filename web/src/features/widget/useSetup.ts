import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call, client } from "../../shared/api";
import { toast } from "../../shared/console/toast";
import { consoleText } from "../../shared/messages/console/text";
import type { Setup } from "./tag";

export type Change = Partial<Omit<Setup, "identity" | "title">>;

const KEY = ["console", "widget"];

/** What stands in [widget], and how it is changed: in bot.toml, as a version of the settings that can be undone. */
export function useSetup(bot: string) {
  const cache = useQueryClient();
  const query = { bot };
  const setup = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => call(client.GET("/api/console/widget", { signal })),
  });
  const renew = () => cache.invalidateQueries({ queryKey: KEY });

  async function undo(version: string, revision: string): Promise<void> {
    const params = { path: { id: version }, query };
    await call(client.POST("/api/console/settings/versions/{id}/undo", { params, body: { revision } }));
    await renew();
    toast(consoleText.widget.undone);
  }

  const save = useMutation({
    mutationFn: async ({ change }: { change: Change; said: string }) => {
      const { revision } = await call(client.GET("/api/console/settings", { params: { query } }));
      const body = { revision, changes: { widget: change } };
      return call(client.PUT("/api/console/settings", { params: { query }, body }));
    },
    onSuccess: async ({ version, settings }, { said }) => {
      await renew();
      toast(said, version === null ? {} : { undo: () => undo(version, settings.revision) });
    },
  });
  return { setup, save };
}

export type Save = ReturnType<typeof useSetup>["save"];
