using System.Diagnostics.CodeAnalysis;
using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace TopicGrpc.Engine.Storage;

/// <summary>A scratch file of the file system.</summary>
[SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The implementation of the storage.")]
internal sealed class ScratchFile : IScratchFile
{
    private readonly SafeFileHandle _handle;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    /// <summary>Creates a file of zeros.</summary>
    /// <exception cref="IOException">The disk has no room for the file, or failed.</exception>
    public ScratchFile(string path, long length)
    {
        // Reserved blocks: a mapped page without a block on a full disk would end the process when it is read.
        _handle = File.OpenHandle(
            path,
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.Read | FileShare.Delete,
            OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None,
            length);
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                // The file stays until its handle and its mapping are closed, also if the process is killed.
                File.Delete(path);
            }

            RandomAccess.SetLength(_handle, length);
            _file = MemoryMappedFile.CreateFromFile(
                _handle, mapName: null, length, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        }
        catch
        {
            _handle.Dispose();
            throw;
        }

        try
        {
            _view = _file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        }
        catch
        {
            _file.Dispose();
            _handle.Dispose();
            throw;
        }

        Length = length;
        Address = _view.SafeMemoryMappedViewHandle.DangerousGetHandle();
    }

    public long Length { get; }

    public nint Address { get; }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - bytes.Length);
        RandomAccess.Write(_handle, bytes, offset);
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
        _handle.Dispose();
    }
}
