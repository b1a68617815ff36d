-- Where the files of an import came from, as JSON; its draft is kept like the output of a run.
alter table run_output add column sources text;
