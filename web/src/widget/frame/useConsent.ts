import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call, client } from "../../shared/api";

const KEY = ["privacy"];

/** The bot's question whether it may learn from what is said; asked before the first message, once. */
export function useConsent(wanted: boolean) {
  const cache = useQueryClient();
  const card = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => call(client.GET("/api/privacy", { signal })),
    enabled: wanted,
    staleTime: Infinity,
  });
  const answer = useMutation({
    mutationFn: (granted: boolean) =>
      call(client.PUT("/api/privacy/consent", { body: { granted, version: card.data?.version ?? "" } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: KEY }),
    // The text has changed in the meantime: the new one is shown.
    onError: () => cache.invalidateQueries({ queryKey: KEY }),
  });
  const { text = "", version, consent } = card.data ?? {};
  // An answer to an earlier text is none to this one.
  const due = wanted && text !== "" && consent?.version !== version;
  return {
    settled: !wanted || card.isSuccess || card.isError,
    question: due ? text : null,
    answer: answer.mutate,
    busy: answer.isPending,
    error: answer.error,
  };
}
