// The icons, drawn on a 24-unit grid with one stroke width, so that they look like one hand's work.

const shapes = {
  plus: "M12 5v14M5 12h14",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM20 20l-4-4",
  sidebar:
    "M5 4.5h14a1.5 1.5 0 0 1 1.5 1.5v12a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 18V6A1.5 1.5 0 0 1 5 4.5zM9.5 4.5v15",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  edit: "M4 20l.9-4L16 4.9a1.5 1.5 0 0 1 2.1 0l1 1a1.5 1.5 0 0 1 0 2.1L8 19.1zM14 7l3 3",
  trash:
    "M4.5 7h15M10 11v5.5M14 11v5.5M6.5 7l.8 12a1.2 1.2 0 0 0 1.2 1h7a1.2 1.2 0 0 0 1.2-1l.8-12M9 7V4.8c0-.5.4-.8.8-.8h4.4c.4 0 .8.3.8.8V7",
  copy: "M9.5 8.5h9a1 1 0 0 1 1 1v9.5a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1V9.5a1 1 0 0 1 1-1zM15.5 8.5V5a1 1 0 0 0-1-1h-9a1 1 0 0 0-1 1v9.5a1 1 0 0 0 1 1h3",
  check: "M5 12.5l4.5 4.5L19 7.5",
  retry: "M19.5 12a7.5 7.5 0 1 1-2.3-5.4M19.5 4v4.5H15",
  up: "M7.5 20.5H5a1 1 0 0 1-1-1v-8a1 1 0 0 1 1-1h2.5M7.5 20.5v-10l4-7c1.5 0 2.6 1.2 2.3 2.7L13.2 9.5h4.9c1.3 0 2.2 1.2 1.9 2.4l-1.7 7a2 2 0 0 1-2 1.6z",
  down: "M16.5 3.5H19a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1h-2.5M16.5 3.5v10l-4 7c-1.5 0-2.6-1.2-2.3-2.7l.6-3.3H5.9c-1.3 0-2.2-1.2-1.9-2.4l1.7-7a2 2 0 0 1 2-1.6z",
  send: "M12 19.5V5M5.5 11.5L12 5l6.5 6.5",
  stop: "M7.5 7.5h9v9h-9z",
  left: "M14.5 6l-6 6 6 6",
  right: "M9.5 6l6 6-6 6",
  toEnd: "M12 5v13M6 12.5l6 6 6-6",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1",
  moon: "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z",
  system: "M5 5h14a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM9 20h6M12 16v4",
  keyboard:
    "M4.5 6.5h15a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1zM8 14h8M7 10h.01M10.3 10h.01M13.7 10h.01M17 10h.01",
  leave: "M14 4.5H6a1 1 0 0 0-1 1v13a1 1 0 0 0 1 1h8M10.5 12H20M16.5 8.5L20 12l-3.5 3.5",
  close: "M6 6l12 12M18 6L6 18",
  alert:
    "M12 8.5v4.5M12 16.2h.01M10.7 4.6L3.4 17.3a1.5 1.5 0 0 0 1.3 2.2h14.6a1.5 1.5 0 0 0 1.3-2.2L13.3 4.6a1.5 1.5 0 0 0-2.6 0z",
  offline:
    "M4 4l16 16M8.5 16a5 5 0 0 1 7 0M5 12.5a10 10 0 0 1 4.5-2.6M19 12.5a10 10 0 0 0-5.5-2.8M12 19.5h.01M2.5 8.8A15 15 0 0 1 6.2 6.5M21.5 8.8A15 15 0 0 0 10.5 5.6",
  language:
    "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM3.5 12h17M12 3.5c5 5.2 5 11.8 0 17M12 3.5c-5 5.2-5 11.8 0 17",
  console: "M4.5 18.5V12M9.5 18.5V5.5M14.5 18.5v-9M19.5 18.5v-4",
} as const;

export type IconName = keyof typeof shapes;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill={name === "stop" ? "currentColor" : "none"}
      stroke="currentColor"
      strokeWidth={name === "more" ? 2.4 : 1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={shapes[name]} />
    </svg>
  );
}
