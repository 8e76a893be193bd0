using System.Data.Common;
using TopicGrpc.Server.Members;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Erasing;

/// <summary>
/// The claim of the member that removes erased documents, and the list of the members that have nothing of them. A claim belongs to one run
/// of a member. Another one may claim when the row of that run in <c>members</c> is not that of a live member: the epoch of its lease is
/// raised then, so that nothing of it takes effect afterwards.
/// </summary>
internal static class ErasureClaim
{
    /// <summary>Claims the removal.</summary>
    /// <returns>Whether the member has the claim.</returns>
    public static bool TryAcquire(DbConnection connection, Member member) => connection.Execute(
        """
        UPDATE erasure_claim SET member = @member, member_epoch = @epoch
        WHERE (member = @member AND member_epoch = @epoch) OR NOT EXISTS (
            SELECT 1 FROM members AS m WHERE m.id = erasure_claim.member AND m.epoch = erasure_claim.member_epoch AND m.state = 1)
        """,
        ("@member", member.Id),
        ("@epoch", member.Epoch)) == 1;

    /// <summary>Returns whether a member has the claim.</summary>
    public static bool IsOf(DbConnection connection, Member member) => connection.Query(
        "SELECT 1 FROM erasure_claim WHERE member = @member AND member_epoch = @epoch",
        static _ => true,
        ("@member", member.Id),
        ("@epoch", member.Epoch)).Count == 1;

    /// <summary>Releases the claim if the member has it.</summary>
    public static int Release(DbConnection connection, Member member) => connection.Execute(
        "UPDATE erasure_claim SET member = '', member_epoch = 0 WHERE member = @member AND member_epoch = @epoch",
        ("@member", member.Id),
        ("@epoch", member.Epoch));

    /// <summary>
    /// Reads the logs whose records were replaced by running erasures, as far as a member has not yet removed the documents from its files.
    /// </summary>
    /// <returns>Corpus and id of each log.</returns>
    public static List<(string CorpusId, string LogId)> ReadPending(DbConnection connection, Member member) => connection.Query(
        """
        SELECT l.corpus, l.file_id FROM corpus_logs AS l
        WHERE EXISTS (
            SELECT 1 FROM erasures AS e WHERE e.corpus = l.corpus AND e.places IS NOT NULL AND e.file_id <> l.file_id)
            AND NOT EXISTS (
                SELECT 1 FROM erased_copies AS c WHERE c.file_id = l.file_id AND c.member = @member AND c.member_epoch = @epoch)
        """,
        static row => (row.GetString(0), row.GetString(1)),
        ("@member", member.Id),
        ("@epoch", member.Epoch));

    /// <summary>Records that the files of a member have nothing of the documents that were removed from a log.</summary>
    public static int Report(DbConnection connection, Member member, string logId) => connection.Execute(
        """
        INSERT INTO erased_copies (file_id, member, member_epoch) VALUES (@log, @member, @epoch)
        ON CONFLICT (file_id, member) DO UPDATE SET member_epoch = excluded.member_epoch
        """,
        ("@log", logId),
        ("@member", member.Id),
        ("@epoch", member.Epoch));

    /// <summary>Lists the live members that have not reported the removal of documents from a log.</summary>
    public static List<string> ReadBehind(DbConnection connection, string logId) => connection.Query(
        """
        SELECT m.id FROM members AS m
        WHERE m.state = 1 AND NOT EXISTS (
            SELECT 1 FROM erased_copies AS c WHERE c.file_id = @log AND c.member = m.id AND c.member_epoch = m.epoch)
        ORDER BY m.id
        """,
        static row => row.GetString(0),
        ("@log", logId));

    /// <summary>Ends the grace time of objects of deleted versions: they may contain documents that are erased now.</summary>
    public static int EndGrace(DbConnection connection) =>
        connection.Execute("UPDATE artifact_objects SET free_after = 0 WHERE reference_count = 0 AND free_after > 0");
}
