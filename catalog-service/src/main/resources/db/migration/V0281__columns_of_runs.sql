-- Columns of the tables that a run wrote, as its output says: JSON, name and type of each.
alter table run_output add column columns text;
