import { useQuery } from "@tanstack/react-query";
import { api } from "../api";
import type { Session } from "../api-types";
import { keys } from "../queries";

/** Whether who is logged in may do that. The server decides all the same: this only hides what it would refuse. */
export function useMay(scope: Session["scopes"][number]): boolean {
  const session = useQuery({ queryKey: keys.session, queryFn: ({ signal }) => api.session(signal), staleTime: 60_000 });
  return session.data?.scopes.includes(scope) ?? false;
}
