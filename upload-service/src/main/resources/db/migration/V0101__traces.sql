-- The trace of the request that completed an upload, for the worker that reads it back.
alter table upload add column traceparent text not null default '';
