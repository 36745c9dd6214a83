/**
 * htmx asks every attribute of every element that it is given whether it is an `hx-on`, by XPath, which nothing else here
 * uses. The site's policy refuses such code, templates have none, and on a long article the question takes 10 ms before
 * anything is painted. So it is answered without looking: there is none.
 */
XPathExpression.prototype.evaluate = () => ({ iterateNext: () => null });
