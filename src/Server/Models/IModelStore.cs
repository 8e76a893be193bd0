using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Server.Models;

/// <summary>Durable storage of versions.</summary>
internal interface IModelStore
{
    /// <summary>Writes a version. When the method returns, all files are durable.</summary>
    void Save(string modelId, long number, TopicModel content, CancellationToken cancellationToken);

    /// <summary>
    /// Reads a version, checks the hashes of its files, and repeats the predictions that were recorded when it was saved.
    /// </summary>
    /// <exception cref="InvalidDataException">A file is damaged, or a prediction differs.</exception>
    /// <returns>The version with its large arrays in native memory; disposing it releases them.</returns>
    NativeModel Load(string modelId, long number, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes the files of a version that the database no longer refers to; one atomic move makes them unreachable first.
    /// </summary>
    void Delete(string modelId, long number);

    /// <summary>
    /// Reports every version that the database does not refer to and leaves it in place; folders that hold no version go to quarantine.
    /// </summary>
    void ReportStrays(Func<string, long, bool> isKnown);

    /// <summary>
    /// Replaces the files of a version, which is the only change of a published version: an erasure of documents. The new files are read
    /// and checked first. A crash leaves the old or the new files, and <see cref="CompleteReplacement"/> removes the others.
    /// </summary>
    /// <returns>The new content, as <see cref="Load"/> returns it.</returns>
    NativeModel Replace(string modelId, long number, TopicModel content, CancellationToken cancellationToken);

    /// <summary>Completes or withdraws a replacement that was interrupted, and removes the files that it left.</summary>
    void CompleteReplacement(string modelId, long number);

    /// <summary>Completes or withdraws all replacements that were interrupted. Called once, at startup.</summary>
    void CompleteReplacements();

    /// <summary>Returns whether the folder of a version exists.</summary>
    bool Exists(string modelId, long number);
}
