export function GuidePage({ bot }: { rest: string; bot: string }) {
  return <>{bot}</>;
}
