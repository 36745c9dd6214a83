const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Around a `<time>`: "3 minutes ago" for a day, then the full date that the server wrote. */
class RelativeTime extends HTMLElement {
  #ticking;

  connectedCallback() {
    const time = this.querySelector("time");
    time.title ||= time.textContent;
    this.#write(time);
    this.#ticking = setInterval(() => this.#write(time), MINUTE * 1000);
  }

  disconnectedCallback() {
    clearInterval(this.#ticking);
  }

  #write(time) {
    const age = (Date.now() - Date.parse(time.dateTime)) / 1000;
    time.textContent = age > -MINUTE && age < DAY ? ago(age) : time.title;
  }
}

function ago(seconds) {
  if (seconds < MINUTE) return "just now";
  const [number, unit] = seconds < HOUR ? [seconds / MINUTE, "minute"] : [seconds / HOUR, "hour"];
  return new Intl.RelativeTimeFormat("en").format(-Math.floor(number), unit);
}

customElements.define("relative-time", RelativeTime);
