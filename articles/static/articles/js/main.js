// The behaviours of every page. In production collectstatic joins these modules into this one.
import "./elements/out-box.js";
import "./elements/auto-grow.js";
import "./elements/char-counter.js";
import "./elements/claim-wording.js";
import "./elements/combo-box.js";
import "./elements/kept-draft.js";
import "./elements/kept-words.js";
import "./elements/late-part.js";
import "./elements/message-toast.js";
import "./elements/page-keys.js";
import "./elements/relative-time.js";
import "./elements/request-errors.js";
import "./elements/request-id.js";
import "./elements/saved-words.js";
import "./elements/session-renewal.js";
import "./elements/unsaved-guard.js";
import "./elements/unsent-list.js";
