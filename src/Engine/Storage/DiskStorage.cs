using System.Diagnostics.CodeAnalysis;
using Microsoft.Win32.SafeHandles;

namespace TopicGrpc.Engine.Storage;

/// <summary>The file system of this machine.</summary>
[SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The implementation of the storage.")]
public sealed class DiskStorage : IFileStorage
{
    private DiskStorage()
    {
    }

    /// <summary>The one instance.</summary>
    public static DiskStorage Instance { get; } = new();

    /// <inheritdoc/>
    public bool FileExists(string path) => File.Exists(path);

    /// <inheritdoc/>
    public bool FolderExists(string path) => Directory.Exists(path);

    /// <inheritdoc/>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The returned file owns the handle.")]
    public IStoredFile Open(string path, FileMode mode, FileAccess access)
    {
        // Readers and one writer use a file at the same time: documents are read while others are appended.
        SafeFileHandle handle = File.OpenHandle(path, mode, access, FileShare.ReadWrite | FileShare.Delete);
        return new DiskFile(handle);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> ListFiles(string path) => Sorted(Directory.GetFiles(path));

    /// <inheritdoc/>
    public IReadOnlyList<string> ListFolders(string path) => Sorted(Directory.GetDirectories(path));

    /// <inheritdoc/>
    public void CreateFolder(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        string? parent = Path.GetDirectoryName(Path.GetFullPath(path));
        if (parent is not null)
        {
            CreateFolder(parent);
        }

        Directory.CreateDirectory(path);
        if (parent is not null)
        {
            FlushFolder(parent);
        }
    }

    /// <inheritdoc/>
    public void FlushFolder(string path) => DurableFlush.Folder(path);

    /// <inheritdoc/>
    public void MoveFolder(string source, string destination)
    {
        string parent = Parent(destination);
        CreateFolder(parent);
        Directory.Move(source, destination);
        FlushFolder(parent);
        if (Parent(source) is { } former && former != parent)
        {
            FlushFolder(former);
        }
    }

    /// <inheritdoc/>
    public void ReplaceFile(string source, string destination)
    {
        File.Move(source, destination, overwrite: true);
        FlushFolder(Parent(destination));
    }

    /// <inheritdoc/>
    public void DeleteFile(string path) => File.Delete(path);

    /// <inheritdoc/>
    public void DeleteFolder(string path) => Directory.Delete(path, recursive: true);

    /// <inheritdoc/>
    public IScratchFile CreateScratch(string folder, long length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        return new ScratchFile(Path.Combine(folder, $"scratch-{Guid.NewGuid():N}"), length);
    }

    private static string Parent(string path) =>
        Path.GetDirectoryName(Path.GetFullPath(path)) ?? throw new IOException($"'{path}' has no folder above it.");

    private static string[] Sorted(string[] paths)
    {
        Array.Sort(paths, StringComparer.Ordinal);
        return paths;
    }
}
