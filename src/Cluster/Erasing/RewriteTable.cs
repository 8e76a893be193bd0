using System.Data.Common;
using TopicGrpc.Cluster.Documents;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Erasing;

/// <summary>
/// The rows of a rewrite: records without erased documents are named in <c>corpus_rewrites</c> first, and exchanged with those of the
/// entries in one transaction. A row names an object from the moment at which no sweep deletes it any more.
/// </summary>
internal static class RewriteTable
{
    private const int PageLength = 1000;

    /// <summary>Finds the entries that contain erased documents.</summary>
    /// <param name="connection">Connection with a snapshot of the log.</param>
    /// <param name="logId">Id of the log.</param>
    /// <param name="places">Places of the erased documents, ascending.</param>
    public static List<PlacedEntry> FindEntries(DbConnection connection, string logId, int[] places)
    {
        List<PlacedEntry> found = [];
        (long after, long first) = (0, 0);
        int next = 0;
        while (next < places.Length)
        {
            List<(long Number, int Places, StoredRecords Content)> page = connection.Query(
                """
                SELECT e.number, e.places, e.object_key, e.object_length, e.object_sha256, e.block_sha256
                FROM corpus_entries AS e JOIN corpus_logs AS l ON l.id = e.log
                WHERE l.file_id = @log AND e.number > @after AND e.places > 0 ORDER BY e.number LIMIT @count
                """,
                static row => (row.GetInt64(0), (int)row.GetInt64(1), PostgresCorpusLog.Records(row, 2)),
                ("@log", logId),
                ("@after", after),
                ("@count", PageLength));
            if (page.Count == 0)
            {
                break;
            }

            foreach ((long number, int count, StoredRecords content) in page)
            {
                List<int> erased = [];
                for (; next < places.Length && places[next] < first + count; next++)
                {
                    erased.Add((int)(places[next] - first));
                }

                if (erased.Count > 0)
                {
                    found.Add(new PlacedEntry(number, content, erased, count));
                }

                (after, first) = (number, first + count);
            }
        }

        return found;
    }

    /// <summary>Reads the numbers of the entries whose records were rewritten without a number of erased documents.</summary>
    public static HashSet<long> ReadStaged(DbConnection connection, string logId, int erased) => connection.Query(
        """
        SELECT r.number FROM corpus_rewrites AS r JOIN corpus_logs AS l ON l.id = r.log
        WHERE l.file_id = @log AND r.erased = @erased
        """,
        static row => row.GetInt64(0),
        ("@log", logId),
        ("@erased", (long)erased)).ToHashSet();

    /// <summary>Names an object that replaces the records of an entry.</summary>
    /// <param name="connection">Connection with the transaction.</param>
    /// <param name="logId">Id of the log.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="erased">Number of all erased documents of the log.</param>
    /// <param name="stored">The object.</param>
    /// <param name="before">Number of the entry from which a sweep may delete the object.</param>
    /// <returns>False if the log has another id, or has reached that entry; the object must not be used.</returns>
    public static bool Stage(
        DbConnection connection, string logId, PlacedEntry entry, int erased, StoredRecords stored, long before) => connection.Execute(
        """
        INSERT INTO corpus_rewrites (log, number, erased, places, object_key, object_length, object_sha256, block_sha256)
        SELECT id, @number, @erased, @places, @key, @length, @sha256, @blocks FROM corpus_logs WHERE file_id = @log AND entries < @before
        ON CONFLICT (log, number) DO UPDATE SET erased = excluded.erased, places = excluded.places, object_key = excluded.object_key,
            object_length = excluded.object_length, object_sha256 = excluded.object_sha256, block_sha256 = excluded.block_sha256
        """,
        [
            ("@log", logId),
            ("@number", entry.Number),
            ("@erased", (long)erased),
            ("@places", (long)(entry.Places - entry.Erased.Count)),
            ("@before", before),
            .. RecordStore.Columns(stored),
        ]) == 1;

    /// <summary>Exchanges the records of all entries that were rewritten, and gives the log its next id.</summary>
    /// <param name="connection">Connection with the transaction.</param>
    /// <param name="logId">Id of the log.</param>
    /// <param name="entries">Number of entries that contain erased documents.</param>
    /// <param name="erased">Number of erased documents.</param>
    /// <returns>False if the log has another id, further documents were erased, or a row is missing; nothing was changed.</returns>
    public static bool Exchange(DbConnection connection, string logId, int entries, int erased)
    {
        List<string> logs = connection.Query(
            "SELECT id FROM corpus_logs WHERE file_id = @log AND erased = @erased FOR UPDATE",
            static row => row.GetString(0),
            ("@log", logId),
            ("@erased", (long)erased));
        if (logs is not [{ } id] || connection.Query(
            "SELECT count(*) FROM corpus_rewrites WHERE log = @id AND erased = @erased",
            static row => row.GetInt64(0),
            ("@id", id),
            ("@erased", (long)erased))[0] != entries)
        {
            return false;
        }

        connection.Execute(
            """
            UPDATE corpus_entries SET places = r.places, object_key = r.object_key, object_length = r.object_length,
                object_sha256 = r.object_sha256, block_sha256 = r.block_sha256
            FROM corpus_rewrites AS r
            WHERE r.log = @id AND r.erased = @erased AND corpus_entries.log = r.log AND corpus_entries.number = r.number
            """,
            ("@id", id),
            ("@erased", (long)erased));
        connection.Execute("DELETE FROM corpus_rewrites WHERE log = @id", ("@id", id));
        connection.Execute("DELETE FROM erased_copies WHERE file_id NOT IN (SELECT file_id FROM corpus_logs)");
        return connection.Execute(
            "UPDATE corpus_logs SET file_id = @next, removed = erased, erased = 0 WHERE id = @id",
            ("@next", LogIds.Next(logId)),
            ("@id", id)) == 1;
    }
}
