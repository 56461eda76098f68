/** The mark: a speech bubble, held by a butterfly key, the inlay with which a wright joins two boards for good. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg className="mark" viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" focusable="false">
      <path
        className="mark-bubble"
        d="M8 2.5h16a6 6 0 0 1 6 6V18a6 6 0 0 1-6 6h-9.5l-6.2 5.3c-.6.5-1.5.1-1.5-.7v-4.7A6 6 0 0 1 2 18V8.5a6 6 0 0 1 6-6z"
      />
      <path className="mark-key" d="M9 8.3l7 2.9 7-2.9v9.9l-7-2.9-7 2.9z" />
    </svg>
  );
}
