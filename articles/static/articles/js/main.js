// The behaviours of every page. In production collectstatic joins these modules into this one.
import "./elements/auto-grow.js";
import "./elements/change-review.js";
import "./elements/char-counter.js";
import "./elements/combo-box.js";
import "./elements/key-help.js";
import "./elements/kept-words.js";
import "./elements/message-toast.js";
import "./elements/page-keys.js";
import "./elements/relative-time.js";
import "./elements/request-errors.js";
import "./elements/request-id.js";
import "./elements/unsaved-guard.js";
