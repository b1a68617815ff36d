-- The files that travel with a user's program, as the catalog named them when the run was reserved.
alter table run add column code_version text;
alter table run add column code_digest text;
alter table run_input add column code text not null default '[]';
