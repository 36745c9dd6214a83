// The desk's own page. In production collectstatic joins these modules into this one.
import "./elements/desk-news.js";
