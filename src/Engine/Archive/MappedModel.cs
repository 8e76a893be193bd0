namespace TopicGrpc.Engine.Archive;

/// <summary>A model whose arrays are mapped files. Dispose it when nobody uses the model any more: its memory is gone at once.</summary>
public sealed class MappedModel : IDisposable
{
    private readonly IDisposable _mapping;

    internal MappedModel(ArchivedModel archive, IDisposable mapping)
    {
        Archive = archive;
        _mapping = mapping;
    }

    /// <summary>Model, manifest, self-test.</summary>
    public ArchivedModel Archive { get; }

    /// <inheritdoc/>
    public void Dispose() => _mapping.Dispose();
}
