using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Storage;
using TopicGrpc.Server.Storage.Sqlite;
using TopicGrpc.Server.Verification;

namespace TopicGrpc.Server;

/// <summary>Verifies a data folder without a server.</summary>
public static class StoredData
{
    /// <summary>
    /// Reads everything in a data folder and compares checksums, counts and references. Writes nothing; a server may run on the folder.
    /// </summary>
    /// <param name="directory">The data folder.</param>
    /// <param name="problem">Receives for each problem whether data is damaged or missing, the subject, and what is wrong.</param>
    /// <param name="cancellationToken">Stops the verification.</param>
    /// <returns>What was read and found.</returns>
    /// <exception cref="IOException">The disk failed.</exception>
    public static StoredDataTotals Verify(string directory, Action<bool, string, string> problem, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(problem);
        string root = Path.GetFullPath(directory);
        VerificationTotals totals = new DataVerifier(DiskStorage.Instance, root, new SqliteReading(new DataPaths(root).Database)).Run(
            found => problem(found.IsError, found.Subject, found.Message), cancellationToken);
        return new StoredDataTotals(
            totals.Corpora, totals.Documents, totals.Versions, totals.ReadBytes, totals.Errors, totals.Warnings);
    }
}
