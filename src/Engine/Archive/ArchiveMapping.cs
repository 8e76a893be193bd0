using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace TopicGrpc.Engine.Archive;

/// <summary>
/// The files of an archive that are mapped into memory instead of read. Whoever disposes it must know that nobody reads
/// the model any more: what was mapped is gone at once. A mapping that is never disposed stays to the end of the process,
/// because a span into it keeps nothing alive. Removing the files changes nothing for it.
/// </summary>
internal sealed class ArchiveMapping : IDisposable
{
    /// <summary>The value of <see cref="LeastBytes"/> that serves.</summary>
    public const int DefaultLeastBytes = 64 << 10;

    private readonly Lock _gate = new();
    private readonly List<SafeMemoryMappedViewHandle> _views = [];

    /// <summary>
    /// Smaller files are read: a mapping takes whole pages and two calls of the system, and their arrays stay out of the large-object heap.
    /// </summary>
    public required int LeastBytes { get; init; }

    /// <summary>Maps a file, from its first byte.</summary>
    /// <returns>Where it begins.</returns>
    public nint Map(SafeFileHandle file)
    {
        using var mapped = MemoryMappedFile.CreateFromFile(
            file, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        SafeMemoryMappedViewHandle view = mapped.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read).SafeMemoryMappedViewHandle;

        // Beyond the finalizer, which would end the mapping while a span reads it.
        bool isHeld = false;
        view.DangerousAddRef(ref isHeld);
        lock (_gate)
        {
            _views.Add(view);
        }

        return view.DangerousGetHandle();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (SafeMemoryMappedViewHandle view in _views)
            {
                view.DangerousRelease();
                view.Dispose();
            }

            _views.Clear();
        }
    }
}
