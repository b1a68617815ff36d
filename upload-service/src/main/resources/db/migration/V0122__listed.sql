-- Whether the newest listing of the sources found the file.
alter table import_file add column listed boolean not null default true;
