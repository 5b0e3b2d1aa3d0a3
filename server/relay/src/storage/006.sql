-- What is erased follows from the rolls alone: whose space, and for how long the operation counts.

DROP TABLE erased_attachments;
DROP INDEX attachments_of_root;
