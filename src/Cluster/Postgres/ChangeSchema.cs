namespace TopicGrpc.Cluster.Postgres;

/// <summary>
/// Tables and triggers that number the changes of a cluster. The triggers of a table note the subjects of a transaction in a setting that
/// ends with it. When the transaction commits, the deferred trigger of its commit marker writes them with the next number. It holds a lock
/// from the number to the end of the commit, so that numbers have the order of the commits: a reader that sees a number sees every change
/// with a smaller one. Nothing is written if the data belongs to no cluster.
/// </summary>
internal static class ChangeSchema
{
    /// <summary>Channel on which the database reports that there are changes.</summary>
    public const string Channel = "topicgrpc_changes";

    /// <summary>Subject of a transaction that changed too many rows to name them.</summary>
    public const string Everything = "*";

    /// <summary>The step of the schema.</summary>
    public const string Sql = """
        -- From 2: a member that has applied 1 has started, and nothing has changed yet.
        CREATE SEQUENCE change_numbers START WITH 2;

        -- Subjects are separated by spaces; each is a kind, a slash and an id.
        CREATE TABLE changes (
            number BIGINT PRIMARY KEY,
            subjects TEXT COLLATE "C" NOT NULL
        );

        CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            noted TEXT := coalesce(current_setting('topicgrpc.subjects', true), '');
            id TEXT;
            subject TEXT;
        BEGIN
            IF TG_OP = 'DELETE' THEN
                EXECUTE format('SELECT ($1).%I', TG_ARGV[1]) INTO id USING OLD;
            ELSE
                EXECUTE format('SELECT ($1).%I', TG_ARGV[1]) INTO id USING NEW;
            END IF;
            subject := TG_ARGV[0] || '/' || id;
            IF length(noted) > 4000 THEN
                PERFORM set_config('topicgrpc.subjects', ' * ', true);
            ELSIF noted <> ' * ' AND position(' ' || subject || ' ' IN noted) = 0 THEN
                PERFORM set_config('topicgrpc.subjects', ' ' || ltrim(noted) || subject || ' ', true);
            END IF;
            RETURN NULL;
        END
        $$;

        CREATE FUNCTION number_change() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            noted TEXT := trim(coalesce(current_setting('topicgrpc.subjects', true), ''));
        BEGIN
            IF noted <> '' AND EXISTS (SELECT 1 FROM cluster) THEN
                PERFORM pg_advisory_xact_lock(8389772277109419877);
                INSERT INTO changes (number, subjects) VALUES (nextval('change_numbers'), noted);
                PERFORM pg_notify('topicgrpc_changes', '');
            END IF;
            RETURN NULL;
        END
        $$;

        CREATE CONSTRAINT TRIGGER number_change AFTER INSERT ON commit_markers
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION number_change();

        CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE ON corpora
            FOR EACH ROW EXECUTE FUNCTION note_change('corpus', 'id');
        CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE ON versions
            FOR EACH ROW EXECUTE FUNCTION note_change('model', 'model');
        CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE ON labels
            FOR EACH ROW EXECUTE FUNCTION note_change('model', 'model');
        CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE ON traffic
            FOR EACH ROW EXECUTE FUNCTION note_change('model', 'model');
        CREATE TRIGGER note_change AFTER DELETE ON models
            FOR EACH ROW EXECUTE FUNCTION note_change('model', 'id');
        CREATE TRIGGER note_change
            AFTER INSERT OR DELETE OR UPDATE OF secret_sha256, previous_sha256, previous_until, revoked, key_message ON keys
            FOR EACH ROW EXECUTE FUNCTION note_change('key', 'id');
        """;
}
