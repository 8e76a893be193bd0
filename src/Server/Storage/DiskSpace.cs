using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Storage;

/// <summary>
/// Free space of the data folder. Documents, fits and imports must leave a floor of free space. Below it a file of reserved space is left
/// for labels, policies and publications: <see cref="ReleaseReserve"/> deletes it, and <see cref="Refill"/> creates it again. Thread-safe.
/// </summary>
[SuppressMessage(
    "ApiDesign",
    "RS0030:Do not use banned APIs",
    Justification = "The reserved file must occupy blocks of the real disk; it has no content.")]
internal sealed class DiskSpace
{
    /// <summary>Floor and reserve are at most this share of a small file system.</summary>
    private const int LargestShare = 20;

    private readonly Lock _gate = new();
    private readonly DataFolder _folder;
    private readonly DriveInfo _drive;
    private readonly string _reservePath;
    private readonly long _maxBytes;
    private long _usedBytes;
    private bool _isReserved;

    public DiskSpace(DataFolder folder, IOptions<StorageOptions> options)
    {
        _folder = folder;
        _drive = new DriveInfo(folder.Root);
        _reservePath = Path.Combine(folder.Root, "RESERVE");
        long largest = _drive.TotalSize / LargestShare;
        FloorBytes = Math.Min(options.Value.MinFreeBytes, largest);
        ReserveBytes = Math.Min(options.Value.ReserveBytes, largest);
        _maxBytes = options.Value.MaxBytes;
        _isReserved = File.Exists(_reservePath);
        Measure();
        Refill();
    }

    /// <summary>Bytes that stay free of documents, fits and imports.</summary>
    public long FloorBytes { get; }

    /// <summary>Free bytes of the disk.</summary>
    public long FreeBytes => _drive.AvailableFreeSpace;

    /// <summary>Bytes of the disk.</summary>
    public long TotalBytes => _drive.TotalSize;

    /// <summary>Bytes of the reserved file.</summary>
    public long ReserveBytes { get; }

    /// <summary>Whether documents, fits and imports must wait for space.</summary>
    public bool IsShort => Available < 0;

    /// <summary>Bytes above the floor; the part of the reserve that is released does not count.</summary>
    private long Available => _drive.AvailableFreeSpace - FloorBytes - (Volatile.Read(ref _isReserved) ? 0 : ReserveBytes);

    /// <summary>Checks that bytes may be written without touching the floor.</summary>
    /// <exception cref="ServiceException">The disk is full, or the data folder reaches its limit.</exception>
    public void Require(long bytes)
    {
        RequireTemporary(bytes);
        if (_maxBytes > 0 && Interlocked.Add(ref _usedBytes, bytes) > _maxBytes)
        {
            Interlocked.Add(ref _usedBytes, -bytes);
            throw LimitFault.DataFolder(_maxBytes);
        }
    }

    /// <summary>
    /// Checks that bytes of a scratch file may be written without touching the floor. They do not count for the limit of the folder.
    /// </summary>
    /// <exception cref="ServiceException">The disk is full.</exception>
    public void RequireTemporary(long bytes)
    {
        if (!HasRoom(bytes))
        {
            throw Fault.DiskFull("The disk of the data folder is full.");
        }
    }

    /// <summary>Returns whether bytes may be written without touching the floor.</summary>
    public bool HasRoom(long bytes) => Available >= bytes;

    /// <summary>Frees the reserved space.</summary>
    /// <returns>Whether there was reserved space.</returns>
    public bool ReleaseReserve()
    {
        lock (_gate)
        {
            if (!_isReserved)
            {
                return false;
            }

            // Truncated first: a deletion alone frees nothing while a snapshot of the file is open.
            using (FileStream file = new(_reservePath, FileMode.Open, FileAccess.Write))
            {
                file.SetLength(0);
            }

            File.Delete(_reservePath);
            Volatile.Write(ref _isReserved, false);
            return true;
        }
    }

    /// <summary>Reserves the space again if enough is free.</summary>
    /// <returns>Whether the space is reserved.</returns>
    public bool Refill()
    {
        lock (_gate)
        {
            if (_isReserved || Available < 0)
            {
                return _isReserved;
            }

            try
            {
                Reserve();
                Volatile.Write(ref _isReserved, true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
            {
                // Invalid argument: .NET reports so that the limit of a file's size is smaller.
                File.Delete(_reservePath);
            }

            return _isReserved;
        }
    }

    /// <summary>Measures the data folder for the limit of its size. Does nothing without a limit.</summary>
    public void Measure()
    {
        if (_maxBytes > 0)
        {
            EnumerationOptions all = new() { RecurseSubdirectories = true, IgnoreInaccessible = true };
            long before = Interlocked.Read(ref _usedBytes);
            long measured = new DirectoryInfo(_folder.Root).EnumerateFiles("*", all).Sum(Size);

            // What was required during the measurement may not be on disk yet.
            Interlocked.Add(ref _usedBytes, measured - before);
        }
    }

    private long Size(FileInfo file)
    {
        try
        {
            return file.FullName == _reservePath ? 0 : file.Length;
        }
        catch (FileNotFoundException)
        {
            // Deleted since it was listed.
            return 0;
        }
    }

    private void Reserve()
    {
        using FileStream file = new(_reservePath, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            PreallocationSize = ReserveBytes,
        });
        file.SetLength(ReserveBytes);
    }
}
