using System.Data.Common;
using System.Security.Cryptography;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Assignments;

/// <summary>
/// The rows of assignments and their blocks. They are deleted with the row of their corpus or version; the sweep deletes the objects.
/// </summary>
internal static class AssignmentTable
{
    private const int IdBytes = 16;

    private const string BlockColumns = "number, documents, object_key, object_length, object_sha256, block_sha256";

    /// <summary>Finds an assignment.</summary>
    /// <returns>Null if the version has not assigned the corpus.</returns>
    public static SharedAssignment? Find(DbConnection connection, AssignmentName name) => connection.Query(
        "SELECT id, changes FROM assignments WHERE corpus = @corpus AND model = @model AND number = @number",
        Assignment,
        Values(name)).FirstOrDefault();

    /// <summary>Finds an assignment by its id.</summary>
    /// <returns>Null if it was deleted.</returns>
    public static SharedAssignment? Find(DbConnection connection, string id) =>
        connection.Query("SELECT id, changes FROM assignments WHERE id = @id", Assignment, ("@id", id)).FirstOrDefault();

    /// <summary>Finds an assignment, and adds it if there is none.</summary>
    /// <returns>Null if the corpus or the version does not exist.</returns>
    public static SharedAssignment? FindOrAdd(DbConnection connection, AssignmentName name)
    {
        connection.Execute(
            """
            INSERT INTO assignments (id, corpus, model, number)
            SELECT @id, c.id, v.model, v.number FROM corpora AS c CROSS JOIN versions AS v
            WHERE c.id = @corpus AND v.model = @model AND v.number = @number
            ON CONFLICT (corpus, model, number) DO NOTHING
            """,
            [("@id", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes))), .. Values(name)]);
        return Find(connection, name);
    }

    /// <summary>Lists the assignments of a corpus with the version of each.</summary>
    public static List<(string Id, AssignmentName Name)> List(DbConnection connection, string corpusId) => connection.Query(
        "SELECT id, model, number FROM assignments WHERE corpus = @corpus ORDER BY model, number",
        row => (row.GetString(0), new AssignmentName(corpusId, row.GetString(1), row.GetInt64(2))),
        ("@corpus", corpusId));

    /// <summary>Lists blocks in order.</summary>
    /// <param name="connection">Connection to the database.</param>
    /// <param name="id">Id of the assignment.</param>
    /// <param name="after">Number of a block; the list starts behind it.</param>
    /// <param name="count">Most blocks.</param>
    public static List<AssignmentBlock> ListBlocks(DbConnection connection, string id, long after, int count) => connection.Query(
        $"SELECT {BlockColumns} FROM assignment_blocks WHERE assignment = @id AND number > @after ORDER BY number LIMIT @count",
        Block,
        ("@id", id),
        ("@after", after),
        ("@count", count));

    /// <summary>Finds a block.</summary>
    /// <returns>Null if it was removed, or its assignment was deleted.</returns>
    public static AssignmentBlock? FindBlock(DbConnection connection, string id, long number) => connection.Query(
        $"SELECT {BlockColumns} FROM assignment_blocks WHERE assignment = @id AND number = @number",
        Block,
        ("@id", id),
        ("@number", number)).FirstOrDefault();

    /// <summary>Takes the next number of a change.</summary>
    /// <returns>False if the assignment has had other changes meanwhile, or is gone.</returns>
    public static bool TryAdvance(DbConnection connection, string id, long changes) => connection.Execute(
        "UPDATE assignments SET changes = @changes + 1 WHERE id = @id AND changes = @changes",
        ("@id", id),
        ("@changes", changes)) == 1;

    /// <summary>Takes the next number whatever it is: no change that is prepared takes effect afterwards.</summary>
    public static void Advance(DbConnection connection, string id) =>
        connection.Execute("UPDATE assignments SET changes = changes + 1 WHERE id = @id", ("@id", id));

    /// <summary>Adds a block as the next change.</summary>
    /// <returns>False if there is another change meanwhile.</returns>
    public static bool TryAdd(DbConnection connection, SharedAssignment assignment, AssignmentBlock block)
    {
        if (!TryAdvance(connection, assignment.Id, assignment.Changes))
        {
            return false;
        }

        connection.Execute(
            $"INSERT INTO assignment_blocks (assignment, {BlockColumns}) "
            + "VALUES (@id, @number, @documents, @key, @length, @sha256, @blocks)",
            Values(assignment.Id, block));
        return true;
    }

    /// <summary>Replaces the object of a block.</summary>
    public static void Replace(DbConnection connection, string id, AssignmentBlock block) => connection.Execute(
        """
        UPDATE assignment_blocks SET documents = @documents, object_key = @key, object_length = @length, object_sha256 = @sha256,
            block_sha256 = @blocks
        WHERE assignment = @id AND number = @number
        """,
        Values(id, block));

    /// <summary>Removes a block.</summary>
    public static void Remove(DbConnection connection, string id, long number) => connection.Execute(
        "DELETE FROM assignment_blocks WHERE assignment = @id AND number = @number", ("@id", id), ("@number", number));

    /// <summary>Returns those of some keys that a row names.</summary>
    public static HashSet<string> FindNamed(DbConnection connection, string[] keys) => connection.Query(
        "SELECT object_key FROM assignment_blocks WHERE object_key = ANY(@keys)",
        static row => row.GetString(0),
        ("@keys", keys)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Returns the numbers of the last changes of those assignments that exist, by id.</summary>
    public static Dictionary<string, long> FindChanges(DbConnection connection, string[] ids) => connection.Query(
        "SELECT id, changes FROM assignments WHERE id = ANY(@ids)",
        static row => KeyValuePair.Create(row.GetString(0), row.GetInt64(1)),
        ("@ids", ids)).ToDictionary(StringComparer.Ordinal);

    private static SharedAssignment Assignment(DbDataReader row) => new(row.GetString(0), row.GetInt64(1));

    private static AssignmentBlock Block(DbDataReader row)
    {
        ContentDescriptor content = new(
            Convert.ToHexStringLower(row.GetFieldValue<byte[]>(4)),
            row.GetInt64(3),
            [.. row.GetFieldValue<byte[]>(5).Chunk(SHA256.HashSizeInBytes).Select(Convert.ToHexStringLower)]);
        content.Check();
        return new AssignmentBlock(row.GetInt64(0), (int)row.GetInt64(1), row.GetString(2), content);
    }

    private static (string Name, object? Value)[] Values(AssignmentName name) =>
        [("@corpus", name.CorpusId), ("@model", name.ModelId), ("@number", name.Version)];

    private static (string Name, object? Value)[] Values(string id, AssignmentBlock block) =>
    [
        ("@id", id),
        ("@number", block.Number),
        ("@documents", (long)block.Documents),
        ("@key", block.Key),
        ("@length", block.Content.Length),
        ("@sha256", Convert.FromHexString(block.Content.Sha256)),
        ("@blocks", block.Content.Blocks.SelectMany(Convert.FromHexString).ToArray()),
    ];
}
