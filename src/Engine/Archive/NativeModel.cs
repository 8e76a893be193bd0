namespace TopicGrpc.Engine.Archive;

/// <summary>A model whose large arrays are in native memory. Disposal releases the memory; afterward no thread may use the model.</summary>
public sealed class NativeModel : IDisposable
{
    private readonly IDisposable _memory;

    internal NativeModel(ArchivedModel archive, IDisposable memory)
    {
        Archive = archive;
        _memory = memory;
    }

    /// <summary>Model, manifest and self-test.</summary>
    public ArchivedModel Archive { get; }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();
}
