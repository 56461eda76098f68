import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { announce } from "../../shared/announce";
import type { Privacy } from "../../shared/api-types";
import { text } from "../../shared/messages/text";
import { ownApi } from "../../shared/own-api";

const PRIVACY = ["privacy"];

export const usePrivacy = () =>
  useQuery({ queryKey: PRIVACY, queryFn: ({ signal }) => ownApi.privacy(signal), staleTime: 60_000 });

export function useConsent() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ granted, version }: { granted: boolean; version: string }) => ownApi.consent(granted, version),
    onSuccess: (consent) => {
      client.setQueryData<Privacy>(PRIVACY, (old) => old && { ...old, consent });
      announce(text.mine.changed);
    },
    // The text may have changed since it was shown: then it is shown anew.
    onError: () => client.invalidateQueries({ queryKey: PRIVACY }),
  });
}
