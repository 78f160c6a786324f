// Tells the server the reader's time zone, so that the next page shows times in it. Nothing else is kept.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const known = document.cookie.split("; ").some((cookie) => cookie === `zone=${zone}`);
if (zone && /^[A-Za-z0-9_+/-]+$/.test(zone) && !known) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `zone=${zone}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}
