using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Server.Models;

/// <summary>Where versions are kept while they are not in memory.</summary>
internal interface IModelStore
{
    /// <summary>Writes a version; when it returns, the whole of it is on disk.</summary>
    void Save(string model, long number, TopicModel content, CancellationToken cancellationToken);

    /// <summary>Reads a version, checks its files, and asks it the questions that it answered when it was saved.</summary>
    /// <exception cref="InvalidDataException">A file is damaged, or an answer differs.</exception>
    /// <returns>The version, its large arrays mapped; it is gone from memory when it is disposed.</returns>
    MappedModel Load(string model, long number, CancellationToken cancellationToken);

    /// <summary>Removes a version that no row refers to any more: out of its place at once, then away.</summary>
    void Delete(string model, long number);

    /// <summary>Moves every version out of the way that no row refers to: a crash between rename and row left it.</summary>
    void QuarantineStrays(Func<string, long, bool> isKnown);
}
