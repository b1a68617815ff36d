-- How the source itself spells the file, where that is not what its path says.
alter table import_file add column source_key text;
