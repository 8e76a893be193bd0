using System.Data.Common;
using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Server.Models;

/// <summary>
/// Durable storage of versions: the data folder of one server, or storage that the members of a cluster share. A version is written
/// (<see cref="Save"/>), read back (<see cref="Load"/>), shared (<see cref="ShareAsync"/>) and then recorded in the transaction of its row
/// (<see cref="RecordAdded"/>).
/// </summary>
internal interface IModelStore
{
    /// <summary>
    /// Prepares the storage for the versions of the database, and completes interrupted replacements. Called once, at startup.
    /// </summary>
    /// <param name="versions">All versions of the database.</param>
    /// <param name="cancellationToken">Ends the preparation.</param>
    Task OpenAsync(IReadOnlyCollection<(string ModelId, long Number)> versions, CancellationToken cancellationToken);

    /// <summary>Writes a version on this server. When the method returns, all files are durable there.</summary>
    void Save(string modelId, long number, TopicModel content, CancellationToken cancellationToken);

    /// <summary>Brings the files of a version to this server, if they are not there.</summary>
    /// <param name="modelId">Id of the model.</param>
    /// <param name="number">Number of the version.</param>
    /// <param name="waits">Whether the call waits while the shared storage is unavailable; otherwise it fails.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <returns>The files; the caller disposes them after <see cref="Load"/>.</returns>
    /// <exception cref="IOException">The disk or the shared storage failed.</exception>
    /// <exception cref="InvalidDataException">The shared files are missing or damaged.</exception>
    Task<IVersionFiles> AcquireFilesAsync(string modelId, long number, bool waits, CancellationToken cancellationToken);

    /// <summary>
    /// Reads a version, checks the hashes of its files, and repeats the predictions that were recorded when it was saved. The caller has
    /// written the version or acquired its files.
    /// </summary>
    /// <exception cref="InvalidDataException">A file is damaged, or a prediction differs.</exception>
    /// <returns>The version with its large arrays in native memory; disposing it releases them.</returns>
    NativeModel Load(string modelId, long number, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a written version readable for all servers that share the storage. Waits while the shared storage is unavailable.
    /// </summary>
    /// <exception cref="IOException">The disk failed, or the shared storage was unavailable for too long.</exception>
    Task ShareAsync(string modelId, long number, CancellationToken cancellationToken);

    /// <summary>Adds to the transaction that adds the row of a version what the storage records of its files.</summary>
    void RecordAdded(DbConnection connection, string modelId, long number);

    /// <summary>Removes that record in the transaction that removes the row.</summary>
    void RecordRemoved(DbConnection connection, string modelId, long number);

    /// <summary>
    /// Deletes the files of a version that the database no longer refers to; one atomic move makes them unreachable first.
    /// </summary>
    void Delete(string modelId, long number);

    /// <summary>Handles the version folders that the database does not refer to; called once, at the start.</summary>
    /// <param name="isKnown">Returns whether a model has a version.</param>
    void ResolveStrays(Func<string, long, bool> isKnown);

    /// <summary>
    /// Replaces the files of a version, which is the only change of a published version: an erasure of documents. The new files are read
    /// and checked first. A crash leaves the old or the new files, and <see cref="CompleteReplacement"/> removes the others.
    /// </summary>
    /// <returns>The new content, as <see cref="Load"/> returns it.</returns>
    Task<NativeModel> ReplaceAsync(string modelId, long number, TopicModel content, CancellationToken cancellationToken);

    /// <summary>Completes or withdraws a replacement that was interrupted, and removes the files that it left.</summary>
    void CompleteReplacement(string modelId, long number);

    /// <summary>Reads all files of a version where the storage has them, and compares them with their hashes. Blocks the thread.</summary>
    /// <param name="modelId">Id of the model.</param>
    /// <param name="number">Number of the version.</param>
    /// <param name="report">Receives each problem.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <returns>Number of bytes that were read.</returns>
    /// <exception cref="IOException">The disk or the shared storage failed.</exception>
    long Verify(string modelId, long number, Action<string> report, CancellationToken cancellationToken);

    /// <summary>Returns whether the storage has a version.</summary>
    bool Exists(string modelId, long number);
}
