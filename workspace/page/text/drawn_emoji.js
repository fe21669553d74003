/**
 * Emoji for a machine whose fonts have none in colour, where most would be empty boxes. The character stays in the
 * text, for screen readers and for copying; a small drawing of our own stands over it.
 */

/** Each part: a fill, or `~` with a line's width and colour, then a path on a 20×20 grid. */
const PAPER = "#eef2f6 M4 1.5h12v17H4z;~1 #a9b6c2 M4 1.5h12v17H4z";
const CIRCLE = "M10 2.2a7.8 7.8 0 1 0 0 15.6 7.8 7.8 0 0 0 0-15.6z";
const SQUARE = "M4 2h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2z";
const HAND =
  "~2.3 #f2b63c M6.4 10.5V5M9.2 9.5V3M12 9.5V3.4M14.8 10.5V5.4;" +
  "#f2b63c M5.3 9.6h10.6v4a5.2 5.2 0 0 1-5.2 5.2H10c-2.7 0-4.3-1.6-5.4-3.6L2 11.4c.5-1.2 1.6-1.3 2.4-.6l.9.9z";
const BELL = "#f2b63c M10 2.4A5 5 0 0 0 5 7.4V12l-1.6 2.4h13.2L15 12V7.4a5 5 0 0 0-5-5z;#c98b1d M8 15.4h4a2 2 0 0 1-4 0z";
const ENVELOPE = "#e6edf3 M2 4.5h16v11.5H2z;~1.3 #7389a0 M2 4.5h16v11.5H2zM2.4 5 10 11l7.6-6";
const BUBBLE = "#dfe7ee M3 3h14a1.2 1.2 0 0 1 1.2 1.2v8.6A1.2 1.2 0 0 1 17 14H9.4L5 18v-4H3a1.2 1.2 0 0 1-1.2-1.2V4.2A1.2 1.2 0 0 1 3 3z";
const CALENDAR = "#eef2f6 M2.5 4h15v14h-15z;#d5475d M2.5 3h15v4.4h-15z;~1 #a9b6c2 M2.5 7.4V18h15V7.4";
const GLASS =
  "#b98b4e M4 1.8h12v2H4zM4 16.2h12v2H4z;#dbe8f2 M5.4 3.8h9.2c0 3.4-3 4.4-3 6.2s3 2.8 3 6.2H5.4c0-3.4 3-4.4 3-6.2s-3-2.8-3-6.2z";
const FACE = `#f7c948 ${CIRCLE}`;
const EYES = "#5b4713 M7.2 6.6a1.1 1.5 0 1 0 0 3 1.1 1.5 0 0 0 0-3zM12.8 6.6a1.1 1.5 0 1 0 0 3 1.1 1.5 0 0 0 0-3z";
const THUMB = "#f2b63c M6.6 9 10 2.6c1.6 0 2.3 1.1 2 2.5L11.3 8h4.9c1.4 0 2 1 1.7 2.2l-1.5 5.4c-.3 1-1 1.5-1.9 1.5H6.6z;#3f7fb5 M2 8.6h3.6v9H2z";
const CHECK = "~2.4 #fff M5.6 10.4l3 3 5.8-6.6";
const CHART = `${PAPER};~1 #c9d3dc M6 5v10.5h8.5`;

const DRAWINGS = {
  "📝": "#eef2f6 M3 1.5h11v17H3z;~1 #a9b6c2 M3 1.5h11v17H3zM5.4 6h6M5.4 9h6M5.4 12h3.4;#eda32f M17 5.6l2 1.6-7 8.4-2.6 1 .5-2.7z",
  "✏": "#eda32f M14.6 2 18 5.4 7 16.4l-4.6 1.2L3.6 13z;#5d4a35 M2.4 17.6l.6-2.3 1.7 1.7z;#e58a9a M14.6 2 18 5.4l-1.6 1.6L13 3.6z",
  "🧭": `#8fa2b3 ${CIRCLE};#f5f8fa M10 4.4a5.6 5.6 0 1 0 0 11.2 5.6 5.6 0 0 0 0-11.2z;#d5475d M13.4 6.6l-2.2 4.6-2.4-2.4z;#4a5c6c M6.6 13.4l2.2-4.6 2.4 2.4z`,
  "📌": "~1.5 #8a98a5 M7.6 12.4 3 17;#d5475d M11.6 2.4 17.6 8.4l-1.4 1.2-1.4-.3-2.6 2.6.2 3.2-1.5 1.4-7.4-7.4 1.4-1.5 3.2.2 2.6-2.6-.3-1.4z",
  "👂": "#f0b78b M5 8a5.2 5.2 0 0 1 10.4 0c0 3.2-2.2 4-2.8 6.2-.6 2.4-1.6 4-3.6 4s-3-1.4-3-3.2c0-2.6-1-3.6-1-7z;~1.3 #c1824f M7.8 8.2a2.5 2.5 0 0 1 5 0c0 1.8-2 2-2 3.6",
  "🗂": "#c9974c M1.8 4.4h6l1.6 2h8.8v10.8H1.8z;#f6f1e3 M3.4 8h13.2v8H3.4z;#e5b765 M1.8 10h16.4v7.2H1.8z",
  "📁": "#c9974c M1.8 4.4h6l1.6 2h8.8v10.8H1.8z;#e5b765 M1.8 8h16.4v9.2H1.8z",
  "📈": `${CHART};~1.9 #d5475d M6.6 13l2.6-3 2 1.6L14.6 6.4`,
  "📉": `${CHART};~1.9 #3f7fb5 M6.6 6.6l2.6 3 2-1.6 3.4 5.4`,
  "📊": `${PAPER};#3fa66b M6 9h2v7H6z;#3f7fb5 M9.2 5h2v11h-2z;#d5475d M12.4 7.4h2V16h-2z`,
  "☑": `#3f7fb5 ${SQUARE};${CHECK}`,
  "✅": `#37a465 ${SQUARE};${CHECK}`,
  "✔": "~2.8 #37a465 M3.6 10.8l4.2 4.4 8.6-10",
  "❌": "~3.2 #d5475d M4.4 4.4l11.2 11.2M15.6 4.4 4.4 15.6",
  "📧": `${ENVELOPE};#3f7fb5 M12 10.6h7.4v7.6H12z;~1.2 #fff M14 14.5h3.4a1.7 1.7 0 1 0-.6 1.6`,
  "✉": ENVELOPE,
  "📩": `${ENVELOPE};#d5475d M8.6 8h2.8v5h2.2L10 17l-3.6-4h2.2z`,
  "💡": "#f7c948 M10 1.6a5.8 5.8 0 0 0-3.4 10.5V14h6.8v-1.9A5.8 5.8 0 0 0 10 1.6z;#8a98a5 M7 14.8h6v1.4H7zM8 17h4v1.4H8z;~1.1 #fff4cf M7.4 6.6a2.8 2.8 0 0 1 2-2",
  "⚠": "#f2b63c M10 1.8 19 17.8H1z;~2 #4a3b12 M10 7.4v4.8M10 15.2v.1",
  "🚫": `~2.6 #d5475d M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM5.2 5.2l9.6 9.6`,
  "⛔": `#d5475d ${CIRCLE};#fff M5 8.6h10v2.8H5z`,
  "⌛": `${GLASS};#e2b047 M7 15.8c.4-2 1.6-2.6 3-2.6s2.6.6 3 2.6z`,
  "⏳": `${GLASS};#e2b047 M6.6 5.8h6.8c-.6 1.8-2.2 2.4-3.4 3.8-1.2-1.4-2.8-2-3.4-3.8zM8.4 16h3.2L10 14z`,
  "⏰": `#d5475d ${CIRCLE};#fff M10 5a5 5 0 1 0 0 10 5 5 0 0 0 0-10z;~1.4 #4a5c6c M10 7v3.2l2 1.4;~2 #d5475d M3 4.4 5 2.6M17 4.4l-2-1.8`,
  "🔄": `#3f7fb5 ${SQUARE};~1.8 #fff M5.8 9a4.4 4.4 0 0 1 7.8-1.8M14.2 11a4.4 4.4 0 0 1-7.8 1.8M13.8 4.4v3h-3M6.2 15.6v-3h3`,
  "⏭": `#3f7fb5 ${SQUARE};#fff M4.6 6l5 4-5 4zM9.4 6l5 4-5 4zM14.2 6h1.6v8h-1.6z`,
  "▶": `#3f7fb5 ${SQUARE};#fff M7 5.4l7.6 4.6L7 14.6z`,
  "⏸": `#3f7fb5 ${SQUARE};#fff M6.4 5.6h2.4v8.8H6.4zM11.2 5.6h2.4v8.8h-2.4z`,
  "ℹ": `#3f7fb5 ${SQUARE};~2 #fff M10 9v5.4M10 5.6v.1`,
  "✋": HAND,
  "👋": `${HAND};~1.1 #7fa8cf M17.4 2c.9.8 1.3 1.6 1.4 2.8M1.4 15c.2 1.5.8 2.6 1.8 3.4`,
  "🙏": "#f2b63c M9.8 2.4v13.8l-4.2 2-2-3 2-3.4L8 3.6zM10.2 2.4v13.8l4.2 2 2-3-2-3.4L12 3.6z;~.8 #c98b1d M10 3v12",
  "🙌": "~2 #f2b63c M3.4 9V4.4M5.8 8.6V3M8.2 9V4.4M11.8 9V4.4M14.2 8.6V3M16.6 9V4.4;#f2b63c M2.4 8.4h6.8l-1.6 9H5zM10.8 8.4h6.8l-2.6 9h-2.6z",
  "👏": "#f2b63c M5 8l7.6-4.4 1.4 1.2 2.6 6-2.4 5.4-5.4 1.6-5-5z;~1 #c98b1d M7 9l5 5M8.6 7l5 5;~1.2 #7fa8cf M3 3l1.4 1.6M7 1.6l.4 2M16.6 2.4l-1.4 1.6",
  "👍": THUMB,
  "👎": "#f2b63c M6.6 11l3.4 6.4c1.6 0 2.3-1.1 2-2.5L11.3 12h4.9c1.4 0 2-1 1.7-2.2l-1.5-5.4c-.3-1-1-1.5-1.9-1.5H6.6z;#3f7fb5 M2 2.4h3.6v9H2z",
  "👀": "#fff M6 3.6a4 5.6 0 1 0 0 12.8 4 6.4 0 0 0 0-12.8zM14 3.6a4 6.4 0 1 0 0 12.8 4 6.4 0 0 0 0-12.8z;~1 #8a98a5 M6 3.6a4 6.4 0 1 0 0 12.8 4 6.4 0 0 0 0-12.8zM14 3.6a4 6.4 0 1 0 0 12.8 4 6.4 0 0 0 0-12.8z;#3b2f26 M7 8a1.9 2.6 0 1 0 0 5.2A1.9 2.6 0 0 0 7 8zM15 8a1.9 2.6 0 1 0 0 5.2A1.9 2.6 0 0 0 15 8z",
  "🙋": "#5d4a35 M6.4 5.6a3.8 3.8 0 0 1 7.6 0v1.6H6.4z;#f2b63c M10.2 3.4a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4z;#7b5ea7 M4.6 19c0-5 2.4-7.4 5.6-7.4s5.6 2.4 5.6 7.4z;~2 #f2b63c M15.4 13.4 17.4 5",
  "👤": "#6b7f92 M10 2.4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM2.6 18c.6-4.6 3.4-6.4 7.4-6.4s6.8 1.8 7.4 6.4z",
  "👥": "#8ea0b1 M13.4 3a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.8zM8.4 17c.4-4.4 2-6.2 5-6.2s5.2 1.8 5.6 6.2z;#5f7488 M7 4a3.4 3.4 0 1 0 0 6.8A3.4 3.4 0 0 0 7 4zM1 18c.5-4.4 2.6-6.2 6-6.2s5.5 1.8 6 6.2z",
  "🔔": BELL,
  "🔕": `${BELL};~2 #d5475d M2.6 2.6l14.8 14.8`,
  "💬": `${BUBBLE};#73879a M6 7.2a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4zM10 7.2a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4zM14 7.2a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4z`,
  "🏠": "#e3b982 M4 9h12v9H4z;#c8553f M10 1.8 19 10H1z;#7d4f33 M8.2 12.4h3.6V18H8.2z",
  "🏢": "#8fa2b3 M4.6 1.8h10.8V18H4.6z;#e6edf3 M6.6 4h2v2h-2zM11.4 4h2v2h-2zM6.6 7.6h2v2h-2zM11.4 7.6h2v2h-2zM6.6 11.2h2v2h-2zM11.4 11.2h2v2h-2z;#4a5c6c M8.6 14.6h2.8V18H8.6z",
  "⚙": "~3 #7d8b98 M10 2v2.6M10 15.4V18M2 10h2.6M15.4 10H18M4.3 4.3l1.9 1.9M13.8 13.8l1.9 1.9M15.7 4.3l-1.9 1.9M6.2 13.8l-1.9 1.9;~3 #7d8b98 M10 6a4 4 0 1 0 0 8 4 4 0 0 0 0-8z",
  "🔧": "~3 #7d8b98 M4 16l7-7;#7d8b98 M17.6 5.2a4.8 4.8 0 0 1-6.6 5.6L9.2 9a4.8 4.8 0 0 1 5.6-6.6L12.4 4.8l.6 2.2 2.2.6z",
  "📅": `${CALENDAR};#4a5c6c M6 10h2v2H6zM9 10h2v2H9zM12 10h2v2h-2zM6 13.4h2v2H6zM9 13.4h2v2H9z`,
  "📆": `${CALENDAR};#4a5c6c M7 10h6v1.6l-2.4 5H8.4l2.2-4.6H7z`,
  "📎": "~1.7 #7d8b98 M15.4 8.6l-6 6.2a3.4 3.4 0 0 1-4.8-4.8L11.4 3a2.3 2.3 0 0 1 3.2 3.2l-6.4 6.6a1.2 1.2 0 0 1-1.6-1.6l5.4-5.6",
  "📄": `${PAPER};~1 #a9b6c2 M6.6 6h7M6.6 9h7M6.6 12h4.6`,
  "📋": "#b98b4e M3.6 3h12.8v15.4H3.6z;#f5f8fa M5.2 5h9.6v11.8H5.2z;#8a98a5 M7.2 1.6h5.6v3.2H7.2z;~1 #a9b6c2 M7 8h6M7 10.8h6M7 13.6h4",
  "🔍": "~2 #5f7488 M8.4 3a5.4 5.4 0 1 0 0 10.8A5.4 5.4 0 0 0 8.4 3z;~2.8 #b98b4e M12.6 12.6 17 17",
  "🔒": "~1.8 #8a98a5 M6.4 9V6.4a3.6 3.6 0 0 1 7.2 0V9;#e2b047 M4 8.6h12V18H4z;#7a5a16 M9.2 11.6h1.6v3.4H9.2z",
  "🔑": "~2 #e2b047 M6.4 3.4a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.8zM8.8 9.2l7.4 7.4M13 13.4l2-2M15 15.4l1.6-1.6",
  "🔗": "~1.8 #6b7f92 M8.4 11.6a3.2 3.2 0 0 0 4.6 0l3-3a3.2 3.2 0 0 0-4.6-4.6l-1 1M11.6 8.4a3.2 3.2 0 0 0-4.6 0l-3 3a3.2 3.2 0 0 0 4.6 4.6l1-1",
  "📞": "#4a5c6c M4 2.4 7.4 2l1.8 4.4-2 1.8c.8 2 2.4 3.6 4.6 4.6l1.8-2 4.4 1.8-.4 3.4c-.2 1.2-1 1.8-2 1.8C8.4 17.4 2.6 11.6 2.2 4.4c0-1 .6-1.8 1.8-2z",
  "🎯": `#d5475d ${CIRCLE};#fff M10 4.6a5.4 5.4 0 1 0 0 10.8 5.4 5.4 0 0 0 0-10.8z;#d5475d M10 7.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z`,
  "🏆": "~1.6 #c98b1d M5.4 4H2.6c0 3 1 4.6 3.4 5M14.6 4h2.8c0 3-1 4.6-3.4 5;#e2b047 M5 2h10v5.4a5 5 0 0 1-10 0zM9 12h2v3H9zM6.4 15h7.2v3H6.4z",
  "🎉": "#e2b047 M2 18 6.6 7.4l6 6z;~1.5 #d5475d M11 7.6c.4-2 1.6-3 3.4-3.2M8.6 5c-.4-1.2 0-2.2.8-3;~1.5 #3f7fb5 M13 11c1.8-.8 3.4-.4 4.8.8M13.4 2.6v.1;~2 #37a465 M16.4 7.4v.1M6 2.6v.1M17.6 3v.1",
  "🚀": "#d8e2ea M10 1.4c3.6 2.4 4.6 6.4 3.4 11H6.6c-1.2-4.6-.2-8.6 3.4-11z;#d5475d M6.4 9 3.4 14.4l3.4-1zM13.6 9l3 5.4-3.4-1z;#3f7fb5 M10 6a1.8 1.8 0 1 0 0 3.6A1.8 1.8 0 0 0 10 6z;#eda32f M7.8 13.4h4.4L10 18.8z",
  "🔥": "#e2673a M10 1.4c.6 3 4.8 4.8 4.8 9.8a4.8 4.8 0 0 1-9.6 1c0-2.4 1-3.4 1.6-5.2 1 .6 1.4 1.4 1.6 2.2C9.4 7 9 4 10 1.4z;#f7c948 M10 10c.4 1.6 2 2.4 2 4.4a2 2 0 0 1-4 .2c0-1.8 1.4-2.4 2-4.6z",
  "❤": "#d5475d M10 17.4C4.6 13.4 1.8 10.6 1.8 7.2a4.2 4.2 0 0 1 8.2-1.4 4.2 4.2 0 0 1 8.2 1.4c0 3.4-2.8 6.2-8.2 10.2z",
  "⭐": "#f2b63c M10 1.6l2.6 5.4 5.8.8-4.2 4.2 1 5.8-5.2-2.8-5.2 2.8 1-5.8L1.6 7.8l5.8-.8z",
  "✨": "#f2b63c M8 3l1.6 5 5 1.6-5 1.6L8 16.4l-1.6-5.2-5-1.6 5-1.6zM15.4 1.4l.8 2.4 2.4.8-2.4.8-.8 2.4-.8-2.4-2.4-.8 2.4-.8zM15.4 13l.6 1.8 1.8.6-1.8.6-.6 1.8-.6-1.8-1.8-.6 1.8-.6z",
  "⚡": "#f2b63c M11.6 1.4 3.6 11.4h5L7.4 18.6 16.4 8h-5.2z",
  "☀": "#f2b63c M10 6a4 4 0 1 0 0 8 4 4 0 0 0 0-8z;~1.7 #f2b63c M10 1.6v2M10 16.4v2M1.6 10h2M16.4 10h2M4 4l1.4 1.4M14.6 14.6 16 16M16 4l-1.4 1.4M5.4 14.6 4 16",
  "👌": "~2 #f2b63c M7.6 6.4a3.2 3.2 0 1 0 3 4.4;~2.2 #f2b63c M10.4 9.4 12 3M12.6 9.6l2.4-6M14.4 10.4l3-4;#f2b63c M9.6 9h5.8v4.6c0 2.6-1.8 4.6-4.4 4.6-2 0-3.4-1-4.2-2.8l3-1.6z",
  "💪": "#f2b63c M3 16.6c-1-5 .4-10.4 3.4-13.6l3.4 1-.6 3.2-1.8.2-.4 3.6c3-2 8-2 10.4 1.8 1 3.4-2 5.6-6 5.4-3 0-6.4-.4-8.4-1.6z",
  "🤝": "#f2b63c M2 6.4l5-.6 3 1.6 3-1.6 5 .6v6l-2.4 1-4 3.4c-1 .8-2 .8-3 0l-4.2-3.4L2 12.4z;~1 #c98b1d M6.4 10l3-2.4 4.6 4.6M8 13l2 2M10 11.6l2.4 2.4;#3f7fb5 M.8 5.6h2.4v7.6H.8zM16.8 5.6h2.4v7.6h-2.4z",
  "🤔": `${FACE};${EYES};~1.2 #5b4713 M7.4 13c1.6-.8 3.2-.8 4.8-.2M11.6 5.4c.8-.6 1.6-.6 2.4-.2`,
  "🙂": `${FACE};${EYES};~1.3 #5b4713 M6.4 12.2c1.6 2.2 5.6 2.2 7.2 0`,
  "😀": `${FACE};${EYES};#5b4713 M6 11.4h8c-.4 5-7.6 5-8 0z`,
  "😄": `${FACE};${EYES};#5b4713 M6 11.4h8c-.4 5-7.6 5-8 0z`,
  "😊": `${FACE};~1.2 #5b4713 M5.8 8.6c.6-1 1.8-1 2.4 0M11.8 8.6c.6-1 1.8-1 2.4 0M6.4 12.2c1.6 2.2 5.6 2.2 7.2 0`,
  "😂": `${FACE};~1.2 #5b4713 M5.8 8.6c.6-1 1.8-1 2.4 0M11.8 8.6c.6-1 1.8-1 2.4 0;#5b4713 M6 11.4h8c-.4 5-7.6 5-8 0z;#5aa9dd M3.4 9.4c1.6 1 1.6 3.6 0 3.6s-1.6-2.6 0-3.6zM16.6 9.4c1.6 1 1.6 3.6 0 3.6s-1.6-2.6 0-3.6z`,
  "🔴": `#d5475d ${CIRCLE}`,
  "🟢": `#37a465 ${CIRCLE}`,
  "🟡": `#f2c23c ${CIRCLE}`,
  "🟠": `#e88a3a ${CIRCLE}`,
  "🔵": `#3f7fb5 ${CIRCLE}`,
};

const EMOJI = /\p{Extended_Pictographic}[\u{1f3fb}-\u{1f3ff}]?\ufe0f?(?!\u200d)/gu;

/** Whether a smile comes out grey: no font here has it in colour. */
export function lacksEmojiFont() {
  const size = 24;
  const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) return false;
  pen.font = `${size - 4}px sans-serif`;
  pen.textBaseline = "top";
  pen.fillText("😀", 0, 0);
  const pixels = pen.getImageData(0, 0, size, size).data;
  return !pixels.some((value, at) => at % 4 === 0 && value !== pixels[at + 1]);
}

/** @returns {(string | Node)[]} the text, each emoji that we can draw in an element of its own */
export function withDrawnEmoji(text) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(EMOJI)) {
    const drawing = DRAWINGS[String.fromCodePoint(found[0].codePointAt(0))];
    if (!drawing) continue;
    parts.push(text.slice(end, found.index), drawn(found[0], drawing));
    end = found.index + found[0].length;
  }
  return [...parts, text.slice(end)];
}

function drawn(glyph, drawing) {
  const element = document.createElement("span");
  const character = document.createElement("span");
  element.className = "drawn-emoji";
  character.textContent = glyph;
  element.style.backgroundImage = `url("data:image/svg+xml,${encodeURIComponent(picture(drawing))}")`;
  element.append(character);
  return element;
}

function picture(drawing) {
  const paths = drawing.split(";").map((part) => {
    const [, width, color, d] = part.match(/^(?:~(\S+) )?(#\w+) (.*)$/);
    const paint = width
      ? `fill="none" stroke="${color}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"`
      : `fill="${color}"`;
    return `<path ${paint} d="${d}"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20">${paths.join("")}</svg>`;
}

export const drawnEmoji = Object.keys(DRAWINGS);
