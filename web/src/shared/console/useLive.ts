import { useQuery, type QueryKey, type UseQueryResult } from "@tanstack/react-query";

/** A query that is asked again every `ms` while the page is looked at. */
export function useLive<T>(
  queryKey: QueryKey,
  queryFn: (signal: AbortSignal) => Promise<T>,
  ms = 5_000,
): UseQueryResult<T> {
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => queryFn(signal),
    refetchInterval: ms,
    refetchIntervalInBackground: false,
  });
}
