-- The trace of the request for a run, for the watcher that carries it on.
alter table run add column traceparent text not null default '';
