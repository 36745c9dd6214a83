// Passkeys, on the few pages that make or ask for one.
import "./elements/pass-key.js";
