namespace TopicGrpc.Engine.Archive;

/// <summary>A model whose large arrays are in native memory. Disposing it releases the memory at once; no thread may use the model then.</summary>
public sealed class NativeModel : IDisposable
{
    private readonly IDisposable _memory;

    internal NativeModel(ArchivedModel archive, IDisposable memory)
    {
        Archive = archive;
        _memory = memory;
    }

    /// <summary>Model, manifest, self-test.</summary>
    public ArchivedModel Archive { get; }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();
}
