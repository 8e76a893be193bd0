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
    /// Moves every version that the database does not refer to into quarantine: a crash between rename and commit left it behind.
    /// </summary>
    void QuarantineStrays(Func<string, long, bool> isKnown);
}
