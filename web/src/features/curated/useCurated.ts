// The curated answers as the server has them, and every change of them with its way back.
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { call, client } from "../../shared/api";
import { toast } from "../../shared/console/toast";
import { consoleText } from "../../shared/messages/console/text";
import { draftOf, writtenOf, type Draft } from "./draft";
import { PAGE, type Answer, type Filter } from "./types";

export function useAnswers(bot: string, filter: Filter) {
  return useQuery({
    queryKey: ["console", bot, "curated", "answers", filter],
    queryFn: ({ signal }) =>
      call(client.GET("/api/curated/answers", { params: { query: { bot, ...filter, limit: PAGE } }, signal })),
    placeholderData: keepPreviousData,
  });
}

export function useNames(bot: string) {
  const query = useQuery({
    queryKey: ["console", bot, "names"],
    queryFn: ({ signal }) => call(client.GET("/api/reviews/names", { params: { query: { bot } }, signal })),
    staleTime: 60_000,
  });
  const text = consoleText.curated;
  return (id: string): string => {
    const known = query.data?.names[id];
    if (known !== undefined) return known;
    if (id === "cli") return text.cli;
    return id.startsWith("key:") ? text.key(id.slice(4, 10)) : text.somebody;
  };
}

/** Of an answer that is there: all but its id, which stays. */
function changed(draft: Draft) {
  const { text, questions, note, links, starts, expires } = writtenOf(draft);
  return { text, questions, note, links, starts, expires };
}

const KINDS: Readonly<Record<string, "csv" | "tsv" | "xlsx" | "qna">> = {
  csv: "csv",
  tsv: "tsv",
  xlsx: "xlsx",
  qna: "qna",
};

/** The format of a file by its ending; null: it is not read. */
export const formatOf = (name: string) => KINDS[name.split(".").pop()?.toLowerCase() ?? ""] ?? null;

export function useChanges(bot: string) {
  const cache = useQueryClient();
  const text = consoleText.curated;
  const query = { bot };
  const of = (id: string) => ({ path: { id }, query });

  const anew = (): Promise<void> => cache.invalidateQueries({ queryKey: ["console", bot, "curated"] });

  async function patch(
    id: string,
    body: Partial<ReturnType<typeof changed>> & { state?: "active" | "retired" },
    revision: number,
  ) {
    const made = await call(client.PATCH("/api/curated/answers/{id}", { params: of(id), body: { ...body, revision } }));
    void anew();
    return made;
  }

  return {
    anew,
    read: (id: string) => call(client.GET("/api/curated/answers/{id}", { params: of(id) })),

    async add(draft: Draft): Promise<Answer> {
      const made = await call(client.POST("/api/curated/answers", { params: { query }, body: writtenOf(draft) }));
      void anew();
      toast(text.added, { undo: () => patch(made.id, { state: "retired" }, made.revision) });
      return made;
    },

    async change(answer: Answer, draft: Draft, revision = answer.revision): Promise<Answer> {
      const made = await patch(answer.id, changed(draft), revision);
      toast(text.saved, { undo: () => patch(answer.id, changed(draftOf(answer)), made.revision) });
      return made;
    },

    async retire(answer: Answer): Promise<void> {
      const made = await patch(answer.id, { state: "retired" }, answer.revision);
      toast(text.removed, { undo: () => patch(answer.id, { state: "active" }, made.revision) });
    },

    async restore(answer: Answer): Promise<void> {
      const made = await patch(answer.id, { state: "active" }, answer.revision);
      toast(text.restored, { undo: () => patch(answer.id, { state: "retired" }, made.revision) });
    },

    async forget(answer: Answer): Promise<void> {
      await call(
        client.DELETE("/api/curated/answers/{id}", {
          params: { path: { id: answer.id }, query: { bot, forget: true } },
        }),
      );
      void anew();
      toast(text.forgotten);
    },

    async take(file: File, options: { dry_run: boolean; replace: boolean }) {
      const format = formatOf(file.name) ?? "csv";
      const report = await call(
        client.POST("/api/curated/import", {
          params: { query: { bot, format, ...options } },
          body: file as unknown as string,
          bodySerializer: (body: unknown) => body as BodyInit,
          headers: { "content-type": "application/octet-stream" },
        }),
      );
      if (!options.dry_run) void anew();
      return report;
    },

    async rollback(to: number, newest: number) {
      const made = await call(
        client.POST("/api/curated/rollback", { params: { query }, body: { to, revision: newest } }),
      );
      void anew();
      return made;
    },
  };
}

export type Changes = ReturnType<typeof useChanges>;
