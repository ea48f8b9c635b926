-- Made when the rows are there: that is quicker than keeping them up to date. An interview may hold a
-- million quotes, so every read goes through an index, or through the slots of a facet.

-- A quote or a fact by its number.
CREATE UNIQUE INDEX quote_number ON quote (interview, number);
CREATE UNIQUE INDEX fact_number ON fact (interview, number);

-- What was said to a question, in the order of the pack.
CREATE INDEX quote_exchange ON quote (interview, exchange, id);
