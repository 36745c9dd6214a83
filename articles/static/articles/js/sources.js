// The behaviours of the pages of sources. In production collectstatic joins these modules into this one.
import "./elements/copy-words.js";
import "./elements/kind-fields.js";
