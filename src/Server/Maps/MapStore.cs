using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Maps;

/// <summary>
/// Points of maps in the data folder, so that a restart does not compute them again. A cache: a file that is missing, damaged or of another
/// version is computed again, and a failed write is only logged. Bounded in bytes; when the limit is reached, files of deleted versions are
/// removed, and without room the points stay in memory.
/// </summary>
internal sealed class MapStore(
    DataFolder data, DiskSpace space, ModelRegistry models, IOptions<MapOptions> options, ILogger<MapStore> logger)
{
    private const uint Magic = 0x31504754; // "TGP1"
    private const int HeaderBytes = 48;
    private const int ChecksumStart = 8;
    private const int IdentityStart = 16;
    private const string Extension = ".points";

    private readonly Lock _gate = new();

    /// <summary>Reads the points of a version.</summary>
    /// <returns>Null if they are not stored.</returns>
    public Matrix? Read(VersionHandle version)
    {
        int rows = version.Content.DocumentIds.Count;
        string path = PathOf(version);
        try
        {
            if (options.Value.MaxStoredBytes == 0 || !data.Files.FileExists(path))
            {
                return null;
            }

            byte[] file = data.Files.ReadBytes(path, SizeOf(rows));
            bool isSound = file.Length == SizeOf(rows)
                && BinaryPrimitives.ReadUInt32LittleEndian(file) == Magic
                && BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4)) == Crc32C.Compute(file.AsSpan(ChecksumStart))
                && file.AsSpan(IdentityStart, SHA256.HashSizeInBytes).SequenceEqual(Identity(version));
            if (isSound)
            {
                return new Matrix(rows, 2, MemoryMarshal.Cast<byte, float>(file.AsSpan(HeaderBytes)).ToArray());
            }

            Log.Unusable(logger, version.Name);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Log.Unreadable(logger, failure, version.Name);
        }

        return null;
    }

    /// <summary>Stores the points of a version, if there is room.</summary>
    public void Write(VersionHandle version, Matrix points)
    {
        long size = SizeOf(points.Rows);
        try
        {
            lock (_gate)
            {
                if (size > options.Value.MaxStoredBytes || StoredBytes() + size > options.Value.MaxStoredBytes)
                {
                    Log.NoRoom(logger, version.Name, options.Value.MaxStoredBytes);
                    return;
                }

                space.Require(size);
                string staged = data.NewStagingPath();
                data.Files.WriteNew(staged, Encode(version, points));
                data.Files.CreateFolder(data.Paths.Maps);
                data.Files.ReplaceFile(staged, PathOf(version));
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ServiceException)
        {
            Log.Unwritten(logger, failure, version.Name);
        }
    }

    private static long SizeOf(int rows) => HeaderBytes + (2L * sizeof(float) * rows);

    private static byte[] Encode(VersionHandle version, Matrix points)
    {
        byte[] file = new byte[SizeOf(points.Rows)];
        BinaryPrimitives.WriteUInt32LittleEndian(file, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(ChecksumStart), points.Rows);
        Identity(version).CopyTo(file, IdentityStart);
        MemoryMarshal.AsBytes(points.Values.AsSpan()).CopyTo(file.AsSpan(HeaderBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), Crc32C.Compute(file.AsSpan(ChecksumStart)));
        return file;
    }

    // A fit id is never used twice, so a folder that was restored from a backup does not get the map of another version.
    private static byte[] Identity(VersionHandle version) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{version.Name}\n{version.FitId}"));

    /// <summary>Removes the files of deleted versions and returns the bytes of the others.</summary>
    private long StoredBytes()
    {
        if (!data.Files.FolderExists(data.Paths.Maps))
        {
            return 0;
        }

        long bytes = 0;
        foreach (string path in data.Files.ListFiles(data.Paths.Maps))
        {
            if (!Exists(Path.GetFileNameWithoutExtension(path)))
            {
                data.Files.DeleteFile(path);
                continue;
            }

            using IStoredFile file = data.Files.Open(path, FileMode.Open, FileAccess.Read);
            bytes += file.Length;
        }

        return bytes;
    }

    private bool Exists(string name)
    {
        int dot = name.LastIndexOf('.');
        try
        {
            return dot > 0
                && long.TryParse(name.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                && models.Current.Version(name[..dot], number) is not null;
        }
        catch (ServiceException)
        {
            return false;
        }
    }

    private string PathOf(VersionHandle version) => Path.Combine(
        data.Paths.Maps, string.Create(CultureInfo.InvariantCulture, $"{version.ModelId}.{version.Number}{Extension}"));
}
