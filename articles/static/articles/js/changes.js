// The behaviours of the review of changes. In production collectstatic joins these modules into this one.
import "./elements/change-review.js";
