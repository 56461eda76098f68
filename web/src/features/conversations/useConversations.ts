import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useState } from "react";
import { api } from "../../shared/api";
import type { Conversation } from "../../shared/api-types";
import { keys } from "../../shared/queries";
import { tabs } from "../../shared/tabs";

const TYPING_MS = 200;

export function useConversationList(search: string) {
  const settled = useSettled(search.trim());
  return useQuery({
    queryKey: keys.conversationList(settled),
    queryFn: async ({ signal }) => (await api.conversations(settled, signal)).conversations,
    placeholderData: keepPreviousData,
  });
}

/** The value once it has not changed for a moment; an emptied search counts at once. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), value ? TYPING_MS : 0);
    return () => clearTimeout(timer);
  }, [value]);
  return useDeferredValue(settled);
}

export function useRename(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (title: string) => api.renameConversation(id, title),
    onSuccess: async (summary) => {
      client.setQueryData<Conversation>(keys.conversation(id), (old) => old && { ...old, title: summary.title });
      tabs.tell({ what: "conversation", id });
      await client.invalidateQueries({ queryKey: keys.conversations });
    },
  });
}

export function usePin(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (pinned: boolean) => api.pinConversation(id, pinned),
    onSuccess: async () => {
      tabs.tell({ what: "list" });
      await client.invalidateQueries({ queryKey: keys.conversations });
    },
  });
}

export function useDelete(id: string) {
  return useMutation({
    mutationFn: () => api.deleteConversation(id),
    onSuccess: () => tabs.tell({ what: "conversation", id }),
  });
}
