-- The trace of whoever asked for an index, for the worker that makes it.
alter table indexing add column traceparent text not null default '';
