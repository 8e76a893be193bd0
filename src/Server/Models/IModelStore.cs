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

    /// <summary>Returns whether the folder of a version exists.</summary>
    bool Exists(string modelId, long number);
}
