// The behaviours of the page of a desk's people. In production collectstatic joins these modules into this one.
import "./elements/copy-words.js";
