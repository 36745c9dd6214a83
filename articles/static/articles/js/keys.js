// The list of keys. In production collectstatic joins these modules into this one.
import "./elements/key-help.js";
