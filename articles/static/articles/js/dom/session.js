/** The session of this page: who is signed in by now, and the token with which forms are sent. */

/** @returns {Promise<{person: string | null, token: string} | null>} null when the server does not answer */
export async function askSession(address) {
  try {
    const answer = await fetch(address, { cache: "no-store" });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** Every form of the page gets the token, also those that are still to be made from templates. */
export function useToken(token) {
  document.body.setAttribute("hx-headers", JSON.stringify({ "x-csrftoken": token }));
  for (const root of [document, ...Array.from(document.querySelectorAll("template"), ({ content }) => content)]) {
    root.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => (input.value = token));
  }
}

/** @returns {Promise<string>} why it did not work; empty when it did, or when more is asked than a password */
export async function signIn(form, token) {
  const headers = { "X-Requested-With": "XMLHttpRequest", "X-CSRFToken": token };
  try {
    const answer = await fetch(form.action, { method: "POST", headers, body: new URLSearchParams(new FormData(form)) });
    if (answer.ok) return "";
    const { form: said } = await answer.json();
    return [...said.errors, ...Object.values(said.fields).flatMap(({ errors }) => errors)].join(" ");
  } catch {
    return "The server did not answer. Try again.";
  }
}
