// Who is meant by an id of the store: accounts by their names, all others by what kind they are and how they begin.
import { useQuery } from "@tanstack/react-query";
import { call, client } from "../../shared/api";
import { consoleText } from "../../shared/messages/console/text";

export type Names = Readonly<Record<string, string>>;

export function useNames(bot: string): Names {
  const query = useQuery({
    queryKey: ["console", bot, "names"],
    queryFn: ({ signal }) => call(client.GET("/api/reviews/names", { params: { query: { bot } }, signal })),
    staleTime: 60_000,
  });
  return query.data?.names ?? {};
}

export function nameOf(id: string, names: Names): string {
  const text = consoleText.reviews;
  const [kind, rest = ""] = id.split(":", 2);
  const known = names[id];
  if (known !== undefined) return known;
  if (id === "cli") return text.cli;
  if (kind === "visitor") return text.visitor(rest.slice(0, 6));
  if (kind === "key") return text.key(rest.slice(0, 6));
  return id === "system" ? text.system : text.somebody;
}
